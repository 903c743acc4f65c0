/// \file Which households were opened in an emergency, by whom and why, and what was said of it.

#include "api/newest_first.h"
#include "care/rights/opening.h"

namespace doorstep::rights {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  Id<Opening> id;
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::string who;
  OpeningReason reason = OpeningReason::no_answer;
  std::string words;
  Instant opened_at{};
  Instant until{};  ///< Or when it was ended before that.
  bool lasts = false;
  bool own = false;  ///< Whoever reads this opened it: another has to look at it.
  std::optional<OpeningVerdict> verdict;
  std::string reviewed_by;
  std::string note;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("who", who, api::Class::name);
    f("reason", reason);
    f("words", words, api::Class::health);
    f("opened_at", opened_at);
    f("until", until);
    f("lasts", lasts);
    f("own", own);
    f("verdict", verdict);
    f("reviewed_by", reviewed_by, api::Class::name);
    f("note", note, api::Class::health);
  }
};

Row row_from(const store::Row& row, const api::Context& context) {
  Row made;
  made.id = row.id<Opening>(0);
  made.path = row.text(1);
  made.household = row.id<access::Household>(2);
  made.dwelling = row.id<access::Place>(3);
  made.door = row.text(4);
  made.who = row.text(5);
  made.reason = api::from_word<OpeningReason>(row.text(6)).value_or(OpeningReason::no_answer);
  made.words = row.text(7);
  made.opened_at = row.instant(8);
  made.until = row.maybe_instant(10).value_or(row.instant(9));
  made.lasts = made.until > context.now;
  made.own = row.integer(11) == context.actor.id;
  if (!row.is_null(12)) made.verdict = api::from_word<OpeningVerdict>(row.text(12));
  made.reviewed_by = row.text(13);
  made.note = row.text(14);
  return made;
}

/// Errors: invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  const std::int64_t before = TRY(api::before_cursor(request));
  return api::newest_first<Row>(
      context.db.query(
          "SELECT o.id, o.path, o.household_id, h.dwelling_id, h.door, coalesce(a.name, ''),"
          " o.reason, o.words, o.opened_at, o.until_at, o.ended_at, o.account_id, o.verdict,"
          " coalesce(r.name, ''), o.note FROM {households} h"
          " JOIN opening o ON o.community_id = h.community_id AND o.household_id = h.id"
          " LEFT JOIN account a ON a.id = o.account_id"
          " LEFT JOIN account r ON r.id = o.reviewed_by"
          " WHERE o.id < $1 ORDER BY o.id DESC LIMIT $2",
          {before, request.limit + 1}),
      request.limit, [&](const store::Row& row) { return row_from(row, context); });
}

}  // namespace

api::Endpoint list_openings() {
  return api::list("/api/v1/openings", "opening.list",
                   "Households that were opened in an emergency", list);
}

}  // namespace doorstep::rights
