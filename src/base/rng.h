#pragma once
/// \file Rng: the seam for chance. Production draws from the system, tests and the drill from a
/// seed.

#include <cstdint>
#include <span>
#include <string>

namespace doorstep {

class Rng {
 public:
  virtual ~Rng() = default;
  virtual std::uint64_t next() = 0;

  /// Uniform in [0, bound). Requires bound > 0.
  std::uint64_t below(std::uint64_t bound);

  /// `count` random bytes.
  std::string bytes(std::size_t count);
};

/// The operating system's cryptographic generator; thread-safe.
class SystemRng final : public Rng {
 public:
  std::uint64_t next() override;
};

/// SplitMix64: the same numbers for the same seed on any machine. Never for secrets.
class SeededRng final : public Rng {
 public:
  explicit SeededRng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

}  // namespace doorstep
