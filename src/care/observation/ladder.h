#pragma once
/// \file The welfare ladder (N24): what is tried, in which order and when, once somebody does not
/// answer: call, neighbour, knock, key holder, property manager, police or ambulance.

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "care/observation/contact.h"

namespace doorstep::observation {

enum class AttemptOutcome : std::uint8_t {
  no_answer,
  handed_over,  ///< To the police, an ambulance, a hospital: the note says to whom.
};

struct Rung {
  std::string name;
  std::chrono::minutes after{};  ///< Since the first attempt.
};

/// At least one rung, in the order in which they are climbed.
class Ladder {
 public:
  /// Errors: those of the rule pack ("rules.*").
  static Result<Ladder> of(const RulePack& rules);

  /// The rung after so many attempts; past the end, the last again.
  [[nodiscard]] const Rung& rung(std::int64_t attempts) const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  std::vector<Rung> rungs_;
};

/// What is to be tried next, and by when.
struct Step {
  std::string rung;
  Instant at{};
};

/// Keeps the attempt and says what comes next; the duty is owed again at that instant. Errors: those of
/// the rule pack.
Result<Step> no_answer(api::WriteContext& context, const duty::Row& owed, const Ladder& ladder,
                       const std::string& rung, const std::string& note);

/// Keeps the attempt; the duty moves on to the next window, since somebody else has the household in
/// hand. Errors: those of the rule pack.
Result<void> handed_over(api::WriteContext& context, const duty::Row& owed, const std::string& rung,
                         const std::string& note);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::AttemptOutcome> {
  static constexpr std::array words{std::string_view{"no_answer"}, std::string_view{"handed_over"}};
};
