#pragma once
/// \file A photo or a spoken note: a whole request that waits for somebody to type what it says.

#include <string>
#include <string_view>

#include "base/result.h"

namespace doorstep::needs {

struct Note {
  std::string bytes = {};
  std::string media = {};  ///< "image/jpeg", "audio/ogg", "audio/mp4", "audio/webm" or "audio/amr".
};

inline constexpr std::size_t note_bytes_max = 180'000;  ///< A phone shrinks a photo to less.

/// Decodes base64 and looks at what the bytes are, whatever their sender calls them. A photo's
/// metadata (where and when it was taken) is left out. Errors: invalid "note.not_base64", "note.kind",
/// "note.too_long".
Result<Note> note_from_base64(std::string_view text);

/// A JPEG file without its application and comment segments, or empty where it is none.
[[nodiscard]] std::string without_metadata(std::string_view jpeg);

}  // namespace doorstep::needs
