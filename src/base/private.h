#pragma once
/// \file Private<T>: a personal value that can be stored and answered, but not logged or streamed.

#include <compare>
#include <utility>

namespace doorstep {

/// Names, phones, addresses, identity numbers. The only way to the value is reveal(), which is what
/// a reviewer looks for. There is no formatter and no stream operator.
template <class T>
class Private {
 public:
  Private() = default;
  explicit Private(T value) : value_(std::move(value)) {}

  [[nodiscard]] const T& reveal() const { return value_; }
  [[nodiscard]] T& reveal() { return value_; }

  friend auto operator<=>(const Private&, const Private&) = default;

 private:
  T value_{};
};

}  // namespace doorstep
