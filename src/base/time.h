#pragma once
/// \file The three kinds of time. Instants happen, days are lived, and a zone joins the two.

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace date {
class time_zone;  // NOLINT(readability-identifier-naming): the library's name
}

namespace doorstep {

/// A point in time, UTC, whole milliseconds. Stored as BIGINT milliseconds since 1970.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A civil day where the community is. Stored as TEXT 'YYYY-MM-DD'.
using Day = std::chrono::local_days;

/// A community's time zone, named as in the IANA database ("Asia/Shanghai").
class Zone {
 public:
  /// Errors: invalid "zone.unknown" when the system has no such zone.
  static Result<Zone> named(const std::string& name);

  [[nodiscard]] Day day_of(Instant instant) const;

  /// Milliseconds since local midnight as the wall clock shows it.
  [[nodiscard]] std::chrono::milliseconds time_of_day(Instant instant) const;

  /// The instant at which the wall clock shows `time` on `day`; where a clock change skips it, the
  /// first instant after the gap; where it comes twice, the earlier.
  [[nodiscard]] Instant at(Day day, std::chrono::minutes time) const;

  /// The first instant of the day: 00:00 local, or later where a clock change skips midnight.
  [[nodiscard]] Instant start_of(Day day) const { return at(day, std::chrono::minutes{0}); }

  [[nodiscard]] std::string name() const;

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;  ///< Lives as long as the process.
};

/// "2022-11-28".
[[nodiscard]] std::string to_text(Day day);

/// Exactly the form to_text() writes, a day that exists, years 1800 to 2199; nothing else.
[[nodiscard]] std::optional<Day> day_from_text(std::string_view text);

/// "2022-11-28T01:12:00.000Z".
[[nodiscard]] std::string to_text(Instant instant);

/// RFC 3339 with seconds, optional fraction, `Z` or an offset; nothing else.
[[nodiscard]] std::optional<Instant> instant_from_text(std::string_view text);

/// "08:30" -> 510 minutes; nothing else.
[[nodiscard]] std::optional<std::chrono::minutes> time_of_day_from_text(std::string_view text);

/// The seam for the wall clock. It is read once per request and handed on; rules take `now`.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

/// A clock that a test or the drill moves by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() const override { return now_.load(); }
  void set(Instant now) { now_ = now; }
  void advance(std::chrono::milliseconds by) {
    Instant before = now_;
    while (!now_.compare_exchange_weak(before, before + by)) {
    }
  }

 private:
  std::atomic<Instant> now_;
};

/// Starts at `start` and runs `rate` times as fast as the system's: training on demo data.
class ShiftedClock final : public Clock {
 public:
  ShiftedClock(Instant start, double rate);
  [[nodiscard]] Instant now() const override;

 private:
  Instant start_;
  double rate_;
  std::chrono::steady_clock::time_point origin_;
};

}  // namespace doorstep
