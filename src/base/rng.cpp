#include "base/rng.h"

#include <sodium.h>

#include "base/check.h"

namespace doorstep {

std::uint64_t Rng::below(std::uint64_t bound) {
  CHECK(bound > 0);
  // Reject the last, incomplete stretch so that every value is equally likely.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = next();
  while (value >= limit) value = next();
  return value % bound;
}

std::string Rng::bytes(std::size_t count) {
  std::string out;
  out.reserve(count + 8);
  while (out.size() < count) {
    std::uint64_t word = next();
    for (int i = 0; i < 8; ++i, word >>= 8U) out.push_back(static_cast<char>(word & 0xFFU));
  }
  out.resize(count);
  return out;
}

std::uint64_t SystemRng::next() {
  std::uint64_t value = 0;
  randombytes_buf(&value, sizeof value);
  return value;
}

std::uint64_t SeededRng::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace doorstep
