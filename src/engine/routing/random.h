#pragma once
/// \file Chance and curves that are the same bits on every machine: integers alone.

#include <bit>
#include <cstdint>

namespace doorstep::routing {

/// SplitMix64, inline: the inner loops draw some forty numbers per microsecond.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, bound); the bias of 2^-32 does not matter here. Requires 0 < bound < 2^32.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }
  std::int32_t below(std::int32_t bound) {
    return static_cast<std::int32_t>(below(static_cast<std::uint32_t>(bound)));
  }

 private:
  std::uint64_t state_;
};

/// log2(x) in 16.16 for x >= 1, by squaring.
inline std::int64_t log2_q16(std::uint64_t x) {
  const int whole = 63 - std::countl_zero(x);
  std::uint64_t mantissa = (x << (63 - whole)) >> 32;  // [2^31, 2^32)
  std::int64_t result = std::int64_t{whole} << 16;
  for (int bit = 15; bit >= 0; --bit) {
    mantissa = (mantissa * mantissa) >> 31;
    if (mantissa >= (std::uint64_t{1} << 32)) {
      mantissa >>= 1;
      result |= std::int64_t{1} << bit;
    }
  }
  return result;
}

/// -ln(u) in 16.16 for u uniform in (0, 1]: an exponential variate.
inline std::int64_t exponential_q16(Random& random) {
  const std::uint64_t u = (random.next() >> 32) + 1;
  constexpr std::int64_t ln2_q16 = 45426;
  return (((std::int64_t{32} << 16) - log2_q16(u)) * ln2_q16) >> 16;
}

/// value * 2^(-x) for x in 16.16, x >= 0.
inline std::int64_t shrink(std::int64_t value, std::int64_t x_q16) {
  // 2^(-1/2), 2^(-1/4), ... in 0.32.
  static constexpr std::uint64_t roots[16] = {3037000499, 3611622602, 3938502375, 4112874773,
                                              4202935003, 4248701964, 4271771996, 4283353945,
                                              4289156690, 4292061009, 4293513906, 4294240539,
                                              4294603902, 4294785595, 4294876444, 4294921870};
  const auto whole = x_q16 >> 16;
  if (whole > 62) return 0;
  std::uint64_t factor = (std::uint64_t{1} << 32) - 1;
  for (int bit = 15; bit >= 0; --bit) {
    if ((x_q16 >> bit) & 1) factor = (factor * roots[15 - bit]) >> 32;
  }
  const auto high = static_cast<std::int64_t>(
      (static_cast<unsigned __int128>(static_cast<std::uint64_t>(value)) * factor) >> 32);
  return high >> whole;
}

/// Skips a position now and then, so that greedy insertion does not always do the same (SISR).
class Blink {
 public:
  Blink(Random& random, std::int64_t mean) : random_(&random), mean_(mean) { draw(); }
  bool operator()() {
    if (--left_ > 0) return false;
    draw();
    return true;
  }

 private:
  void draw() { left_ = 1 + ((exponential_q16(*random_) * mean_) >> 16); }
  Random* random_;
  std::int64_t mean_;
  std::int64_t left_ = 1;
};

}  // namespace doorstep::routing
