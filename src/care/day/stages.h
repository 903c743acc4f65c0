#pragma once
/// \file Where people stand between being known and being released (C26).

#include <map>
#include <string>

#include "api/endpoint.h"

namespace doorstep::day {

/// Lowest first; a person is in the highest of their grounds: who is asked again is not "released".
enum class Stage : std::uint8_t { collected, left, released, arranged, served };

struct Standing {
  Stage stage = Stage::collected;
  std::string path;  ///< Of the household where they live, or were last under observation.
};

/// Everybody who lives below a place path ("" is everywhere in the scope), or was under observation there, by
/// person.
std::map<std::int64_t, Standing> stages_below(const api::Context& context,
                                              const std::string& below);

}  // namespace doorstep::day
