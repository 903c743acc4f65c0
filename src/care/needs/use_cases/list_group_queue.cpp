/// \file The queue of one functional group: what is owed and is its to do, what is due soonest first (A30).

#include <fmt/format.h>

#include "care/needs/group.h"

namespace doorstep::needs {
namespace {

constexpr std::int64_t shown_max = 1000;

struct Request {
  std::string group;
  void fields(auto& f) { f("group", group); }
};

struct QueueRow {
  std::string path;
  Id<duty::Duty> duty;
  std::string kind;
  std::string subject;
  std::string service;  ///< Of a need.
  std::string door;
  std::string owner_name;
  Instant due{};

  void fields(auto& f) {
    f.at(path);
    f("duty", duty);
    f("kind", kind);
    f("subject", subject);
    f("service", service);
    f("door", door, api::Class::door);
    f("owner_name", owner_name);
    f("due", due);
  }
};

struct Response {
  std::string label;
  std::vector<QueueRow> rows;  ///< At most 1,000; the list of groups has the number of all.
  void fields(auto& f) {
    f("label", label);
    f("rows", rows);
  }
};

/// Errors: not_found "group.unknown"; those of the rule pack.
Result<Response> list(api::Context& context, const Request& request) {
  const Group group = TRY(group_of(context.rules(), request.group));
  Response made;
  made.label = group.label;
  for (const store::Row& row : context.db.query(
           fmt::format("SELECT d.path, d.id, d.kind, d.subject_id, n.service, h.door, a.name,"
                       " d.due_at FROM {{duties}} d LEFT JOIN need n"
                       " ON n.community_id = d.community_id AND n.id = d.subject_id"
                       " AND d.kind = 'need' LEFT JOIN household h"
                       " ON h.community_id = n.community_id AND h.id = n.household_id"
                       " LEFT JOIN account a ON a.id = d.owner_id WHERE d.closed_at IS NULL AND {}"
                       " ORDER BY d.due_at, d.id LIMIT {}",
                       queue_condition(group), shown_max),
           {})) {
    made.rows.push_back({row.text(0), row.id<duty::Duty>(1), row.text(2), id_text(row.integer(3)),
                         row.maybe_text(4).value_or(""), row.maybe_text(5).value_or(""),
                         row.maybe_text(6).value_or(""), row.instant(7)});
  }
  return made;
}

}  // namespace

api::Endpoint list_group_queue() {
  return api::query("/api/v1/groups/{group}/queue", "need.list", "What one group has to do", list);
}

}  // namespace doorstep::needs
