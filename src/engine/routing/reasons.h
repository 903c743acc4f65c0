#pragma once
/// \file Why a stop was left out.

#include <string_view>

#include "engine/routing/model.h"

namespace doorstep::routing {

enum class Reason : std::uint8_t {
  no_carrier,     ///< Nobody has the skills, protection or grid.
  over_capacity,  ///< Heavier or larger than any carrier who may take it.
  out_of_time,    ///< Its windows cannot be met even by a run of its own.
  no_room,        ///< It fits alone, but the carriers are full or out of time.
};

[[nodiscard]] std::string_view reason_text(Reason reason);

/// The reason for a stop that the search left out.
[[nodiscard]] Reason reason(const Problem& problem, Node node);

}  // namespace doorstep::routing
