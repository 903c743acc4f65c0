#pragma once
/// \file How large a file may be that comes as the body of a request: read by what takes the bytes from the wire and by
/// what keeps them. Every other body is small (net::Limits::body_bytes).

#include <cstddef>
#include <string_view>

#include "api/message.h"

namespace doorstep::api {

inline constexpr std::size_t import_bytes_max = std::size_t{20} << 20U;
/// What a phone makes of some pages; more is a task for a copy shop.
inline constexpr std::size_t need_file_bytes_max = 2'000'000;

/// Zero: a body like every other.
[[nodiscard]] constexpr std::size_t file_bytes_max(Method method, std::string_view path) {
  if (method != Method::post) return 0;
  if (path == "/api/v1/imports") return import_bytes_max;
  constexpr std::string_view needs = "/api/v1/needs/";
  constexpr std::string_view file = "/file";
  if (!path.starts_with(needs) || !path.ends_with(file)) return 0;
  path.remove_prefix(needs.size());
  return path.size() > file.size() && path.find('/') == path.size() - file.size()
             ? need_file_bytes_max
             : 0;
}

}  // namespace doorstep::api
