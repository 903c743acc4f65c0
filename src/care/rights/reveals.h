#pragma once
/// \file Numbers that were shown in full: each with its reason, and somebody is told of an account that shows very many.

#include <array>
#include <string>

#include "care/duty/duty.h"

namespace doorstep::rights {

enum class RevealReason : std::uint8_t { call_back, visit, delivery, emergency, correction };

/// One account showed more than `rights.reveals_per_hour` numbers within an hour; the subject is the account. Ended by
/// saying what came of it.
inline constexpr duty::Kind many_reveals{"reveals", access::Class::none, true};

/// Keeps that the actor is shown the numbers of a household, or of who moves here; `community` is where they live.
/// Journals "phone.revealed". Errors: those of the rule pack.
Result<void> note_reveal(api::WriteContext& context, std::int64_t community, std::int64_t subject,
                         std::string_view path, RevealReason reason);

}  // namespace doorstep::rights

template <>
struct doorstep::api::Choices<doorstep::rights::RevealReason> {
  static constexpr std::array words{"call_back", "visit", "delivery", "emergency", "correction"};
};
