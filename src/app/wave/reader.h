#pragma once
/// \file WAVE.json as `doorstep plan` takes it.

#include <string_view>

#include "base/result.h"
#include "engine/routing/wave.h"

namespace doorstep::app {

/// The schema of a wave (JSON Schema 2020-12), as `doorstep plan --schema` prints it.
extern const char* const wave_schema;

/// Errors: invalid "wave.json" (not a JSON object) and "wave.member" (a member that is not known, of
/// another type or out of range); the hint begins with `LINE:COLUMN: ` and names the member by its
/// path. Whether ids are declared is seen by routing::compile().
[[nodiscard]] Result<routing::Wave> read_wave(std::string_view text);

/// An error of routing::compile() about the wave that `text` holds, with `LINE:COLUMN: ` before it.
[[nodiscard]] Error placed(std::string_view text, const Error& fault);

}  // namespace doorstep::app
