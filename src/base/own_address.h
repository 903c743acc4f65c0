#pragma once
/// \file Whether an address is this machine's own.

#include <string_view>

namespace doorstep {

/// `address`: IPv4 or IPv6 without port. True for loopback and for what an interface of this machine bears now; a text
/// that is no address is not ours.
[[nodiscard]] bool is_own_address(std::string_view address);

}  // namespace doorstep
