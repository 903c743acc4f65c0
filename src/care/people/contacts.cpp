#include "care/people/contacts.h"

#include <algorithm>

#include <fmt/format.h>

#include "care/observation/ladder.h"

namespace doorstep::people {
namespace {

/// One that is open, with its duty.
struct Open {
  std::int64_t id = 0;
  std::string window = {};
  Instant from{};
  Instant until{};
  std::string path = {};
};

std::vector<Open> open_of(const api::WriteContext& context, std::int64_t person) {
  std::vector<Open> found;
  for (const store::Row& row : context.db.query(
           "SELECT id, window_name, from_at, until_at, path FROM care_contact"
           " WHERE community_id = $1 AND person_id = $2 AND state = 'open' ORDER BY from_at, id",
           {context.community.id, person})) {
    found.push_back({row.integer(0), row.text(1), row.instant(2), row.instant(3), row.text(4)});
  }
  return found;
}

std::optional<duty::Row> duty_of(const api::WriteContext& context, std::int64_t contact) {
  return duty::find_open(context.db, context.community.id, window_contact, contact);
}

void excuse(api::WriteContext& context, std::int64_t contact, std::string_view reason) {
  context.tx.post(
      "UPDATE care_contact SET state = 'excused', reason = $3, closed_at = $4"
      " WHERE community_id = $1 AND id = $2 AND state = 'open'",
      {context.community.id, contact, reason, context.now});
  if (const auto owed = duty_of(context, contact)) duty::excuse(context, *owed, reason);
}

struct Wanted {
  std::int64_t person = 0;
  std::int64_t household = 0;
  std::string path = {};
  std::int64_t follower = 0;
  std::int64_t standing = 0;  ///< The contact that was excused and is owed again.
};

/// Who stands in the ledger, is not away, and is owed nothing in this window yet. Who was handed over is in
/// other hands for the day.
std::vector<Wanted> wanted_in(const api::WriteContext& context, Day day, std::string_view window) {
  std::vector<Wanted> found;
  for (const store::Row& row : context.db.query(
           "SELECT c.person_id, c.household_id, c.path, c.follower_id, k.id FROM care_person c"
           " LEFT JOIN care_contact k ON k.community_id = c.community_id AND k.day = $2"
           " AND k.window_name = $3 AND k.person_id = c.person_id"
           " LEFT JOIN whereabouts w ON w.community_id = c.community_id"
           " AND w.person_id = c.person_id AND w.until_at IS NULL"
           " AND w.state IN ('hospital', 'away', 'deceased')"
           " WHERE c.community_id = $1 AND c.closed_at IS NULL AND w.id IS NULL AND (k.id IS NULL"
           " OR (k.state = 'excused' AND k.reason <> 'handed_over')) ORDER BY c.path, c.person_id",
           {context.community.id, day, window})) {
    found.push_back({row.integer(0), row.integer(1), row.text(2), row.integer(3),
                     row.is_null(4) ? 0 : row.integer(4)});
  }
  return found;
}

/// The row, its entry in the journal, and the duty with whoever follows them.
Result<void> owe(api::WriteContext& context, const Wanted& one, Day day, const CareWindow& window) {
  const std::int64_t id = one.standing != 0 ? one.standing : context.new_id<CareContact>().value();
  if (one.standing != 0) {
    context.tx.post(
        "UPDATE care_contact SET state = 'open', reason = NULL, closed_at = NULL,"
        " household_id = $3, path = $4 WHERE community_id = $1 AND id = $2",
        {context.community.id, id, one.household, one.path});
  } else {
    context.tx.post(
        "INSERT INTO care_contact (community_id, id, person_id, household_id, path, day,"
        " window_name, from_at, until_at, state, opened_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)",
        {context.community.id, id, one.person, one.household, one.path, day, window.name,
         window.from, window.until, context.now});
  }
  context.journal(
      "care.due", id, one.path,
      fmt::format(R"({{"person":"{}","day":"{}","window":"{}","from":"{}","until":"{}"}})",
                  id_text(one.person), to_text(day), window.name, to_text(window.from),
                  to_text(window.until)));
  TRY(duty::open(context, window_contact, {id, one.path, window.from, window.until}));
  const auto owed = duty_of(context, id);
  if (owed && owed->owner != one.follower) duty::assign(context, *owed, one.follower, "by_hand");
  return {};
}

/// Excuses who left the ledger or is away, and what the level asks for no longer.
void excuse_gone(api::WriteContext& context, Day today, const std::vector<std::string>& windows) {
  struct Gone {
    std::int64_t id = 0;
    std::string reason = {};
  };
  std::vector<Gone> gone;
  for (const store::Row& row : context.db.query(
           "SELECT k.id, w.state, c.id, k.day, k.window_name, k.until_at,"
           " (SELECT e.end_reason FROM care_person e WHERE e.community_id = k.community_id"
           " AND e.person_id = k.person_id ORDER BY e.id DESC LIMIT 1) FROM care_contact k"
           " LEFT JOIN care_person c ON c.community_id = k.community_id"
           " AND c.person_id = k.person_id AND c.closed_at IS NULL"
           " LEFT JOIN whereabouts w ON w.community_id = k.community_id"
           " AND w.person_id = k.person_id AND w.until_at IS NULL"
           " AND w.state IN ('hospital', 'away', 'deceased')"
           " WHERE k.community_id = $1 AND k.state = 'open' ORDER BY k.id",
           {context.community.id})) {
    const bool asked = row.day(3) != today || row.instant(5) <= context.now ||
                       std::ranges::count(windows, row.text(4)) > 0;
    if (!row.is_null(1)) {
      gone.push_back({row.integer(0), row.text(1)});
    } else if (row.is_null(2)) {
      gone.push_back({row.integer(0), row.maybe_text(6).value_or("not_needed")});
    } else if (!asked) {
      gone.push_back({row.integer(0), "level"});
    }
  }
  for (const Gone& one : gone) excuse(context, one.id, one.reason);
}

}  // namespace

Result<Level> level_of(const api::Context& context, Day day) {
  const Hazard hazard = TRY(Hazard::of(context.rules()));
  const auto row = context.db.first(
      "SELECT level, value_tenths, said_at, said_by FROM hazard_level WHERE community_id = $1"
      " AND day = $2 ORDER BY id DESC LIMIT 1",
      {context.community.id, day});
  // What was said under another pack may be a level that this one does not have.
  const LevelStep* said = row ? hazard.find(row->text(0)) : nullptr;
  if (said == nullptr) return Level{*hazard.find(hazard.unsaid)};
  Level level{*said};
  if (!row->is_null(1)) level.value_tenths = row->integer(1);
  level.said_at = row->instant(2);
  level.said_by = row->integer(3);
  return level;
}

std::int64_t at_home(const api::Context& context) {
  return context.db
      .first(
          "SELECT count(*) FROM {households} h JOIN care_person c"
          " ON c.community_id = h.community_id AND c.household_id = h.id"
          " AND c.closed_at IS NULL WHERE NOT EXISTS (SELECT 1 FROM whereabouts w"
          " WHERE w.community_id = c.community_id AND w.person_id = c.person_id"
          " AND w.until_at IS NULL AND w.state IN ('hospital', 'away', 'deceased'))",
          {})
      ->integer(0);
}

Result<void> keep_contacts(api::WriteContext& context) {
  const Day today = context.today();
  std::vector<std::string> windows;
  if (has_windows(context.rules())) windows = TRY(level_of(context, today)).step.windows;
  excuse_gone(context, today, windows);
  if (windows.empty()) return {};
  for (const CareWindow& window :
       TRY(care_windows(context.rules(), context.community.zone, today))) {
    if (window.until <= context.now || !std::ranges::count(windows, window.name)) continue;
    for (const Wanted& one : wanted_in(context, today, window.name)) {
      TRY(owe(context, one, today, window));
    }
  }
  return {};
}

Result<void> move_contacts(api::WriteContext& context, std::int64_t person,
                           Id<access::Household> household, const std::string& path,
                           std::int64_t follower) {
  for (const Open& one : open_of(context, person)) {
    context.tx.post(
        "UPDATE care_contact SET household_id = $3, path = $4 WHERE community_id = $1 AND id = $2",
        {context.community.id, one.id, household, path});
    const auto owed = duty_of(context, one.id);
    if (!owed) continue;
    duty::excuse(context, *owed, "moved");
    TRY(duty::open(context, window_contact, {one.id, path, owed->from, owed->due}));
    const auto anew = duty_of(context, one.id);
    if (anew && anew->owner != follower) duty::assign(context, *anew, follower, "by_hand");
  }
  return {};
}

Result<std::vector<std::string>> heard_of(api::WriteContext& context, std::int64_t person,
                                          Instant at, observation::Assurance assurance,
                                          std::int64_t tick) {
  std::vector<std::string> met;
  for (const Open& one : open_of(context, person)) {
    if (one.from > at) continue;
    const auto owed = duty_of(context, one.id);
    if (!owed) continue;
    if (owed->step > 0) {
      const auto enough =
          api::from_word<observation::Assurance>(TRY(context.rules().string("ladder.ends_with")));
      if (!enough) return Error{ErrorKind::invalid, "rules.wrong_type", "ladder.ends_with"};
      if (assurance < *enough) continue;
    }
    context.tx.post(
        "UPDATE care_contact SET state = $3, tick_id = $4, assurance = $5, closed_at = $6"
        " WHERE community_id = $1 AND id = $2",
        {context.community.id, one.id,
         api::word(at < one.until ? ContactState::met : ContactState::late), tick,
         api::word(assurance), context.now});
    duty::meet(context, *owed, tick);
    met.push_back(one.window);
  }
  return met;
}

namespace {

/// The duty of the one whose window began last.
std::optional<duty::Row> pressing(const api::WriteContext& context, std::int64_t person) {
  std::optional<duty::Row> found;
  for (const Open& one : open_of(context, person)) {
    if (one.from <= context.now) found = duty_of(context, one.id);
  }
  return found;
}

}  // namespace

Result<std::optional<NextTry>> not_heard(api::WriteContext& context, std::int64_t person,
                                         const std::string& note) {
  const auto owed = pressing(context, person);
  if (!owed) return std::optional<NextTry>{};
  const auto ladder = TRY(observation::Ladder::of(context.rules()));
  const auto next =
      TRY(observation::no_answer(context, *owed, ladder, ladder.rung(owed->step).name, note));
  return std::optional(NextTry{next.rung, next.at});
}

Result<void> handed_over(api::WriteContext& context, std::int64_t person) {
  for (const Open& one : open_of(context, person)) {
    if (one.from <= context.now) excuse(context, one.id, "handed_over");
  }
  return {};
}

}  // namespace doorstep::people
