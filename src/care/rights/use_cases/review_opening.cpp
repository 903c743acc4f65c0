/// \file Say what an opening was: whoever looks after the household, and never who opened it. One that was not called for
/// ends at once.

#include "care/registry/households.h"
#include "care/rights/opening.h"

namespace doorstep::rights {
namespace {

constexpr std::size_t note_max = 500;

struct Request {
  Id<Opening> opening;
  OpeningVerdict verdict = OpeningVerdict::justified;
  std::string note;
  void fields(auto& f) {
    f("opening", opening);
    f("verdict", verdict);
    f("note", note, api::Class::health);
  }
};

/// Errors: not_found "opening.unknown"; conflict "opening.own", "opening.reviewed"; invalid "opening.note" (over 500
/// characters, or none where it was not justified).
Result<api::Nothing> review(api::WriteContext& context, const Request& request) {
  const OpeningRow row = TRY(some(find_opening(context, request.opening), "opening.unknown"));
  if (row.account == context.actor.id) return Error{ErrorKind::conflict, "opening.own"};
  if (row.reviewed) return Error{ErrorKind::conflict, "opening.reviewed"};
  const std::string note = TRY(registry::clean_text(request.note, note_max, "opening.note"));
  const bool justified = request.verdict == OpeningVerdict::justified;
  if (note.empty() && !justified) return Error{ErrorKind::invalid, "opening.note"};
  context.tx.run(
      "UPDATE opening SET verdict = $3, reviewed_at = $4, reviewed_by = $5, note = $6"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, api::word(request.verdict), context.now, context.actor.id,
       note});
  context.journal("opening.reviewed", row.id.value(), row.path,
                  R"({"household":")" + to_text(row.household) + R"(","verdict":")" +
                      std::string(api::word(request.verdict)) + R"("})");
  if (!justified) end_opening(context, row);
  const auto owed = duty::find_open(context.db, context.community.id, opening_seen, row.id.value());
  if (owed) duty::meet(context, *owed, row.id.value());
  return api::Nothing{};
}

}  // namespace

api::Endpoint review_opening() {
  return api::command(api::Method::post, "/api/v1/openings/{opening}/review", "opening.review",
                      "Say what an opening in an emergency was", review);
}

}  // namespace doorstep::rights
