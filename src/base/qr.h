#pragma once
/// \file QR codes as rows of dark and light.

#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// Rows of "1" (dark) and "0", error correction M, without quiet zone; empty when the text is too
/// long for a code.
[[nodiscard]] std::vector<std::string> qr_rows(std::string_view text);

}  // namespace doorstep
