#include "base/own_address.h"

#include <array>
#include <string>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>

namespace doorstep {
namespace {

/// An IPv4 address inside IPv6 ("::ffff:10.0.0.2") is the IPv4 address.
std::string plain(std::string_view address) {
  constexpr std::string_view mapped = "::ffff:";
  if (address.starts_with(mapped) && address.find('.') != std::string_view::npos) {
    address.remove_prefix(mapped.size());
  }
  return std::string(address.substr(0, address.find('%')));
}

std::string text_of(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address->sa_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(address)
                 ->sin_addr;  // NOLINT: the interface of the C library.
  } else if (address->sa_family == AF_INET6) {
    bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;  // NOLINT: the same.
  }
  if (bytes == nullptr ||
      inet_ntop(address->sa_family, bytes, text.data(), text.size()) == nullptr) {
    return {};
  }
  return plain(text.data());
}

}  // namespace

bool is_own_address(std::string_view address) {
  const std::string asked = plain(address);
  if (asked.starts_with("127.") || asked == "::1") return true;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return false;
  bool ours = false;
  for (const ifaddrs* one = all; one != nullptr && !ours; one = one->ifa_next) {
    ours = one->ifa_addr != nullptr && !asked.empty() && text_of(one->ifa_addr) == asked;
  }
  freeifaddrs(all);
  return ours;
}

}  // namespace doorstep
