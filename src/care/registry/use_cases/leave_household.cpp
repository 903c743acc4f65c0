/// \file Somebody no longer lives in a household: moved away, or died.

#include "care/registry/people.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Person> person;
  std::optional<Id<Household>> household;  ///< None: wherever the person lives here.
  std::optional<Day> on;                   ///< None: today.

  void fields(auto& f) {
    f("person", person);
    f("household", household);
    f("on", on);
  }
};

/// Errors: not_found "person.unknown", "residence.none" (lives in none of them now); invalid
/// "residence.on" (in the future, or before the person moved in).
Result<api::Nothing> leave(api::WriteContext& context, const Request& request) {
  TRY(some(find_person(context, request.person), "person.unknown"));
  const Day on = request.on.value_or(context.today());
  bool ended = false;
  for (const ResidenceRow& one :
       current_residences(context.db, context.community.id, request.person)) {
    if (request.household && one.household != *request.household) continue;
    const auto household = find_household(context, one.household);
    if (!household) continue;
    if (on > context.today() || on < one.from_on) {
      return Error{ErrorKind::invalid, "residence.on"};
    }
    end_residence(context.tx, context.community.id, one, on);
    context.journal("person.left", request.person.value(), household->path,
                    R"({"household":")" + to_text(one.household) + R"("})");
    ended = true;
  }
  if (!ended) return Error{ErrorKind::not_found, "residence.none"};
  return api::Nothing{};
}

}  // namespace

api::Endpoint leave_household() {
  return api::command(api::Method::post, "/api/v1/people/{person}/leave", "person.edit",
                      "Somebody no longer lives in a household", leave);
}

}  // namespace doorstep::registry
