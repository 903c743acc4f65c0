#pragma once
/// \file Claims: the word of one person that a household, or somebody in it, is not to be looked after:
/// entered in error, lost, or the same as others. It changes nothing until another person confirms it (N22).

#include <optional>
#include <string>

#include "care/observation/grounds.h"

namespace doorstep::observation {

struct Claim {
  EndReason reason = EndReason::entered_in_error;
  std::string note = {};  ///< Why they think so.
  Instant at{};
  std::int64_t by = 0;  ///< Account.
};

[[nodiscard]] constexpr bool needs_two_persons(EndReason reason) {
  return reason == EndReason::entered_in_error || reason == EndReason::lost ||
         reason == EndReason::merged;
}

/// What waits for a second person; `of`: a ground, a person, or 0: all of them. None once the duty of it was ended.
std::optional<Claim> claim_of(store::Snapshot& db, Id<access::Community> community,
                              Id<access::Household> household, Id<Observation> observation,
                              std::int64_t of);

inline constexpr std::size_t claim_note_max = 200;  ///< Characters.

/// What is asked: that these leave for this reason.
struct Leaving {
  Id<access::Household> household{};
  std::string path = {};
  Id<Observation> observation{};
  std::int64_t of = 0;  ///< A ground, or a person; 0: all.
  EndReason reason = EndReason::entered_in_error;
  std::string note = {};
};

/// True where the actor is the second to say so: they may leave. False where the actor is the first: it is
/// kept, and a duty asks for the second; so is who says it after somebody there has reported. Errors: invalid
/// "observation.reason" (the first says no why); conflict "observation.second_person"
/// (the same one again); those of the rule pack.
Result<bool> claim(api::WriteContext& context, const Leaving& leaving);

/// Drops what waits: the observation is over.
void drop_claims(api::WriteContext& context, Id<Observation> observation);

}  // namespace doorstep::observation
