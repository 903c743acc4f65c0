#pragma once
/// \file CHECK: an assertion that stays on in production. For bugs only, never for input.

namespace doorstep {

/// Writes the broken condition to stderr and aborts; start-up is recovery, so nothing is lost.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace doorstep

#define CHECK(condition)                                        \
  do {                                                          \
    if (!(condition)) [[unlikely]]                              \
      ::doorstep::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
