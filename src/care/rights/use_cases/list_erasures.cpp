/// \file Who was erased, who waits for a second person, and who is to be erased by the clock and when.

#include "care/rights/erasure.h"

namespace doorstep::rights {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  Id<Erasure> id;
  Id<registry::Person> person;
  std::string path;
  std::string name;  ///< Empty once it is done.
  Cause cause = Cause::asked;
  ErasureState state = ErasureState::asked;
  std::optional<Day> planned_on;
  std::optional<std::string> hold_reason;
  Instant asked_at{};
  std::string asked_by;  ///< Who works here, by name; empty: the clock.
  std::optional<Instant> done_at;
  std::optional<Instant> gone_at;  ///< Since when the database's own files hold nothing of it.

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("person", person);
    f("name", name, api::Class::name);
    f("cause", cause);
    f("state", state);
    f("planned_on", planned_on);
    f("hold_reason", hold_reason);
    f("asked_at", asked_at);
    f("asked_by", asked_by);
    f("done_at", done_at);
    f("gone_at", gone_at);
  }
};

/// Errors: invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  const auto before = request.cursor ? id_from_text(*request.cursor) : INT64_MAX;
  if (!before) return Error{ErrorKind::invalid, "cursor.wrong"};
  api::Page<Row> page;
  for (const store::Row& row : context.db.query(
           "SELECT e.id, e.person_id, coalesce((SELECT h.path FROM residence r JOIN household h"
           " ON h.community_id = r.community_id AND h.id = r.household_id"
           " WHERE r.community_id = $1 AND r.person_id = e.person_id ORDER BY r.id DESC LIMIT 1), "
           "''),"
           " coalesce(p.name, ''), e.cause, e.state, e.planned_on, e.hold_reason, e.asked_at,"
           " coalesce(a.name, ''), e.done_at, e.gone_at FROM erasure e"
           " LEFT JOIN person p ON p.id = e.person_id LEFT JOIN account a ON a.id = e.asked_by"
           " WHERE e.community_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3",
           {context.community.id, *before, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back({row.id<Erasure>(0), row.id<registry::Person>(1), row.text(2), row.text(3),
                         api::from_word<Cause>(row.text(4)).value_or(Cause::asked),
                         api::from_word<ErasureState>(row.text(5)).value_or(ErasureState::asked),
                         row.maybe_day(6), row.maybe_text(7), row.instant(8), row.text(9),
                         row.maybe_instant(10), row.maybe_instant(11)});
  }
  return page;
}

}  // namespace

api::Endpoint list_erasures() {
  return api::list("/api/v1/erasures", "erasure.list", "Who was erased and who is to be", list);
}

}  // namespace doorstep::rights
