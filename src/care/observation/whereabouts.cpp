#include "care/observation/whereabouts.h"

#include <fmt/format.h>

namespace doorstep::observation {
namespace {

struct Member {
  std::int64_t person = 0;
  std::optional<Day> born_on;
  bool home = true;
  bool asked = true;  ///< At home, or in central quarantine: in the due set (settled meaning, N22).
};

std::vector<Member> members(api::WriteContext& context, Id<access::Household> household) {
  std::vector<Member> found;
  for (const store::Row& row : context.db.query(
           "SELECT r.person_id, p.born_on, w.state FROM residence r JOIN person p"
           " ON p.id = r.person_id LEFT JOIN whereabouts w ON w.community_id = r.community_id"
           " AND w.person_id = r.person_id AND w.until_at IS NULL WHERE r.community_id = $1"
           " AND r.household_id = $2 AND r.until_on IS NULL",
           {context.community.id, household})) {
    const bool home = row.is_null(2);
    found.push_back(
        {row.integer(0), row.maybe_day(1), home, home || row.text(2) == api::word(Where::central)});
  }
  return found;
}

std::int64_t years(Day born_on, Day today) {
  const std::chrono::year_month_day born{std::chrono::sys_days{born_on.time_since_epoch()}};
  const std::chrono::year_month_day now{std::chrono::sys_days{today.time_since_epoch()}};
  const bool before = std::pair{now.month(), now.day()} < std::pair{born.month(), born.day()};
  return static_cast<int>(now.year()) - static_cast<int>(born.year()) - (before ? 1 : 0);
}

}  // namespace

std::optional<Stay> stay_of(store::Snapshot& db, Id<access::Community> community,
                            std::int64_t person) {
  const auto row = db.first(
      "SELECT state, recorded_by, from_at FROM whereabouts WHERE community_id = $1"
      " AND person_id = $2 AND until_at IS NULL",
      {community, person});
  if (!row) return std::nullopt;
  return Stay{api::from_word<Where>(row->text(0)).value_or(Where::away), row->integer(1),
              row->instant(2)};
}

Result<std::vector<std::int64_t>> dependants_left(api::WriteContext& context,
                                                  Id<access::Household> household,
                                                  std::int64_t leaving) {
  const std::int64_t child_under = TRY(context.rules().integer("care.child_under_years"));
  const std::int64_t elder_from = TRY(context.rules().integer("care.elder_from_years"));
  std::vector<std::int64_t> dependants;
  bool carer = false;
  for (const Member& one : members(context, household)) {
    if (one.person == leaving || !one.home) continue;
    const auto age = one.born_on ? std::optional(years(*one.born_on, context.today()))
                                 : std::optional<std::int64_t>{};
    if (age && (*age < child_under || *age >= elder_from)) {
      dependants.push_back(one.person);
    } else {
      carer = true;  // An adult, or somebody of whom no age is known.
    }
  }
  if (carer) dependants.clear();
  return dependants;
}

Result<void> refresh_contact(api::WriteContext& context, Id<access::Household> household,
                             const std::string& path) {
  const auto row = context.db.first(
      "SELECT id, nobody_home FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, household});
  if (!row) return {};
  const auto all = members(context, household);
  bool nobody = !all.empty();
  for (const Member& one : all) nobody = nobody && !one.asked;
  if (nobody == row->boolean(1)) return {};
  context.tx.post("UPDATE observation SET nobody_home = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, row->integer(0), nobody});
  const auto owed = duty::find_open(context.db, context.community.id, contact, household.value());
  if (nobody && owed) duty::excuse(context, *owed, "away");
  if (!nobody && !owed) {
    const Window window = TRY(first_window(context.rules(), context.community.zone, context.now));
    TRY(duty::open(context, contact, {household.value(), path, window.from, window.until}));
  }
  return {};
}

Result<void> ask_daily(api::WriteContext& context, std::int64_t person, const std::string& path,
                       std::int64_t evidence) {
  const Day tomorrow = context.today() + std::chrono::days{1};
  const Instant due = TRY(last_window_of(context.rules(), context.community.zone, tomorrow)).until;
  const auto owed = duty::find_open(context.db, context.community.id, where_is, person);
  if (!owed) {
    TRY(duty::open(context, where_is, {person, path, context.now, due}));
    return {};
  }
  duty::move_on(context, *owed, context.now, due, evidence);
  context.journal(
      "duty.moved_on", owed->id.value(), path,
      fmt::format(R"({{"kind":"whereabouts","on":"{}","evidence":"{}",)"
                  R"("next_from":"{}","next_due":"{}"}})",
                  id_text(person), id_text(evidence), to_text(context.now), to_text(due)));
  return {};
}

}  // namespace doorstep::observation
