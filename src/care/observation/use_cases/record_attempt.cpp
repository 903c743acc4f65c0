/// \file Nobody answered: record what was tried, and the next rung of the ladder is owed in time (N24).
/// It ends only when they are seen, which is a check-in, or handed over.

#include "care/observation/ladder.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t note_length_max = 200;

struct Request {
  Id<access::Household> household;
  std::optional<std::string> rung;  ///< Absent: the one that is owed now.
  AttemptOutcome outcome = AttemptOutcome::no_answer;
  std::optional<std::string> note;

  void fields(auto& f) {
    f("household", household);
    f("rung", rung);
    f("outcome", outcome);
    f("note", note);
  }
};

struct Tried {
  std::optional<std::string> next_rung;
  std::optional<Instant> next;

  void fields(auto& f) {
    f("next_rung", next_rung);
    f("next", next);
  }
};

/// Errors: not_found "household.unknown"; conflict "contact.not_due" (nothing is owed to them now);
/// invalid "ladder.rung", "ladder.note" (handing over needs to whom).
Result<Tried> attempt(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT h.id FROM {households} h WHERE h.id = $1", {request.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  const auto owed =
      duty::find_open(context.db, context.community.id, contact, request.household.value());
  if (!owed || owed->from > context.now) return Error{ErrorKind::conflict, "contact.not_due"};
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "ladder.note"));
  const Ladder ladder = TRY(Ladder::of(context.rules()));
  const std::string rung = request.rung.value_or(ladder.rung(owed->step).name);
  if (!ladder.has(rung)) return Error{ErrorKind::invalid, "ladder.rung"};
  if (request.outcome == AttemptOutcome::handed_over) {
    if (note.empty()) return Error{ErrorKind::invalid, "ladder.note"};
    TRY(handed_over(context, *owed, rung, note));
    return Tried{};
  }
  const Step next = TRY(no_answer(context, *owed, ladder, rung, note));
  return Tried{next.rung, next.at};
}

}  // namespace

api::Endpoint record_attempt() {
  return api::command(api::Method::post, "/api/v1/households/{household}/attempts",
                      "contact.attempt", "Record what was tried where nobody answered", attempt);
}

}  // namespace doorstep::observation
