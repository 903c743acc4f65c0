// An erasure that somebody asks for, here or at the data-subject desk; where what goes may still be asked for, it takes two.

#include "care/rights/erasure.h"

namespace doorstep::rights {

using registry::Person;

namespace {

struct Standing {
  Id<Erasure> id{};
  ErasureState state = ErasureState::asked;
  Instant asked_at{};
  std::int64_t asked_by = 0;
};

std::optional<Standing> standing(const api::Context& context, Id<Person> person) {
  const auto row = context.db.first(
      "SELECT id, state, asked_at, asked_by FROM erasure WHERE community_id = $1"
      " AND person_id = $2",
      {context.community.id, person});
  if (!row) return std::nullopt;
  return Standing{row->id<Erasure>(0),
                  api::from_word<ErasureState>(row->text(1)).value_or(ErasureState::asked),
                  row->instant(2), row->integer(3)};
}

Standing keep_asked(api::WriteContext& context, Id<Person> person, Cause cause, bool evidence,
                    std::int64_t request) {
  const Standing made{context.new_id<Erasure>(), ErasureState::asked, context.now,
                      context.actor.id};
  context.tx.run(
      "INSERT INTO erasure (community_id, id, person_id, cause, state, evidence, asked_at,"
      " asked_by, request_id) VALUES ($1, $2, $3, $4, 'asked', $5, $6, $7, $8)"
      " ON CONFLICT (community_id, person_id) DO UPDATE SET id = excluded.id, cause = "
      "excluded.cause,"
      " state = 'asked', evidence = excluded.evidence, planned_on = NULL, hold_reason = NULL,"
      " asked_at = excluded.asked_at, asked_by = excluded.asked_by,"
      " request_id = excluded.request_id",
      {context.community.id, made.id, person, api::word(cause), evidence, context.now,
       context.actor.id, request});
  context.journal(
      "erasure.asked", person.value(), "",
      R"({"erasure":")" + to_text(made.id) + R"(","two":)" + (evidence ? "true}" : "false}"));
  return made;
}

}  // namespace

Result<AskedErasure> ask_erasure(api::WriteContext& context, Id<Person> person, Cause cause,
                                 std::int64_t request) {
  if (auto code = still_needed(context.db, context.community.id, person)) {
    return Error{ErrorKind::conflict, *std::move(code)};
  }
  auto asked = standing(context, person);
  if (asked && asked->state == ErasureState::held) {
    return Error{ErrorKind::conflict, "erasure.held"};
  }
  const bool evidence = TRY(evidence_needed(context, person));
  if (!asked || asked->state != ErasureState::asked) {
    asked = keep_asked(context, person, cause, evidence, request);
    if (evidence) return AskedErasure{asked->id, ErasureState::asked};
  } else if (evidence && asked->asked_by == context.actor.id) {
    return Error{ErrorKind::conflict, "erasure.second_person"};
  }
  TRY(erase(context, person, cause, asked->id, asked->asked_at, asked->asked_by));
  return AskedErasure{asked->id, ErasureState::done};
}

}  // namespace doorstep::rights
