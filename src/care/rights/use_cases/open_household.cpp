/// \file Open one household in an emergency: for a limited time, with a reason, seen by whoever looks after it.

#include "access/policy.h"
#include "care/registry/households.h"
#include "care/rights/keeping.h"
#include "care/rights/opening.h"

namespace doorstep::rights {
namespace {

constexpr std::size_t words_max = 500;
constexpr std::int64_t hour_ms = 3'600'000;

struct Request {
  Id<access::Household> household;
  OpeningReason reason = OpeningReason::no_answer;
  std::string words;  ///< What happened; never empty.
  void fields(auto& f) {
    f("household", household);
    f("reason", reason);
    f("words", words, api::Class::health);
  }
};

struct Opened {
  std::optional<Id<Opening>>
      id;  ///< None where one's own grants reach it: then nothing was opened.
  Id<access::Place> dwelling;
  std::optional<Instant> until;
  void fields(auto& f) {
    f("id", id);
    f("dwelling", dwelling);
    f("until", until);
  }
};

/// The one that stands: opening again neither lengthens it nor makes a second.
std::optional<Opened> standing(api::WriteContext& context, const Request& request,
                               Id<access::Place> dwelling) {
  const auto row = context.db.first(
      "SELECT id, until_at FROM opening WHERE community_id = $1 AND account_id = $2"
      " AND household_id = $3 AND until_at > $4 AND ended_at IS NULL",
      {context.community.id, context.actor.id, request.household, context.now});
  if (!row) return std::nullopt;
  return Opened{row->id<Opening>(0), dwelling, row->instant(1)};
}

Result<void> check_often(api::WriteContext& context) {
  const auto most = said_or(context.rules(), "opening.most_a_day", 10);
  const auto made = context.db.first(
      "SELECT count(*) FROM opening WHERE community_id = $1 AND account_id = $2"
      " AND opened_at > $3",
      {context.community.id, context.actor.id, context.now - std::chrono::hours{24}});
  if (made->integer(0) >= most) return Error{ErrorKind::conflict, "opening.too_many"};
  return {};
}

void note(api::WriteContext& context, const Request& request, const Opened& made,
          const std::string& path, const std::string& words) {
  context.tx.run(
      "INSERT INTO opening (community_id, id, household_id, path, account_id, reason, words,"
      " opened_at, until_at, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
      {context.community.id, *made.id, request.household, path, context.actor.id,
       api::word(request.reason), words, context.now, *made.until});
  context.tx.run(
      "INSERT INTO look (community_id, subject_id, hour, account_id, what, reason, at)"
      " VALUES ($1, $2, $3, $4, 'opening.make', $5, $6) ON CONFLICT DO NOTHING",
      {context.community.id, request.household, context.now.time_since_epoch().count() / hour_ms,
       context.actor.id, api::word(request.reason), context.now});
  context.journal("opening.made", made.id->value(), path,
                  R"({"household":")" + to_text(request.household) + R"(","reason":")" +
                      std::string(api::word(request.reason)) + R"(","until":")" +
                      to_text(*made.until) + R"("})");
}

/// Errors: not_found "household.unknown"; invalid "opening.words" (none, or over 500 characters); conflict
/// "opening.too_many".
Result<Opened> open(api::WriteContext& context, const Request& request) {
  const auto home = context.db.first(
      "SELECT h.path, h.dwelling_id FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
      {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string words = TRY(registry::clean_text(request.words, words_max, "opening.words"));
  if (words.empty()) return Error{ErrorKind::invalid, "opening.words"};
  const auto dwelling = home->id<access::Place>(1);
  if (auto open_still = standing(context, request, dwelling)) return *open_still;
  const auto own = access::authorize(access::Policy::built_in(), context.actor, "household.show");
  if (own.ok() && own->covers(home->text(0))) return Opened{{}, dwelling, {}};
  TRY(check_often(context));
  const std::chrono::minutes lasts{said_or(context.rules(), "opening.minutes", 60)};
  const Opened made{context.new_id<Opening>(), dwelling, context.now + lasts};
  note(context, request, made, home->text(0), words);
  TRY(duty::open(context, opening_seen,
                 {made.id->value(), home->text(0), context.now, context.now}));
  return made;
}

}  // namespace

api::Endpoint open_household() {
  return api::command(api::Method::post, "/api/v1/openings", "opening.make",
                      "Open a household in an emergency", open);
}

}  // namespace doorstep::rights
