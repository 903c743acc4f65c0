/// \file By which ways a person came to be known: the lists that name them, and who told (B20).
///
/// Source: 「线上统计、线下走访、网格摸排等方式」 (S3).

#include <algorithm>

#include "care/registry/sources.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Person> person;
  void fields(auto& f) { f("person", person); }
};

struct SourceRow {
  std::string path;
  std::string channel;  ///< A SourceChannel, or "list".
  std::string list;     ///< The file's name; empty for every other channel.
  std::int64_t times = 0;
  Instant first_at{};
  Instant last_at{};

  void fields(auto& f) {
    f.at(path);
    f("channel", channel);
    f("list", list, api::Class::name);
    f("times", times);
    f("first_at", first_at);
    f("last_at", last_at);
  }
};

struct Response {
  std::vector<SourceRow> rows;  ///< The first one first.
  void fields(auto& f) { f("rows", rows); }
};

/// Errors: not_found "person.unknown".
Result<Response> list(api::Context& context, const Request& request) {
  TRY(some(find_person(context, request.person), "person.unknown"));
  const store::Values of{context.community.id, request.person};
  const auto home = context.db.first(
      "SELECT h.path FROM residence r JOIN {households} h ON h.community_id = r.community_id"
      " AND h.id = r.household_id WHERE r.person_id = $1 ORDER BY r.id DESC LIMIT 1",
      {request.person});
  const std::string path = home ? home->text(0) : "";
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT channel, times, first_at, last_at FROM person_source WHERE community_id = $1"
           " AND person_id = $2",
           of)) {
    made.rows.push_back({path, row.text(0), "", row.integer(1), row.instant(2), row.instant(3)});
  }
  for (const store::Row& row : context.db.query(
           "SELECT b.file_name, count(*), b.created_at FROM import_row r JOIN import_batch b"
           " ON b.community_id = r.community_id AND b.id = r.batch_id WHERE r.community_id = $1"
           " AND r.person_id = $2 AND r.state IN ('applied', 'same') AND b.state = 'applied'"
           " GROUP BY b.id, b.file_name, b.created_at",
           of)) {
    made.rows.push_back(
        {path, "list", row.text(0), row.integer(1), row.instant(2), row.instant(2)});
  }
  std::ranges::sort(made.rows, {}, [](const SourceRow& row) { return row.first_at; });
  return made;
}

}  // namespace

api::Endpoint list_sources() {
  return api::query("/api/v1/people/{person}/sources", "household.show",
                    "How a person came to be known", list);
}

}  // namespace doorstep::registry
