#pragma once
/// \file Whether this installation signed something.

#include <string_view>

namespace doorstep::store {

/// Ed25519 over `text`, as Store::sign() gives it; `public_key` is Store::journal_key().
[[nodiscard]] bool is_genuine(std::string_view text, std::string_view signature,
                              std::string_view public_key);

}  // namespace doorstep::store
