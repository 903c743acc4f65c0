#pragma once
/// \file Result<T>: a value, or the reason there is none.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace doorstep {

/// What the caller can do about it; the one table in `net/problem.cpp` maps each kind to an HTTP
/// status.
enum class ErrorKind : std::uint8_t {
  invalid,          ///< The request can never succeed as it stands.
  unauthenticated,  ///< Nobody is signed in, or the proof is too weak.
  forbidden,        ///< Known and seen, but not allowed.
  not_found,        ///< Does not exist, or may not be seen by this actor.
  conflict,         ///< Contradicts the present state; look again and decide.
  too_large,        ///< Over a declared limit.
  rate_limited,     ///< Later.
  unavailable,      ///< Nothing was changed; the same request may be sent again.
};

/// An expected failure. Bugs and lost disks are exceptions, never an `Error`.
struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;       ///< Stable key such as "check_in.outside_period"; the pages translate it.
  std::string hint = {};  ///< For a developer, in English, without personal data.

  friend bool operator==(const Error&, const Error&) = default;
};

/// Holds a `T` or an `Error`. Leave a function early with `TRY(...)`.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Requires ok().
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  /// Requires !ok().
  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  void value() const {}

  /// Requires !ok().
  [[nodiscard]] const Error& error() const& { return *error_; }
  [[nodiscard]] Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

/// Turns "no row" into an error: `TRY(some(tx.first(...), "household.unknown"))`.
template <class T>
Result<T> some(std::optional<T> value, std::string code) {
  if (value) return std::move(*value);
  return Error{ErrorKind::not_found, std::move(code)};
}

}  // namespace doorstep

/// The value of a Result expression, or `return` its error from the enclosing function. A GNU
/// statement expression, which clang and g++ share. Do not nest one TRY in another.
#define TRY(expression)                                         \
  (__extension__({                                              \
    auto try_result = (expression);                             \
    if (!try_result.ok()) return std::move(try_result).error(); \
    std::move(try_result).value();                              \
  }))

/// TRY inside a coroutine.
#define CO_TRY(expression)                                         \
  (__extension__({                                                 \
    auto try_result = (expression);                                \
    if (!try_result.ok()) co_return std::move(try_result).error(); \
    std::move(try_result).value();                                 \
  }))
