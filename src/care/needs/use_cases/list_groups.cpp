/// \file The functional groups: who leads each, and how long its queue is (A30). A group without a lead
/// is a gap.
///
/// Source: 「信息小组、配送小组、志愿服务小组，宣传小组」 (S4).

#include "care/needs/group.h"

namespace doorstep::needs {
namespace {

struct GroupRow {
  std::string key;
  std::string label;
  std::optional<Id<access::Account>> lead;
  std::string lead_name;
  bool gap = false;  ///< Nobody leads it.
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::optional<Instant> oldest_due;

  void fields(auto& f) {
    f("key", key);
    f("label", label);
    f("lead", lead);
    f("lead_name", lead_name);
    f("gap", gap);
    f("open", open);
    f("late", late);
    f("oldest_due", oldest_due);
  }
};

struct Response {
  std::vector<GroupRow> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// Errors: those of the rule pack.
Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const Group& group : TRY(groups(context.rules()))) {
    GroupRow one;
    one.key = group.key;
    one.label = group.label;
    const auto lead = context.db.first(
        "SELECT l.account_id, a.name FROM group_lead l JOIN account a ON a.id = l.account_id"
        " AND a.closed_at IS NULL WHERE l.community_id = $1 AND l.word = $2",
        {context.community.id, group.key});
    one.gap = !lead;
    if (lead) {
      one.lead = lead->id<access::Account>(0);
      one.lead_name = lead->text(1);
    }
    const auto row = context.db.first(
        "SELECT count(*), count(*) FILTER (WHERE d.due_at < $1), min(d.due_at) FROM {duties} d"
        " LEFT JOIN need n ON n.community_id = d.community_id AND n.id = d.subject_id"
        " AND d.kind = 'need' WHERE d.closed_at IS NULL AND " +
            queue_condition(group),
        {context.now});
    one.open = row->integer(0);
    one.late = row->integer(1);
    one.oldest_due = row->maybe_instant(2);
    made.rows.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint list_groups() {
  return api::query("/api/v1/groups", "need.list", "The functional groups and their queues", list);
}

}  // namespace doorstep::needs
