#include "base/id.h"

#include <array>

#include "base/check.h"

namespace doorstep {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::int64_t epoch_ms = 1577836800000;  // 2020-01-01T00:00:00Z
constexpr int counter_bits = 22;
constexpr std::int64_t counter_size = std::int64_t{1} << counter_bits;
constexpr std::size_t text_length = 13;

int digit(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string id_text(std::int64_t value) {
  CHECK(value >= 0);
  std::string text(text_length, '0');
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t at = text_length; at-- > 0; rest >>= 5U) text[at] = alphabet[rest & 31U];
  return text;
}

std::optional<std::int64_t> id_from_text(std::string_view text) {
  if (text.size() != text_length) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const int d = digit(c);
    if (d < 0 || (value >> 58U) != 0) return std::nullopt;
    value = (value << 5U) | static_cast<std::uint64_t>(d);
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t IdSource::next(Instant now) {
  const std::int64_t ms = now.time_since_epoch().count() - epoch_ms;
  CHECK(ms >= 0 && ms < (std::int64_t{1} << 41));
  const std::int64_t base = ms << counter_bits;
  const std::scoped_lock lock(mutex_);
  if (base > last_) {
    // Half of the range stays free for counting up within the millisecond.
    last_ = base + static_cast<std::int64_t>(rng_->below(counter_size / 2));
  } else {
    ++last_;  // The same millisecond, or a clock that went back: stay unique and ordered.
  }
  return last_;
}

void IdSource::start_anew() {
  const std::scoped_lock lock(mutex_);
  last_ = 0;
}

}  // namespace doorstep
