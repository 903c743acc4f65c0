/// \file Bring a duty to an end by saying what came of it. Those that evidence alone can meet (contact,
/// release) are not ended by hand.

#include <array>

#include "care/duty/duty.h"
#include "care/registry/households.h"

namespace doorstep::duty {

/// What came of it. `doctor`: a doctor or hospital has it in hand and said so.
enum class Outcome : std::uint8_t { done, well_again, doctor, false_alarm, not_needed };

}  // namespace doorstep::duty

template <>
struct doorstep::api::Choices<doorstep::duty::Outcome> {
  static constexpr std::array words{std::string_view{"done"}, std::string_view{"well_again"},
                                    std::string_view{"doctor"}, std::string_view{"false_alarm"},
                                    std::string_view{"not_needed"}};
};

namespace doorstep::duty {
namespace {

constexpr std::size_t note_length_max = 500;

struct Request {
  Id<Duty> duty;
  Outcome outcome = Outcome::done;
  std::string note;  ///< In words; never empty.

  void fields(auto& f) {
    f("duty", duty);
    f("outcome", outcome);
    f("note", note);
  }
};

/// Errors: not_found "duty.unknown"; conflict "duty.not_by_hand"; invalid "duty.note" (empty or over
/// 500 characters).
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const auto duty = find(context, request.duty);
  if (!duty) return Error{ErrorKind::not_found, "duty.unknown"};
  if (!duty->by_hand) return Error{ErrorKind::conflict, "duty.not_by_hand"};
  const std::string note = TRY(registry::clean_text(request.note, note_length_max, "duty.note"));
  if (note.empty()) return Error{ErrorKind::invalid, "duty.note"};
  end_by_hand(context, *duty, api::word(request.outcome), note);
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_duty() {
  return api::command(api::Method::post, "/api/v1/duties/{duty}/end", "duty.end",
                      "Say what came of a duty, and end it", end);
}

}  // namespace doorstep::duty
