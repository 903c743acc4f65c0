/// \file Erase a person who asks for it, or who should never have been registered. Where what goes may still be
/// asked for, it takes two.

#include "care/duty/duty.h"
#include "care/rights/erasure.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<registry::Person> person;
  Cause cause = Cause::asked;
  void fields(auto& f) {
    f("person", person);
    f("cause", cause);
  }
};

struct Answer {
  Id<Erasure> id;
  ErasureState state = ErasureState::asked;  ///< Asked: another person has to say so too.
  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

struct Standing {
  Id<Erasure> id{};
  ErasureState state = ErasureState::asked;
  Instant asked_at{};
  std::int64_t asked_by = 0;
};

std::optional<Standing> standing(const api::Context& context, Id<registry::Person> person) {
  const auto row = context.db.first(
      "SELECT id, state, asked_at, asked_by FROM erasure WHERE community_id = $1"
      " AND person_id = $2",
      {context.community.id, person});
  if (!row) return std::nullopt;
  return Standing{row->id<Erasure>(0),
                  api::from_word<ErasureState>(row->text(1)).value_or(ErasureState::asked),
                  row->instant(2), row->integer(3)};
}

Standing keep(api::WriteContext& context, const Request& request, bool evidence) {
  const Standing made{context.new_id<Erasure>(), ErasureState::asked, context.now,
                      context.actor.id};
  context.tx.run(
      "INSERT INTO erasure (community_id, id, person_id, cause, state, evidence, asked_at, "
      "asked_by)"
      " VALUES ($1, $2, $3, $4, 'asked', $5, $6, $7)"
      " ON CONFLICT (community_id, person_id) DO UPDATE SET id = excluded.id, cause = "
      "excluded.cause,"
      " state = 'asked', evidence = excluded.evidence, planned_on = NULL, hold_reason = NULL,"
      " asked_at = excluded.asked_at, asked_by = excluded.asked_by",
      {context.community.id, made.id, request.person, api::word(request.cause), evidence,
       context.now, context.actor.id});
  context.journal(
      "erasure.asked", request.person.value(), "",
      R"({"erasure":")" + to_text(made.id) + R"(","two":)" + (evidence ? "true}" : "false}"));
  return made;
}

/// Errors: not_found "person.unknown"; invalid "erasure.cause" (what the clock alone says); conflict
/// "erasure.second_person" (the same one again), "erasure.held"; those of erase().
Result<Answer> erase_person(api::WriteContext& context, const Request& request) {
  TRY(some(registry::find_person(context, request.person), "person.unknown"));
  if (request.cause == Cause::expired) return Error{ErrorKind::invalid, "erasure.cause"};
  if (auto code = still_needed(context.db, context.community.id, request.person)) {
    return Error{ErrorKind::conflict, *std::move(code)};
  }
  auto asked = standing(context, request.person);
  if (asked && asked->state == ErasureState::held) {
    return Error{ErrorKind::conflict, "erasure.held"};
  }
  const bool evidence = TRY(evidence_needed(context, request.person));
  if (!asked || asked->state != ErasureState::asked) {
    asked = keep(context, request, evidence);
    if (evidence) return Answer{asked->id, ErasureState::asked};
  } else if (evidence && asked->asked_by == context.actor.id) {
    return Error{ErrorKind::conflict, "erasure.second_person"};
  }
  TRY(erase(context, request.person, request.cause, asked->id, asked->asked_at, asked->asked_by));
  return Answer{asked->id, ErasureState::done};
}

}  // namespace

api::Endpoint erase_person() {
  return api::command(api::Method::post, "/api/v1/people/{person}/erase", "person.erase",
                      "Erase a person who asks for it", erase_person);
}

}  // namespace doorstep::rights
