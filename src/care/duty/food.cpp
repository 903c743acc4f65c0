#include "care/duty/food.h"

namespace doorstep::duty {
namespace {

constexpr std::int64_t days_max = 365;
/// S0: with a day or none left the pack is brought now.
constexpr std::int64_t low_days = 1;

}  // namespace

Result<void> check_days_left(const std::optional<std::int64_t>& days) {
  if (days && (*days < 0 || *days > days_max)) return Error{ErrorKind::invalid, "care.days"};
  return {};
}

Result<bool> heard_of_food(api::WriteContext& context, Id<access::Household> household,
                           const std::string& path, std::int64_t days) {
  context.tx.post("UPDATE household SET food_on = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, household, context.today() + std::chrono::days{days}});
  if (days > low_days) return false;
  TRY(open(context, food, {household.value(), path, context.now, context.now}));
  return true;
}

}  // namespace doorstep::duty
