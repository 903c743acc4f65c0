#pragma once
/// \file The call round: which households are to be contacted now, and in which order.

#include <string>
#include <string_view>
#include <vector>

#include "care/duty/duty.h"

namespace doorstep::day {

/// Why a household is called now; they are called in this order.
enum class CallReason : std::uint8_t {
  unwell,  ///< Somebody said that they feel unwell, and nobody of the staff has spoken to them since.
  raised,  ///< The contact is overdue, or its next rung is.
  phone,  ///< Owed in the window that is open, and no page reaches them (registry::phone_mode_sql()).
  waiting,  ///< Owed in the window that is open.
};

/// One household to be called. Sorted by reason, then by due, then staircase by staircase
/// and door by door.
struct RoundCall {
  CallReason reason = CallReason::waiting;
  duty::Row duty;
  std::string owner_name;
  std::string stairs = {};  ///< The path above the dwelling.
  std::string door = {};
};

/// Left out: contacts that wait for their next rung, and those that another has taken up. A household
/// that is unwell stands there once. With `owner` not 0, theirs alone. Who may not know about health
/// is told of no one unwell.
std::vector<RoundCall> calls_now(const api::Context& context, std::int64_t owner);

/// Neighbouring doors follow each other.
[[nodiscard]] bool by_door(const RoundCall& one, const RoundCall& other);

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::CallReason> {
  static constexpr std::array words{std::string_view{"unwell"}, std::string_view{"raised"},
                                    std::string_view{"phone"}, std::string_view{"waiting"}};
};
