#pragma once
/// \file The duties that being under observation brings: daily contact, voice or sight every few days,
/// release on the last day, and a call back to whoever is unwell.

#include "care/duty/duty.h"
#include "care/observation/check_in.h"
#include "care/observation/windows.h"

namespace doorstep::observation {

struct Observation;

/// Owed by the household's worker in each window; the subject is the household. It moves on from
/// window to window as long as the observation is open.
inline constexpr duty::Kind contact{"contact"};
/// Somebody of the community hears or sees them (N23): every `check_in.voice_or_sight_days` days.
inline constexpr duty::Kind hearing{"voice_or_sight"};
/// The last day is over: released by name, or held with a reason.
inline constexpr duty::Kind release{"release"};
/// Somebody in the household is unwell; open until a worker says what came of it. A red flag.
inline constexpr duty::Kind unwell{"unwell", access::Class::health, true};

/// Another person confirms or, by ending it, denies that they leave as entered in error, lost or merged; the
/// subject is the household (care/observation/claims.h).
inline constexpr duty::Kind confirm_leaving{"confirm_leaving", access::Class::none, true};

/// Opens contact, hearing and release for an observation that was just opened. Errors: those of the
/// rule pack.
Result<void> open_duties(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path, Day ends_on, const duty::Roster& roster);

/// The release is owed on another day. Errors: those of the rule pack.
Result<void> reschedule_release(api::WriteContext& context, Id<access::Household> household,
                                Day ends_on);

/// Excuses these, and what asks whether they leave; an open unwell duty stays. `reason` is a code.
void excuse_duties(api::WriteContext& context, Id<access::Household> household,
                   std::string_view reason);

/// What a report that covers the whole household did to the duty of contact.
struct MovedOn {
  Id<duty::Duty> met{};
  Instant next_from{};
  Instant next_due{};
};

/// A report at `context.now`, by which everybody is covered since `covered`: moves the contact that is
/// `owed`, the household's open duty, on where it is due already and that is inside the window. Once somebody was called in vain, only `ladder.ends_with` or better is (N24). Errors: those of the
/// rule pack.
Result<std::optional<MovedOn>> report_contact(api::WriteContext& context,
                                              const std::optional<duty::Row>& owed, Instant covered,
                                              Assurance assurance, std::int64_t evidence);

/// They were heard or seen at `heard`: the next time is owed some days later. Errors: as above.
Result<void> report_hearing(api::WriteContext& context, Id<access::Household> household,
                            Instant heard, std::int64_t evidence);

/// True while a call back is owed to the household: nobody is released over it.
[[nodiscard]] bool has_red_flag(api::Context& context, Id<access::Household> household);

}  // namespace doorstep::observation
