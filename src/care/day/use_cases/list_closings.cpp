/// \file The closing sheets, newest first.

#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct ClosingRow {
  Id<ClosingSheet> id;
  Day day{};
  Instant made_at{};
  std::int64_t due = 0;
  std::int64_t met = 0;
  std::int64_t escalated = 0;
  std::int64_t missed = 0;
  std::int64_t supplements = 0;
  std::optional<Instant> signed_at;
  std::string signer;

  void fields(auto& f) {
    f("id", id);
    f("day", day);
    f("made_at", made_at);
    f("due", due);
    f("met", met);
    f("escalated", escalated);
    f("missed", missed);
    f("supplements", supplements);
    f("signed_at", signed_at);
    f("signer", signer);
  }
};

Result<api::Page<ClosingRow>> list(api::Context& context, const Request& request) {
  api::Page<ClosingRow> page;
  for (const store::Row& row : context.db.query(
           "SELECT s.id, s.day, s.made_at, s.content, s.signed_at, s.signer,"
           " (SELECT count(*) FROM closing_sheet x WHERE x.community_id = s.community_id"
           " AND x.supplement_of = s.id) FROM closing_sheet s WHERE s.community_id = $1"
           " AND s.supplement_of IS NULL AND s.day < $2 ORDER BY s.day DESC LIMIT $3",
           {context.community.id, request.cursor.value_or("9999"), request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().day);
      break;
    }
    SheetContent content;
    api::Reader reader(row.text(3));
    content.fields(reader);
    page.rows.push_back({row.id<ClosingSheet>(0), row.day(1), row.instant(2), content.due.today,
                         content.met, content.escalated, content.missed, row.integer(6),
                         row.maybe_instant(4), row.maybe_text(5).value_or("")});
  }
  return page;
}

}  // namespace

api::Endpoint list_closings() {
  return api::list("/api/v1/closings", "closing.show", "The closing sheets, newest first", list);
}

}  // namespace doorstep::day
