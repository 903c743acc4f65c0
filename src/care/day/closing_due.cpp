#include "care/day/closing_due.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace doorstep::day {
namespace {

/// Household and person; person 0: nobody of it is registered.
using Due = std::set<std::pair<std::int64_t, std::int64_t>>;

Due due(api::WriteContext& context, std::string_view sql) {
  Due found;
  context.db.each(sql, {context.community.id}, [&](const store::Row& row) {
    found.emplace(row.integer(0), row.integer(1));
    return true;
  });
  return found;
}

Due due_now(api::WriteContext& context) {
  return due(
      context,
      "SELECT o.household_id, coalesce(r.person_id, 0) FROM observation o LEFT JOIN residence r"
      " ON r.community_id = o.community_id AND r.household_id = o.household_id"
      " AND r.until_on IS NULL WHERE o.community_id = $1 AND o.ended_at IS NULL"
      " AND (r.person_id IS NULL OR EXISTS (SELECT 1 FROM observation_ground g"
      " WHERE g.community_id = o.community_id AND g.observation_id = o.id"
      " AND g.ended_at IS NULL AND g.person_id IN (0, r.person_id))"
      " AND NOT EXISTS (SELECT 1 FROM whereabouts w WHERE w.community_id = r.community_id"
      " AND w.person_id = r.person_id AND w.until_at IS NULL AND w.state <> 'central'))");
}

/// Where they are, or why they are not asked any more.
std::string reason_of(api::WriteContext& context, std::int64_t household, std::int64_t person) {
  const auto row = context.db.first(
      "SELECT (SELECT w.state FROM whereabouts w WHERE w.community_id = $1 AND w.person_id = $2"
      " AND (w.until_at IS NULL OR w.confirmed_by IS NOT NULL) ORDER BY w.from_at DESC LIMIT 1),"
      " EXISTS (SELECT 1 FROM residence r WHERE r.community_id = $1 AND r.person_id = $2"
      " AND r.household_id = $3 AND r.until_on IS NULL),"
      " (SELECT g.end_reason FROM observation_ground g WHERE g.community_id = $1"
      " AND g.household_id = $3 AND g.person_id IN (0, $2) AND g.ended_at IS NOT NULL"
      " ORDER BY g.ended_at DESC LIMIT 1)",
      {context.community.id, person, household});
  if (const auto where = row->maybe_text(0)) return *where;
  if (!row->boolean(1)) return "moved_away";
  return row->maybe_text(2).value_or("moved_away");
}

void keep(api::WriteContext& context, const Due& before, const Due& now) {
  for (const auto& [household, person] : before) {
    if (now.contains({household, person})) continue;
    context.tx.post(
        "DELETE FROM closing_due WHERE community_id = $1 AND household_id = $2 AND person_id = $3",
        {context.community.id, household, person});
  }
  for (const auto& [household, person] : now) {
    if (before.contains({household, person})) continue;
    context.tx.post(
        "INSERT INTO closing_due (community_id, household_id, person_id) VALUES ($1, $2, $3)",
        {context.community.id, household, person});
  }
}

/// Household and person by what they are counted as.
template <class Of>
std::map<std::int64_t, std::int64_t> by(const Due& all, Of of) {
  std::map<std::int64_t, std::int64_t> found;
  for (const auto& one : all) {
    const auto [counted, other] = of(one);
    if (counted != 0) found.emplace(counted, other);
  }
  return found;
}

template <class Counted>
void count(const std::map<std::int64_t, std::int64_t>& before,
           const std::map<std::int64_t, std::int64_t>& now, Counted& counted) {
  const auto missing_in = [](const auto& other) {
    return [&](const auto& one) { return !other.contains(one.first); };
  };
  counted.yesterday = std::ssize(before);
  counted.today = std::ssize(now);
  counted.entered = std::ranges::count_if(now, missing_in(before));
  counted.left = std::ranges::count_if(before, missing_in(now));
}

}  // namespace

DueSet reconcile(api::WriteContext& context) {
  const Due before =
      due(context, "SELECT household_id, person_id FROM closing_due WHERE community_id = $1");
  const Due now = due_now(context);
  DueSet counted;
  const auto household = [](const auto& one) { return one; };
  count(by(before, household), by(now, household), counted);
  const auto person = [](const auto& one) { return std::pair(one.second, one.first); };
  const auto people_before = by(before, person);
  const auto people_now = by(now, person);
  count(people_before, people_now, counted.people);
  std::map<std::string, std::int64_t> reasons;
  for (const auto& [one, home] : people_before) {
    if (!people_now.contains(one)) ++reasons[reason_of(context, home, one)];
  }
  for (const auto& [word, times] : reasons) counted.people.reasons.push_back({word, times});
  // Equal ones stay in the order of their words.
  std::ranges::sort(counted.people.reasons, [](const Count& a, const Count& b) {
    return a.count != b.count ? a.count > b.count : a.word < b.word;
  });
  keep(context, before, now);
  return counted;
}

}  // namespace doorstep::day
