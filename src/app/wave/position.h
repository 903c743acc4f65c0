#pragma once
/// \file Where in a JSON text something stands, for people who look for it in an editor.

#include <cstddef>
#include <string_view>

namespace doorstep::app {

/// Both from 1; columns count bytes.
struct TextPosition {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Of a byte; behind the end where `offset` is larger than the text.
[[nodiscard]] TextPosition position_of(std::string_view text, std::size_t offset);

/// Of the value (of the key, where it is a member) that a path like `stops[3].kg` names. Requires valid
/// JSON; where the path leads nowhere, of the last part of it that is there.
[[nodiscard]] TextPosition position_of_member(std::string_view text, std::string_view path);

}  // namespace doorstep::app
