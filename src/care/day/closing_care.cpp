#include "care/day/closing_care.h"

#include <algorithm>
#include <map>
#include <set>

#include "care/people/contacts.h"

namespace doorstep::day {
namespace {

using Persons = std::set<std::string>;

CareState state_of(const store::Row& row, Instant now) {
  const auto state = api::from_word<people::ContactState>(row.text(6));
  switch (state.value_or(people::ContactState::open)) {
    case people::ContactState::met: return CareState::met;
    case people::ContactState::late: return CareState::late;
    case people::ContactState::excused: return CareState::excused;
    case people::ContactState::open: break;
  }
  if (row.instant(5) > now) return CareState::waiting;
  return !row.is_null(11) && row.integer(11) != 0 ? CareState::escalated : CareState::missed;
}

CareLine line_of(const store::Row& row, Instant now) {
  CareLine line{id_text(row.integer(0)), id_text(row.integer(1)), row.day(2), row.text(3)};
  line.state = state_of(row, now);
  if (!row.is_null(7)) line.evidence = id_text(row.integer(7));
  line.assurance = row.maybe_text(8);
  line.at = row.maybe_instant(9);
  if (line.state == CareState::excused) line.reason = row.maybe_text(10);
  if (line.state == CareState::escalated) line.owner = id_text(row.integer(11));
  return line;
}

/// All of today, and of earlier days what was still open when the sheet before was made.
std::vector<CareLine> lines_of(const api::WriteContext& context, Instant since) {
  std::vector<CareLine> lines;
  for (const store::Row& row : context.db.query(
           "SELECT k.id, k.person_id, k.day, k.window_name, k.from_at, k.until_at, k.state,"
           " k.tick_id, k.assurance, coalesce(t.occurred_at, t.at), k.reason, d.owner_id"
           " FROM care_contact k LEFT JOIN care_tick t ON t.community_id = k.community_id"
           " AND t.id = k.tick_id LEFT JOIN duty d ON d.community_id = k.community_id"
           " AND d.kind = 'care_contact' AND d.subject_id = k.id AND d.closed_at IS NULL"
           " WHERE k.community_id = $1 AND (k.day = $2 OR (k.day < $2 AND (k.state = 'open'"
           " OR k.closed_at > $3))) ORDER BY k.from_at, k.id",
           {context.community.id, context.today(), since})) {
    lines.push_back(line_of(row, context.now));
  }
  return lines;
}

/// Who was due in the last window of the day before that had one.
Persons due_before(const api::WriteContext& context) {
  Persons persons;
  for (const store::Row& row : context.db.query(
           "SELECT person_id FROM care_contact WHERE community_id = $1 AND state <> 'excused'"
           " AND from_at = (SELECT max(from_at) FROM care_contact WHERE community_id = $1"
           " AND day < $2)",
           {context.community.id, context.today()})) {
    persons.insert(id_text(row.integer(0)));
  }
  return persons;
}

void count(CareWindowCount& window, const CareLine& line) {
  ++window.opened;
  switch (line.state) {
    case CareState::met: ++window.met; break;
    case CareState::late: ++window.late; break;
    case CareState::excused: ++window.excused; break;
    case CareState::escalated: ++window.escalated; break;
    case CareState::waiting: ++window.waiting; break;
    case CareState::missed: ++window.missed; break;
  }
}

/// Counts one window, and leaves in `before` who was due in it.
void fill(CareWindowCount& window, const ClosingCare& care, Day today, Persons& before) {
  std::map<std::string, std::int64_t> assurance;
  std::map<std::string, std::int64_t> reasons;
  Persons due;
  for (const CareLine& line : care.lines) {
    if (line.day != today || line.window != window.name) continue;
    count(window, line);
    if (line.assurance) ++assurance[*line.assurance];
    if (line.state == CareState::excused) {
      ++reasons[line.reason.value_or("")];
    } else {
      due.insert(line.person);
    }
  }
  for (const std::string_view word : api::Choices<observation::Assurance>::words) {
    window.assurance.push_back({std::string(word), assurance[std::string(word)]});
  }
  for (const auto& [word, times] : reasons) window.reasons.push_back({word, times});
  window.before = std::ssize(before);
  window.due = std::ssize(due);
  window.entered =
      std::ranges::count_if(due, [&](const std::string& one) { return !before.contains(one); });
  window.left =
      std::ranges::count_if(before, [&](const std::string& one) { return !due.contains(one); });
  before = std::move(due);
}

}  // namespace

Result<std::optional<ClosingCare>> care_of_day(api::WriteContext& context, Instant since) {
  const RulePack& rules = context.rules();
  if (!people::has_windows(rules)) return std::optional<ClosingCare>{};
  const Day today = context.today();
  const auto level = TRY(people::level_of(context, today));
  const auto tomorrow = TRY(people::level_of(context, today + std::chrono::days{1}));
  ClosingCare care{TRY(rules.string("name")), level.step.name, level.value_tenths,
                   TRY(rules.string("level.unit")), tomorrow.step.name};
  const std::int64_t at_home = people::at_home(context);
  for (const std::string& window : tomorrow.step.windows) {
    care.tomorrow.push_back({window, at_home});
  }
  care.lines = lines_of(context, since);
  Persons before = due_before(context);
  for (const auto& one : TRY(people::care_windows(rules, context.community.zone, today))) {
    CareWindowCount window{one.name, one.from, one.until};
    const bool owed = std::ranges::any_of(care.lines, [&](const CareLine& line) {
      return line.day == today && line.window == one.name;
    });
    if (!owed) continue;
    fill(window, care, today, before);
    care.windows.push_back(std::move(window));
  }
  return std::optional(std::move(care));
}

}  // namespace doorstep::day
