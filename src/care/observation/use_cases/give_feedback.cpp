/// \file A released household says how its days were (C14). Once for each letter; said again, the last
/// word stands. Nothing hangs on it, and nobody is asked twice.

#include "api/endpoint.h"
#include "care/observation/letters.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t note_length_max = 500;
constexpr std::int64_t rating_max = 5;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff write down what they were told.
  std::string code;                                ///< Of one of the household's letters.
  std::int64_t rating = 0;                         ///< 1 (bad) to 5 (good).
  std::optional<std::string> note;

  void fields(auto& f) {
    f("household", household);
    f("code", code);
    f("rating", rating);
    f("note", note, api::Class::case_);
  }
};

/// Errors: not_found "household.unknown", "letter.unknown" (not one of theirs); invalid
/// "feedback.rating", "feedback.note" (over 500 characters).
Result<api::Nothing> give(api::WriteContext& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const auto letter = context.db.first(
      "SELECT id FROM release_letter WHERE community_id = $1 AND household_id = $2 AND code = $3"
      " AND revoked_at IS NULL",
      {context.community.id, household, request.code});
  if (!letter) return Error{ErrorKind::not_found, "letter.unknown"};
  if (request.rating < 1 || request.rating > rating_max) {
    return Error{ErrorKind::invalid, "feedback.rating"};
  }
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "feedback.note"));
  context.tx.run(
      "INSERT INTO release_feedback (community_id, letter_id, household_id, rating, note, at)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (community_id, letter_id)"
      " DO UPDATE SET rating = excluded.rating, note = excluded.note, at = excluded.at",
      {context.community.id, letter->integer(0), household, request.rating, note, context.now});
  context.journal("feedback.given", letter->integer(0), home->text(0),
                  R"({"household":")" + to_text(household) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint give_feedback() {
  return api::command(api::Method::post, "/api/v1/feedback", "feedback.give",
                      "Say how the days of observation were", give);
}

}  // namespace doorstep::observation
