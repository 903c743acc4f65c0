#include "base/time.h"

#include <charconv>

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

namespace doorstep {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

/// All of `text` as a number of exactly its length, digits alone.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

milliseconds local_time(const date::time_zone* zone, Instant instant) {
  return zone->to_local(instant).time_since_epoch();
}

}  // namespace

Result<Zone> Zone::named(const std::string& name) {
  try {
    return Zone{date::locate_zone(name)};
  } catch (const std::runtime_error&) {
    return Error{ErrorKind::invalid, "zone.unknown"};
  }
}

Day Zone::day_of(Instant instant) const {
  return Day{std::chrono::floor<std::chrono::days>(local_time(zone_, instant))};
}

milliseconds Zone::time_of_day(Instant instant) const {
  const milliseconds local = local_time(zone_, instant);
  return local - std::chrono::floor<std::chrono::days>(local);
}

Instant Zone::at(Day day, minutes time) const {
  const date::local_time<milliseconds> local{day.time_since_epoch() + time};
  return zone_->to_sys(local, date::choose::earliest);
}

std::string Zone::name() const {
  return zone_->name();
}

std::string to_text(Day day) {
  const std::chrono::year_month_day civil{day};
  return fmt::format("{:04}-{:02}-{:02}", int{civil.year()}, unsigned{civil.month()},
                     unsigned{civil.day()});
}

std::optional<Day> day_from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1800 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year{*year},
                                          std::chrono::month{static_cast<unsigned>(*month)},
                                          std::chrono::day{static_cast<unsigned>(*day)}};
  if (!civil.ok()) return std::nullopt;
  return Day{civil};
}

std::string to_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const milliseconds rest = instant - day;
  const auto ms = rest.count();
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_text(Day{day.time_since_epoch()}),
                     ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::optional<Instant> instant_from_text(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto day = day_from_text(text.substr(0, 10));
  const auto time = time_of_day_from_text(text.substr(11, 5));
  const auto seconds = digits(text.substr(17, 2));
  if (!day || !time || !seconds || text[16] != ':' || *seconds > 59) return std::nullopt;
  std::size_t at = 19;
  int ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
      ms += (text[at] - '0') * scale;
    }
  }
  const std::string_view zone = text.substr(at);
  minutes offset{0};
  if (zone != "Z") {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
    const auto shift = time_of_day_from_text(zone.substr(1));
    if (!shift) return std::nullopt;
    offset = zone[0] == '+' ? *shift : -*shift;
  }
  return Instant{std::chrono::days{day->time_since_epoch()} + *time - offset +
                 std::chrono::seconds{*seconds} + milliseconds{ms}};
}

std::optional<minutes> time_of_day_from_text(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  if (!hours || !minute || *hours > 23 || *minute > 59) return std::nullopt;
  return minutes{*hours * 60 + *minute};
}

Instant SystemClock::now() const {
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

ShiftedClock::ShiftedClock(Instant start, double rate)
    : start_(start), rate_(rate), origin_(std::chrono::steady_clock::now()) {}

Instant ShiftedClock::now() const {
  const std::chrono::duration<double, std::milli> gone = std::chrono::steady_clock::now() - origin_;
  return start_ + milliseconds{static_cast<std::int64_t>(gone.count() * rate_)};
}

}  // namespace doorstep
