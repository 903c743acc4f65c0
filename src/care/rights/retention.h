#pragma once
/// \file Retention: what is over its period goes by itself, once a day; people who left are listed first and
/// erased some days later, unless the manager holds them.

#include <cstdint>
#include <vector>

#include "care/rights/erasure.h"

namespace doorstep::rights {

/// The first day that is inside the period after leaving. Errors: those of the rule pack.
Result<Day> period_begins(const api::Context& context);

/// Who left before that day and is not listed yet; at most `limit`. The slow part: reads every residence.
[[nodiscard]] std::vector<Id<registry::Person>> left_before(store::Snapshot& db,
                                                            Id<access::Community> community,
                                                            Day day, std::int64_t limit);

/// Lists them as planned; how many were. Errors: those of the rule pack.
Result<std::int64_t> plan_erasures(api::WriteContext& context,
                                   const std::vector<Id<registry::Person>>& people);

/// Erases one whose day has come; false where there is none. Whoever is needed after all (they came back, an
/// observation is open) is taken off the list.
Result<bool> erase_next(api::WriteContext& context);

/// Goes on through one table: at most `limit` rows. False where nothing is left of today. `at` is a place in
/// expiries().
Result<bool> expire(api::WriteContext& context, std::size_t at, std::int64_t limit);

/// Removes numbers that reach nobody, some at a time from `after` on; the last one looked at, none at the end.
std::optional<std::int64_t> drop_unused_numbers(api::WriteContext& context, std::int64_t after,
                                                std::int64_t limit);

/// The phones of accounts that were closed long ago. Errors: those of the rule pack.
Result<std::int64_t> forget_staff_numbers(api::WriteContext& context);

/// Whether this community was gone through on this day, and that it was.
[[nodiscard]] bool gone_through(store::Snapshot& db, Id<access::Community> community, Day today);
void note_day(api::WriteContext& context);

}  // namespace doorstep::rights
