#pragma once
/// \file Faults: what goes wrong in a drill, one by one or all together.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep::drill {

/// In the order of their words.
enum class Fault : std::uint8_t {
  loss,       ///< A message never arrives; its sender tries again.
  twice,      ///< It arrives again, up to 33 hours later.
  delay,      ///< It arrives late, up to 33 hours, and so out of order.
  unheard,    ///< It was carried out, and the answer is lost.
  crash,      ///< The power goes: between requests, inside one, before its answer.
  clock,      ///< The server's clock is set ahead or back, and right again later.
  forget,     ///< Residents who forget.
  evade,      ///< Residents who do not answer.
  refuse,     ///< Residents who answer nobody at all.
  phoneless,  ///< Residents without a phone, or with one for two households.
  unwell,     ///< Somebody has a fever.
  move,       ///< Somebody moves, dies, is taken to hospital, is taken for gone.
  late,       ///< Workers who come late to what they have to do.
  ill,        ///< Workers who do not come, with a recorded absence or without.
  leave,      ///< Workers whose role ends.
  mistake,    ///< Operators who import twice, release too soon, pause, hand on, mistype.
};

inline constexpr std::size_t fault_count = 16;

class Faults {
 public:
  static Faults all() { return Faults{(1U << fault_count) - 1}; }
  static Faults none() { return Faults{0}; }
  /// "all", "none" or words with commas. None for another word.
  static std::optional<Faults> parse(std::string_view text);

  [[nodiscard]] bool has(Fault one) const {
    return (bits_ >> static_cast<unsigned>(one) & 1U) != 0;
  }
  [[nodiscard]] std::string text() const;

 private:
  explicit Faults(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_;
};

}  // namespace doorstep::drill
