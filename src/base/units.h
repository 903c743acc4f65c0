#pragma once
/// \file Quantities with their unit in the type. Integers inside, so nothing is lost in storage.

#include <compare>
#include <cstdint>

namespace doorstep {

/// A count of `Tag`'s smallest unit. Explicit on the way in and on the way out.
template <class Tag>
class Measure {
 public:
  constexpr Measure() = default;
  constexpr explicit Measure(std::int64_t value) : value_(value) {}
  [[nodiscard]] constexpr std::int64_t value() const { return value_; }

  friend constexpr Measure operator+(Measure a, Measure b) { return Measure{a.value_ + b.value_}; }
  friend constexpr Measure operator-(Measure a, Measure b) { return Measure{a.value_ - b.value_}; }
  friend constexpr auto operator<=>(Measure, Measure) = default;

 private:
  std::int64_t value_ = 0;
};

/// Temperature in tenths of a degree Celsius: 368 is 36.8 °C.
using Celsius = Measure<struct TenthsOfDegreeCelsius>;
/// Money in fen: 1276 is 12.76 yuan.
using Money = Measure<struct Fen>;
/// An amount in thousandths of whatever unit stands beside it: 500 斤 is half a jin.
using Quantity = Measure<struct Thousandths>;
using Grams = Measure<struct GramsTag>;
using Millilitres = Measure<struct MillilitresTag>;

}  // namespace doorstep
