#pragma once
/// \file Duty: something is owed to a subject by an owner until a time. It is met by evidence, excused
/// with a reason, or it climbs. Check-ins, calls, visits, order lines, alerts are all duties.
///
/// A part of the house adds a kind of duty with one line, `inline constexpr duty::Kind refill{"refill"};`,
/// and calls open(); raising, climbing, handing over, listing and closing are here for all kinds. How
/// many minutes somebody has to take one up (`duty.acknowledge_minutes`) and then to bring it to an end
/// (`duty.finish_minutes`) stands in the rule pack, for one kind alone under `duty.<kind>.` before that.

#include <optional>
#include <string>
#include <string_view>

#include "access/field_class.h"
#include "api/endpoint.h"
#include "care/duty/roster.h"

namespace doorstep::duty {

struct Duty;

struct Kind {
  std::string_view word;                            ///< "contact": kept in rows and in the journal.
  access::Class field_class = access::Class::none;  ///< What knowing of it tells.
  bool by_hand =
      false;  ///< Somebody may end it by saying what came of it; else evidence alone does.
};

/// Somebody holds more raised duties than `duty.open_per_owner_max`; the subject is the account.
inline constexpr Kind overload{"overload"};

enum class State : std::uint8_t {
  waiting,       ///< Not due yet.
  raised,        ///< Somebody has to take it up.
  acknowledged,  ///< Somebody has.
  paused,        ///< With a reason, until an instant.
  met,
  excused,
};

/// What is owed to whom. The owner while it waits is who is responsible for the place.
struct New {
  std::int64_t subject = 0;
  std::string path = {};  ///< Of the subject: who sees it, and who is responsible.
  Instant from{};         ///< Since when it can be met.
  Instant due{};          ///< By when it is owed.
};

/// A row of the table.
struct Row {
  Id<Duty> id{};
  std::string kind = {};
  std::int64_t subject = 0;
  std::string path = {};
  std::int64_t owner = 0;  ///< Account; 0 where nobody at all is left.
  Rung level = Rung::worker;
  State state = State::waiting;
  std::int64_t step = 0;  ///< Attempts made.
  Instant from{};
  Instant due{};
  Instant next{};  ///< When the sweep looks at it again.
  std::optional<Instant> raised_at = {};
  bool by_hand = false;
};

/// Says that find_open() will be asked next (Transaction::ahead).
void expect_open(store::Transaction& tx, Id<access::Community> community, const Kind& kind,
                 std::int64_t subject);

/// The open duty of this kind on this subject.
std::optional<Row> find_open(store::Snapshot& db, Id<access::Community> community, const Kind& kind,
                             std::int64_t subject);
/// An open duty inside the scope, of a class that the scope holds.
std::optional<Row> find(const api::Context& context, Id<Duty> id);

/// Opens a duty, or leaves the open one of this kind and subject as it is. One that is due already is
/// raised at once. Who opens many hands in the roster. Errors: those of the rule pack ("rules.*").
Result<Id<Duty>> open(api::WriteContext& context, const Kind& kind, const New& owed);
Result<Id<Duty>> open(api::WriteContext& context, const Kind& kind, const New& owed,
                      const Roster& roster);

/// As open(), but an open one is raised anew: a second alarm is seen again. Errors: as open().
Result<Id<Duty>> alarm(api::WriteContext& context, const Kind& kind, const New& owed);

/// A recurring duty was met and is owed again: the row moves on to its next window. Journals nothing:
/// what met it says so in its own entry (`met`, `next_from`, `next_due`).
void move_on(api::WriteContext& context, const Row& duty, Instant next_from, Instant next_due,
             std::int64_t evidence);

/// Owed at another time than was said: it waits until then. Journals `duty.moved_on` without evidence.
void reschedule(api::WriteContext& context, const Row& duty, Instant from, Instant due);

/// Its deadline is another instant, since the clock was set. Journals `duty.retimed`.
void retime(api::WriteContext& context, const Row& duty, Instant next);

/// An attempt was made in vain, by the actor, who keeps it: one step further, to be looked at at `next`.
void tried(api::WriteContext& context, const Row& duty, Instant next);

/// Ends it. `evidence` is the id of what met it, an attempt's duty or a report.
void meet(api::WriteContext& context, const Row& duty, std::int64_t evidence);
/// Ends it without evidence; `reason` is a code ("released").
void excuse(api::WriteContext& context, const Row& duty, std::string_view reason);
/// Ends it because the actor says so: `outcome` is a code, `note` their words. Requires by_hand.
void end_by_hand(api::WriteContext& context, const Row& duty, std::string_view outcome,
                 const std::string& note);

/// The actor takes it up. Errors: conflict "duty.taken" (by somebody who is on duty), "duty.not_raised".
Result<void> acknowledge(api::WriteContext& context, const Row& duty);
/// Gives it to another; `why` is a code of docs/journal.md.
void assign(api::WriteContext& context, const Row& duty, std::int64_t owner, std::string_view why);
/// Errors: invalid "duty.pause" (not after now, or over 48 hours away), "duty.reason".
Result<void> pause(api::WriteContext& context, const Row& duty, Instant until,
                   const std::string& reason);

/// Until when an owner has to take up a duty of this kind, or to end it once taken up.
Result<std::chrono::minutes> acknowledge_within(const RulePack& rules, std::string_view kind);
Result<std::chrono::minutes> finish_within(const RulePack& rules, std::string_view kind);

/// Raises to the first rung from `from` up that somebody on shift holds; the owner has `within` to take
/// it up. Shared by open(), the sweep and the ladder.
void raise(api::WriteContext& context, const Row& duty, const Roster& roster, Rung from,
           std::chrono::minutes within);

/// The columns of duty in the order in which row_from() reads them, each after "d.".
inline constexpr std::string_view columns =
    "d.id, d.kind, d.subject_id, d.path, d.owner_id, d.level, d.state, d.step, d.from_at, d.due_at,"
    " d.next_at, d.raised_at, d.by_hand";
inline constexpr std::size_t column_count = 13;
[[nodiscard]] Row row_from(const store::Row& row, std::size_t first = 0);

}  // namespace doorstep::duty

template <>
struct doorstep::api::Choices<doorstep::duty::State> {
  static constexpr std::array words{std::string_view{"waiting"},      std::string_view{"raised"},
                                    std::string_view{"acknowledged"}, std::string_view{"paused"},
                                    std::string_view{"met"},          std::string_view{"excused"}};
};
