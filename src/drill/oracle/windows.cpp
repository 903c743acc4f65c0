#include "drill/oracle/windows.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::oracle {

Result<Terms> Terms::of(const RulePack& pack) {
  Terms terms;
  for (std::size_t at = 0; at < pack.count("check_in.windows"); ++at) {
    const auto key = [&](const char* end) {
      return fmt::format("check_in.windows[{}].{}", at, end);
    };
    terms.windows.push_back(
        {TRY(pack.time_of_day(key("from"))), TRY(pack.time_of_day(key("until")))});
  }
  if (const auto ends = pack.string("ladder.ends_with"); ends.ok()) terms.ladder_ends_with = *ends;
  return terms;
}

std::optional<Span> Terms::span_at(const Zone& zone, Instant now) const {
  std::vector<Span> spans;
  const Day today = zone.day_of(now);
  for (int offset = -1; offset <= 1; ++offset) {
    const Day day = today + std::chrono::days{offset};
    for (const TimeOfDay& one : windows) {
      spans.push_back({zone.at(day, one.from), zone.at(day, one.until), {}});
    }
  }
  const auto after = std::ranges::find_if(spans, [&](const Span& one) { return one.from > now; });
  if (after == spans.begin() || after == spans.end()) return std::nullopt;
  Span found = *std::prev(after);
  found.next = after->from;
  return found;
}

}  // namespace doorstep::oracle
