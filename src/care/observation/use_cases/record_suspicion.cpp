/// \file Write down that somebody under an order is thought to have gone out: no verdict, but a question to them.

#include "care/observation/control_allowed.h"
#include "care/observation/controls.h"
#include "care/observation/suspicion.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::observation {
namespace {

/// What is older was not asked about in time.
constexpr std::chrono::hours seen_before_max{72};

struct Request {
  Id<access::Household> household;
  std::optional<Id<struct Person>> person;  ///< Absent: nobody knows which of them.
  Evidence evidence = Evidence::other;
  std::optional<Instant> seen_at;    ///< Absent: now.
  std::optional<std::string> words;  ///< What was seen; needed where the evidence is "other".

  void fields(auto& f) {
    f("household", household);
    f("person", person);
    f("evidence", evidence);
    f("seen_at", seen_at);
    f("words", words, api::Class::health);
  }
};

struct Recorded {
  Id<Suspicion> id;
  Instant account_due{};
  void fields(auto& f) {
    f("id", id);
    f("account_due", account_due);
  }
};

/// Errors: not_found "household.unknown", "person.unknown" (lives elsewhere); conflict "control.not_in_pack",
/// "suspicion.no_order" (nobody there is under an order), "suspicion.own_door"; invalid "suspicion.seen_at" (to
/// come, or over 72 hours ago), "suspicion.words"; forbidden "account.unnamed".
Result<void> check(api::WriteContext& context, const Request& request, const SuspicionRow& row) {
  TRY(registry::check_named(context));
  TRY(check_not_own_door(context, row));
  if (!order_on(context, request.household)) {
    return Error{ErrorKind::conflict, "suspicion.no_order"};
  }
  const Instant seen = request.seen_at.value_or(context.now);
  if (seen > context.now || seen < context.now - seen_before_max) {
    return Error{ErrorKind::invalid, "suspicion.seen_at"};
  }
  if (request.person &&
      !context.db.first("SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2"
                        " AND person_id = $3 AND until_on IS NULL",
                        {context.community.id, request.household, *request.person})) {
    return Error{ErrorKind::not_found, "person.unknown"};
  }
  return {};
}

/// Errors: those of check().
Result<Recorded> record(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  SuspicionRow made{context.new_id<Suspicion>(), request.household, home->text(0)};
  TRY(check(context, request, made));
  const std::string words =
      TRY(registry::clean_text(request.words.value_or(""), suspicion_words_max, "suspicion.words"));
  if (words.empty() && request.evidence == Evidence::other) {
    return Error{ErrorKind::invalid, "suspicion.words"};
  }
  made.account_due = context.now + suspicion_hours(context.rules(), "account");
  context.tx.run(
      "INSERT INTO suspicion (community_id, id, household_id, person_id, evidence, note, seen_at,"
      " state, recorded_at, recorded_by, account_due_at, account_by, account_channel, account_kind,"
      " account, verdict_by, verdict, why, objected_by, objection_channel, objection, settled_by,"
      " answer) VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10, 0, '', '', '', 0, '', '',"
      " 0, '', '', 0, '')",
      {context.community.id, made.id, request.household,
       request.person ? request.person->value() : 0, api::word(request.evidence), words,
       request.seen_at.value_or(context.now), context.now, context.actor.id, made.account_due});
  journal_suspicion(context, "recorded", made,
                    R"(,"account_due":")" + to_text(made.account_due) + '"');
  // The page asks first; who has not answered there by then is asked by voice.
  TRY(duty::open(context, account_owed,
                 {made.id.value(), made.path, context.now,
                  context.now + suspicion_hours(context.rules(), "remind")}));
  return Recorded{made.id, made.account_due};
}

}  // namespace

api::Endpoint record_suspicion() {
  return api::command(api::Method::post, "/api/v1/households/{household}/suspicions",
                      "suspicion.record", "Write down that somebody may have gone out", record);
}

}  // namespace doorstep::observation
