/// \file Somebody no longer lives in a household. Who is under an order there and is not known to live
/// elsewhere leaves the due set by the word of two persons (N22).

#include <algorithm>

#include "care/observation/claims.h"
#include "care/registry/people.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Person> person;
  std::optional<Id<access::Household>> household;  ///< None: wherever the person lives here.
  std::optional<Day> on;                           ///< None: today.
  std::optional<EndReason> reason;                 ///< None: transferred, moved away.
  std::optional<std::string> note;  ///< Where to; what the first of two persons says.

  void fields(auto& f) {
    f("person", person);
    f("household", household);
    f("on", on);
    f("reason", reason);
    f("note", note);
  }
};

struct Answer {
  bool confirmed = true;  ///< False: another person has to say so too.
  void fields(auto& f) { f("confirmed", confirmed); }
};

/// The observation in which an order covers the person; who stays by choice goes when they choose.
std::optional<Id<Observation>> ordered(api::WriteContext& context, Id<access::Household> household,
                                       Id<Person> person) {
  const auto row = context.db.first(
      "SELECT DISTINCT o.id FROM observation o JOIN observation_ground g"
      " ON g.community_id = o.community_id AND g.observation_id = o.id AND g.ended_at IS NULL"
      " WHERE o.community_id = $1 AND o.household_id = $2 AND o.ended_at IS NULL"
      " AND g.person_id IN (0, $3) AND g.ground <> 'voluntary'",
      {context.community.id, household, person});
  if (!row) return std::nullopt;
  return row->id<Observation>(0);
}

/// True where it may be done now.
Result<bool> may_leave(api::WriteContext& context, const Request& request,
                       const registry::HouseholdRow& household) {
  const auto observation = ordered(context, household.id, request.person);
  if (!observation) return true;
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), claim_note_max, "observation.reason"));
  return claim(context, {household.id, household.path, *observation, request.person.value(),
                         request.reason.value_or(EndReason::transferred), note});
}

/// Errors: not_found "person.unknown", "residence.none" (lives in none of them now); invalid
/// "residence.on" (in the future, or before the person moved in), "observation.reason" (none that a
/// person leaves for); those of claim().
Result<Answer> leave(api::WriteContext& context, const Request& request) {
  const Id<registry::Person> person{request.person.value()};
  TRY(some(registry::find_person(context, person), "person.unknown"));
  const EndReason reason = request.reason.value_or(EndReason::transferred);
  if (reason != EndReason::transferred && !needs_two_persons(reason)) {
    return Error{ErrorKind::invalid, "observation.reason"};
  }
  const Day on = request.on.value_or(context.today());
  auto leaving = registry::current_residences(context.db, context.community.id, person);
  const auto all = leaving.size();
  std::erase_if(leaving, [&](const registry::ResidenceRow& one) {
    return (request.household && one.household != *request.household) ||
           !registry::find_household(context, one.household);
  });
  if (leaving.empty()) return Error{ErrorKind::not_found, "residence.none"};
  Answer answer;
  for (const registry::ResidenceRow& one : leaving) {
    const auto household = registry::find_household(context, one.household);
    if (on > context.today() || on < one.from_on) {
      return Error{ErrorKind::invalid, "residence.on"};
    }
    // Who also lives elsewhere here is looked after there from now on (follow_moves).
    if (leaving.size() == all && !TRY(may_leave(context, request, *household))) {
      answer.confirmed = false;
      continue;
    }
    registry::end_residence(context.tx, context.community.id, one, on);
    context.journal("person.left", person.value(), household->path,
                    R"({"household":")" + to_text(one.household) + R"("})");
  }
  return answer;
}

}  // namespace

api::Endpoint leave_household() {
  return api::command(api::Method::post, "/api/v1/people/{person}/leave", "person.edit",
                      "Somebody no longer lives in a household", leave);
}

}  // namespace doorstep::observation
