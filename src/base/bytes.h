#pragma once
/// \file Bytes as text and back, and the one hash of the house.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Errors: nullopt for an odd length or another character.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

/// Crockford's base32, upper case, no padding; 16 bytes are 26 characters.
[[nodiscard]] std::string to_base32(std::string_view bytes);

/// BLAKE2b with 32 bytes of output, keyed where a key of 16 to 64 bytes is given.
[[nodiscard]] std::string blake2b(std::string_view message, std::string_view key = {});

}  // namespace doorstep
