#include "care/delivery/actions.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/bytes.h"
#include "care/delivery/scan.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t key_length_min = 16;
constexpr std::size_t key_length_max = 64;
constexpr std::size_t door_code_length = 4;
/// How far a phone's clock may be off before its own time is not kept.
constexpr std::chrono::hours clock_behind_max{48};
constexpr std::chrono::minutes clock_ahead_max{5};

/// One action under way.
struct Doing {
  api::WriteContext& context;
  RunRow& run;
  const Action& action;
  Instant at;

  [[nodiscard]] StepDetails details() const {
    StepDetails made;
    made.at = at;
    made.action = action.key;
    if (action.reason) made.reason = std::string(api::word(*action.reason));
    return made;
  }
};

bool wanted(const Action& action, const ParcelRow& parcel) {
  if (action.parcels) {
    return std::ranges::find(*action.parcels, parcel.id) != action.parcels->end();
  }
  return parcel.household == action.household;
}

Result<void> check(const Action& action) {
  if (action.key.size() < key_length_min || action.key.size() > key_length_max) {
    return Error{ErrorKind::invalid, "action.key"};
  }
  if (action.code.value_or("").size() > key_length_max) {
    return Error{ErrorKind::invalid, "action.code"};
  }
  if (action.undoes.value_or("").size() > key_length_max) {
    return Error{ErrorKind::conflict, "action.undo"};
  }
  const bool about_run = action.kind == ActionKind::take || action.kind == ActionKind::undo;
  if (!about_run && !action.household) return Error{ErrorKind::invalid, "action.household"};
  if (action.kind == ActionKind::not_delivered && !action.reason) {
    return Error{ErrorKind::invalid, "action.reason"};
  }
  return {};
}

/// Whoever is at a door has taken the goods along, whether they said so or not.
Result<void> be_out(const Doing& doing) {
  if (doing.run.state != RunState::planned) return {};
  return leave(doing.context, doing.run, doing.details());
}

Result<std::optional<std::string>> proof_of(const Doing& doing) {
  const Action& action = doing.action;
  if (action.code) {
    if (clean_scan(*action.code) != door_code(doing.context, *action.household)) {
      return Error{ErrorKind::invalid, "action.code"};
    }
    return std::optional(std::string(api::word(Proof::code)));
  }
  const auto photo = doing.context.db.first(
      "SELECT 1 FROM delivery_photo WHERE community_id = $1 AND run_id = $2 AND household_id = $3"
      " LIMIT 1",
      {doing.context.community.id, doing.run.id, *action.household});
  if (photo) return std::optional(std::string(api::word(Proof::photo)));
  return std::optional<std::string>{};
}

Result<void> deliver(const Doing& doing) {
  TRY(be_out(doing));
  const auto proof = TRY(proof_of(doing));
  std::int64_t done = 0;
  for (ParcelRow& one : parcels_of(doing.context, doing.run.id)) {
    if (!wanted(doing.action, one)) continue;
    // The household's own tap may have come before the phone that was without signal.
    if (one.state == State::delivered) ++done;
    if (one.state != State::out) continue;
    one.state = State::delivered;
    one.closed_at = doing.context.now;
    one.proof = proof;
    one.reason.reset();
    TRY(take_step(doing.context, one, Step::delivered, doing.details()));
    ++done;
  }
  if (done == 0) return Error{ErrorKind::not_found, "run.nothing_there"};
  return {};
}

Result<void> bring_back(const Doing& doing) {
  TRY(be_out(doing));
  std::int64_t done = 0;
  for (ParcelRow& one : parcels_of(doing.context, doing.run.id)) {
    if (!wanted(doing.action, one) || one.state != State::out) continue;
    one.state = State::held;
    one.reason = std::string(api::word(*doing.action.reason));
    one.point = doing.run.from;
    TRY(take_step(doing.context, one, Step::held, doing.details()));
    ++done;
  }
  if (done == 0) return Error{ErrorKind::not_found, "run.nothing_there"};
  return {};
}

Result<void> raise_alarm(const Doing& doing) {
  const auto row =
      doing.context.db.first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
                             {doing.context.community.id, *doing.action.household});
  if (!row || !row->text(0).starts_with(doing.run.path)) {
    return Error{ErrorKind::not_found, "run.nothing_there"};
  }
  TRY(duty::alarm(
      doing.context, welfare,
      {doing.action.household->value(), row->text(0), doing.context.now, doing.context.now}));
  return {};
}

/// The bag is with its own household now; whose door it lay at stands in the step, so that both can be
/// told.
Result<void> move(const Doing& doing) {
  TRY(be_out(doing));
  if (!doing.action.parcels || doing.action.parcels->empty()) {
    return Error{ErrorKind::invalid, "action.household"};
  }
  StepDetails details = doing.details();
  details.counterpart = to_text(*doing.action.household);
  std::int64_t done = 0;
  for (ParcelRow& one : parcels_of(doing.context, doing.run.id)) {
    const bool here = one.state == State::out || one.state == State::delivered;
    if (!wanted(doing.action, one) || !here || one.household == doing.action.household) continue;
    one.state = State::delivered;
    if (!one.closed_at) one.closed_at = doing.context.now;
    TRY(take_step(doing.context, one, Step::moved, details));
    ++done;
  }
  if (done == 0) return Error{ErrorKind::not_found, "run.nothing_there"};
  return {};
}

/// Back into the carrier's hands: what the named action said of goods, and the alarm it raised.
Result<void> take_back(const Doing& doing) {
  api::WriteContext& context = doing.context;
  const Error nothing{ErrorKind::conflict, "action.undo"};
  const auto row = context.db.first(
      "SELECT kind, household_id FROM run_action WHERE community_id = $1 AND key = $2"
      " AND run_id = $3 AND undone_by IS NULL",
      {context.community.id, doing.action.undoes.value_or(""), doing.run.id});
  if (!row) return nothing;
  const auto kind = api::from_word<ActionKind>(row->text(0)).value_or(ActionKind::take);
  if (kind == ActionKind::old_bag || kind == ActionKind::wrong) {
    const auto open = duty::find_open(context.db, context.community.id, welfare, row->integer(1));
    if (open) duty::excuse(context, *open, "undone");
  } else {
    for (ParcelRow& one : parcels_of(context, doing.run.id)) {
      const bool by_it =
          context.db
              .first(
                  "SELECT 1 FROM parcel_step WHERE community_id = $1 AND parcel_id = $2"
                  " AND action = $3 AND step IN ('delivered', 'held', 'moved') LIMIT 1",
                  {context.community.id, one.id, *doing.action.undoes})
              .has_value();
      if (!by_it || (one.state != State::delivered && one.state != State::held)) continue;
      one.state = State::out;
      one.closed_at.reset();
      one.reason.reset();
      one.proof.reset();
      TRY(take_step(context, one, Step::undone, doing.details()));
    }
  }
  context.tx.post("UPDATE run_action SET undone_by = $3 WHERE community_id = $1 AND key = $2",
                  {context.community.id, *doing.action.undoes, doing.action.key});
  return {};
}

Result<void> take_along(const Doing& doing) {
  if (doing.run.state == RunState::out) return {};
  return leave(doing.context, doing.run, doing.details());
}

Result<void> perform(const Doing& doing) {
  switch (doing.action.kind) {
    case ActionKind::take: return take_along(doing);
    case ActionKind::delivered: return deliver(doing);
    case ActionKind::not_delivered: return bring_back(doing);
    case ActionKind::old_bag:
    case ActionKind::wrong: return raise_alarm(doing);
    case ActionKind::moved: return move(doing);
    case ActionKind::undo: return take_back(doing);
  }
  return {};
}

}  // namespace

std::string door_code(const api::Context& context, Id<access::Household> household) {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const std::string hash = blake2b("door code 1\n" + to_text(household), context.pepper);
  std::string code;
  for (std::size_t at = 0; at < door_code_length; ++at) {
    code += letters[static_cast<unsigned char>(hash[at]) % letters.size()];
  }
  return code;
}

Result<ActionReceipt> carry_out(api::WriteContext& context, RunRow& run, const Action& action) {
  TRY(check(action));
  const auto known =
      context.db.first("SELECT recorded_at FROM run_action WHERE community_id = $1 AND key = $2",
                       {context.community.id, action.key});
  if (known) {
    context.journal("run.action_again", run.id.value(), run.path);
    return ActionReceipt{action.key, true, known->instant(0), run.state};
  }
  if (run.state == RunState::cancelled) return Error{ErrorKind::conflict, "run.closed"};
  Instant at = action.at.value_or(context.now);
  if (at < context.now - clock_behind_max || at > context.now + clock_ahead_max) at = context.now;
  const Doing doing{context, run, action, at};
  TRY(perform(doing));
  context.tx.post(
      "INSERT INTO run_action (community_id, key, run_id, household_id, kind, at, recorded_at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, action.key, run.id, action.household.value_or(Id<access::Household>{}),
       api::word(action.kind), at, context.now, context.actor.id});
  context.journal(
      "run.action", run.id.value(), run.path,
      fmt::format(R"({{"kind":"{}","household":"{}","at":"{}"}})", api::word(action.kind),
                  to_text(action.household.value_or(Id<access::Household>{})), to_text(at)));
  close_if_done(context, run);
  return ActionReceipt{action.key, false, context.now, run.state};
}

}  // namespace doorstep::delivery
