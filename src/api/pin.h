#pragma once
/// \file PIN: six digits that wake a session which was left alone, on the device that holds it and nowhere else.

#include <string>
#include <string_view>

#include "api/sessions.h"

namespace doorstep::api {

/// Wrong ones; then the session ends.
inline constexpr std::int64_t pin_tries_max = 5;

/// Errors: invalid "pin.digits" (not six digits), "pin.weak" (123456, 777777 and the like).
Result<void> check_pin(std::string_view pin);

/// What is hashed of a PIN: with the session and the pepper in it, so that the rows alone cannot be searched for it.
[[nodiscard]] std::string pin_secret(const store::Bytes& session, std::string_view pin,
                                     const std::string& pepper);

}  // namespace doorstep::api
