#include "care/observation/phone_clocks.h"

#include <algorithm>
#include <set>
#include <vector>

#include "care/duty/clock.h"

namespace doorstep::observation {
namespace {

constexpr std::chrono::hours recent{1};
constexpr std::chrono::hours believed{24};
/// Enough to tell, and no more however many report.
constexpr std::int64_t reports_max = 200;
constexpr std::ptrdiff_t phones_least = 3;

}  // namespace

Result<void> watch_phones(api::WriteContext& context) {
  const auto confirmed = duty::clock_confirmed_at(context.db, context.community.id);
  // A confirmation out of the future is one of a clock that was wrong.
  if (confirmed && *confirmed <= context.now && context.now < *confirmed + believed) return {};
  std::set<std::int64_t> phones;
  std::vector<std::int64_t> off;  ///< Milliseconds, of those that show another time.
  for (const store::Row& row : context.db.query(
           "SELECT reported_by, clock_off FROM check_in WHERE community_id = $1"
           " AND recorded_at > $2 AND recorded_at <= $3 ORDER BY recorded_at DESC LIMIT $4",
           {context.community.id, context.now - recent, context.now, reports_max})) {
    if (row.is_null(1) || !phones.insert(row.integer(0)).second) continue;
    const std::chrono::milliseconds by{row.integer(1)};
    if (duty::has_jumped(context.now + by, context.now)) off.push_back(by.count());
  }
  if (std::ssize(off) < phones_least || off.size() * 2 <= phones.size()) return {};
  std::ranges::nth_element(off, off.begin() + std::ssize(off) / 2);
  const std::chrono::milliseconds middle{off[off.size() / 2]};
  duty::doubt_clock(context, {context.now + middle, context.now, "phones", std::ssize(off)});
  return {};
}

}  // namespace doorstep::observation
