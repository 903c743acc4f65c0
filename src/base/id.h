#pragma once
/// \file Id<Entity>: a row's key that cannot be mistaken for another entity's key.

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/time.h"

namespace doorstep {

/// 63 bits, stored as BIGINT, 13 base32 characters in JSON, URLs and labels. `Id<Person>` and
/// `Id<Household>` do not convert to each other or to a number. Zero means "none".
template <class Entity>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t value) : value_(value) {}

  [[nodiscard]] constexpr std::int64_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::int64_t value_ = 0;
};

/// Crockford's base32 (no I, L, O, U), most significant first, always 13 characters, so text order
/// is number order. Requires value >= 0.
[[nodiscard]] std::string id_text(std::int64_t value);

/// Reads what id_text() writes, also in lower case; nothing else.
[[nodiscard]] std::optional<std::int64_t> id_from_text(std::string_view text);

template <class Entity>
[[nodiscard]] std::string to_text(Id<Entity> id) {
  return id_text(id.value());
}

/// Makes ids: 41 bits of milliseconds since 2020-01-01, then 22 bits that start at random in each
/// millisecond and count up, so an import of 100,000 rows under one reading of the clock does not
/// collide. Thread-safe; one for a whole process, since two that start at random in the same
/// millisecond may meet.
class IdSource {
 public:
  explicit IdSource(Rng& rng) : rng_(&rng) {}

  /// Requires now to lie between 2020-01-01 and 2089.
  [[nodiscard]] std::int64_t next(Instant now);

  /// What was drawn is there already, from before the clock was set back: the next one begins at random again.
  void start_anew();

  template <class Entity>
  [[nodiscard]] Id<Entity> next(Instant now) {
    return Id<Entity>{next(now)};
  }

 private:
  Rng* rng_;
  std::mutex mutex_;
  std::int64_t last_ = 0;
};

}  // namespace doorstep

template <class Entity>
struct std::hash<doorstep::Id<Entity>> {
  std::size_t operator()(doorstep::Id<Entity> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value());
  }
};
