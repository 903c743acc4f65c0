#pragma once
/// \file Files of the repository that are built into the program (cmake/embedded.cmake lists them).

#include <string_view>
#include <vector>

namespace doorstep {

/// The bytes of "docs/access.csv" and the like. Requires a file that is built in.
[[nodiscard]] std::string_view embedded(std::string_view path);

/// The paths of all embedded files that begin with `folder`, sorted.
[[nodiscard]] std::vector<std::string_view> embedded_below(std::string_view folder);

}  // namespace doorstep
