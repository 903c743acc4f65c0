/// \file What was lent and given, and what is not back yet (D21).

#include "care/needs/need.h"

namespace doorstep::needs {

struct Loan;

namespace {

constexpr std::int64_t shown_max = 500;

struct LoanRow {
  std::string path;
  Id<Loan> id;
  Id<access::Household> household;
  std::string door;
  std::string thing;
  std::string lender;
  std::string kind;
  std::string state;
  Instant at{};
  std::optional<Instant> due;
  std::optional<Instant> ended_at;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("door", door, api::Class::door);
    f("thing", thing);
    f("lender", lender, api::Class::name);
    f("kind", kind);
    f("state", state);
    f("at", at);
    f("due", due);
    f("ended_at", ended_at);
  }
};

struct Response {
  std::vector<LoanRow> rows;  ///< What is out first; at most 500.
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, l.id, l.household_id, h.door, l.thing, coalesce(a.name, l.lender),"
           " l.kind, l.state, l.at, l.due_at, l.ended_at FROM loan l JOIN {households} h"
           " ON h.community_id = l.community_id AND h.id = l.household_id LEFT JOIN account a"
           " ON a.id = l.lender_id ORDER BY CASE WHEN l.state = 'lent' THEN 0 ELSE 1 END, l.id DESC"
           " LIMIT $1",
           {shown_max})) {
    made.rows.push_back({row.text(0), row.id<Loan>(1), row.id<access::Household>(2), row.text(3),
                         row.text(4), row.text(5), row.text(6), row.text(7), row.instant(8),
                         row.maybe_instant(9), row.maybe_instant(10)});
  }
  return made;
}

}  // namespace

api::Endpoint list_loans() {
  return api::query("/api/v1/loans", "need.list", "What was lent and given", list);
}

}  // namespace doorstep::needs
