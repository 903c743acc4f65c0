#pragma once
/// \file gzip for answers that are made on the spot; pages bring their own twins.

#include <string>
#include <string_view>

namespace doorstep::net {

/// `level` 1 (fast) to 9 (small). Empty where compression fails, which only lack of memory causes.
[[nodiscard]] std::string gzip(std::string_view content, int level);

/// For the client and the tests. Empty where `content` is not gzip or holds more than `limit`
/// bytes.
[[nodiscard]] std::string gunzip(std::string_view content, std::size_t limit);

}  // namespace doorstep::net
