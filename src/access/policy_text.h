#pragma once
/// \file docs/access.csv and docs/access_classes.csv as built in by CMake.

#include <string_view>

namespace doorstep::access {

[[nodiscard]] std::string_view access_csv_text();
[[nodiscard]] std::string_view access_classes_csv_text();

}  // namespace doorstep::access
