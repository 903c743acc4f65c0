#pragma once
/// \file The presence round (N20, N22): when a building is closed, every door behind which nobody is
/// known is looked at. "Empty" is believed after two signs by two persons.

#include <array>

#include "care/observation/contact.h"

namespace doorstep::observation {

enum class Presence : std::uint8_t {
  present,   ///< Somebody lives here: a household of today's due set.
  stranded,  ///< Somebody from elsewhere is caught here: the same.
  away,      ///< They are known to be elsewhere; asked again tomorrow.
  empty,     ///< Nobody lives here.
};

/// Somebody looks whether anybody is behind this door; the subject is the dwelling.
inline constexpr duty::Kind presence{"presence"};

/// Opens the round for every dwelling below the path that has no household; how many there are. Errors:
/// those of the rule pack.
Result<std::int64_t> open_round(api::WriteContext& context, const std::string& path,
                                const duty::Roster& roster);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Presence> {
  static constexpr std::array words{std::string_view{"present"}, std::string_view{"stranded"},
                                    std::string_view{"away"}, std::string_view{"empty"}};
};
