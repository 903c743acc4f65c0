#pragma once
/// \file The well-known sign-in of demo data. Such accounts exist in demo stores alone.

#include <string_view>

namespace doorstep::api {

inline constexpr std::string_view demo_login = "demo";
inline constexpr std::string_view demo_password = "doorstep-demo";

}  // namespace doorstep::api
