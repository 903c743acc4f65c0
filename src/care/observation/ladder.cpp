#include "care/observation/ladder.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::observation {
namespace {

void keep_attempt(api::WriteContext& context, const duty::Row& owed, const std::string& rung,
                  AttemptOutcome outcome, const std::string& note) {
  context.tx.post(
      "INSERT INTO duty_attempt (community_id, duty_id, number, opened_for, rung, outcome, at, by,"
      " note) SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8"
      " FROM duty_attempt WHERE community_id = $1 AND duty_id = $2",
      {context.community.id, owed.id, owed.due, rung, api::word(outcome), context.now,
       context.actor.id, note.empty() ? store::Value() : store::Value(note)});
}

void journal(api::WriteContext& context, const duty::Row& owed, const std::string& rung,
             AttemptOutcome outcome, Instant next) {
  context.journal(
      "duty.attempted", owed.id.value(), owed.path,
      fmt::format(R"({{"kind":"{}","on":"{}","rung":"{}","outcome":"{}","next":"{}"}})", owed.kind,
                  id_text(owed.subject), rung, api::word(outcome), to_text(next)));
}

}  // namespace

Result<Ladder> Ladder::of(const RulePack& rules) {
  Ladder ladder;
  for (std::size_t at = 0; at < rules.count("ladder.rungs"); ++at) {
    const std::string key = fmt::format("ladder.rungs[{}].", at);
    ladder.rungs_.push_back({TRY(rules.string(key + "name")),
                             std::chrono::minutes{TRY(rules.integer(key + "minutes"))}});
  }
  if (ladder.rungs_.empty()) return Error{ErrorKind::invalid, "rules.missing", "ladder.rungs"};
  return ladder;
}

const Rung& Ladder::rung(std::int64_t attempts) const {
  return rungs_[std::min(static_cast<std::size_t>(attempts), rungs_.size() - 1)];
}

bool Ladder::has(std::string_view name) const {
  return std::ranges::any_of(rungs_, [&](const Rung& one) { return one.name == name; });
}

Result<Step> no_answer(api::WriteContext& context, const duty::Row& owed, const Ladder& ladder,
                       const std::string& rung, const std::string& note) {
  keep_attempt(context, owed, rung, AttemptOutcome::no_answer, note);
  const auto first = context.db.first(
      "SELECT min(at) FROM duty_attempt WHERE community_id = $1 AND duty_id = $2"
      " AND opened_for = $3",
      {context.community.id, owed.id, owed.due});
  // Never sooner than a minute from now: who is late with one rung still has time for the next.
  const Rung& following = ladder.rung(owed.step + 1);
  const Step next{following.name, std::max(first->instant(0) + following.after,
                                           context.now + std::chrono::minutes{1})};
  duty::tried(context, owed, next.at);
  journal(context, owed, rung, AttemptOutcome::no_answer, next.at);
  return next;
}

Result<void> handed_over(api::WriteContext& context, const duty::Row& owed, const std::string& rung,
                         const std::string& note) {
  keep_attempt(context, owed, rung, AttemptOutcome::handed_over, note);
  journal(context, owed, rung, AttemptOutcome::handed_over, context.now);
  const Window now = TRY(deciding_window(context.rules(), context.community.zone, context.now));
  const Window next = TRY(window_after(context.rules(), context.community.zone, now));
  duty::reschedule(context, owed, next.from, next.until);
  return {};
}

}  // namespace doorstep::observation
