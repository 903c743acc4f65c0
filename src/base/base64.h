#pragma once
/// \file Base64 as browsers send and take it (RFC 4648).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

enum class Base64 : std::uint8_t {
  padded,  ///< Section 4: "+", "/" and "=" at the end.
  url,     ///< Section 5: "-", "_" and no padding.
};

[[nodiscard]] std::string to_base64(std::string_view bytes, Base64 kind);
/// Errors: nullopt for everything that to_base64() does not write, blanks included.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text, Base64 kind);

}  // namespace doorstep
