#include "api/pin.h"

#include <algorithm>

#include "base/bytes.h"

namespace doorstep::api {

Result<void> check_pin(std::string_view pin) {
  const bool digits =
      pin.size() == 6 && std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return Error{ErrorKind::invalid, "pin.digits"};
  // The same step from each digit to the next: 777777, 123456, 987654.
  bool steps = true;
  for (std::size_t at = 2; at < pin.size(); ++at) {
    steps = steps && pin[at] - pin[at - 1] == pin[1] - pin[0];
  }
  if (steps) return Error{ErrorKind::invalid, "pin.weak"};
  return {};
}

std::string pin_secret(const store::Bytes& session, std::string_view pin,
                       const std::string& pepper) {
  return to_hex(blake2b("pin:" + session.data + std::string(pin), pepper));
}

}  // namespace doorstep::api
