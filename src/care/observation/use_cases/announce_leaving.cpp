/// \file Somebody is about to be taken away: who stays behind in need of care becomes a duty before
/// the vehicle goes (N21).

#include "care/observation/whereabouts.h"
#include "care/registry/people.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Person> person;
  std::optional<bool> pet;  ///< An animal stays behind.

  void fields(auto& f) {
    f("person", person);
    f("pet", pet);
  }
};

struct Left {
  Id<Person> person;
  std::string name;
  void fields(auto& f) {
    f("person", person);
    f("name", name, api::Class::name);
  }
};

struct Announced {
  std::optional<Id<duty::Duty>> duty;  ///< To be ended by naming who looks after whom.
  std::vector<Left> dependants;

  void fields(auto& f) {
    f("duty", duty);
    f("dependants", dependants);
  }
};

/// Errors: not_found "person.unknown".
Result<Announced> announce(api::WriteContext& context, const Request& request) {
  const auto homes = registry::current_residences(context.db, context.community.id,
                                                  Id<registry::Person>{request.person.value()});
  for (const registry::ResidenceRow& one : homes) {
    const auto household = registry::find_household(context, one.household);
    if (!household) continue;
    Announced answer;
    for (const std::int64_t person :
         TRY(dependants_left(context, one.household, request.person.value()))) {
      const auto row = context.db.first("SELECT name FROM person WHERE id = $1", {person});
      answer.dependants.push_back({Id<Person>{person}, row->text(0)});
    }
    context.journal("leaving.announced", request.person.value(), household->path);
    if (answer.dependants.empty() && !request.pet.value_or(false)) return answer;
    answer.duty = TRY(duty::alarm(
        context, left_behind, {one.household.value(), household->path, context.now, context.now}));
    return answer;
  }
  return Error{ErrorKind::not_found, "person.unknown"};
}

}  // namespace

api::Endpoint announce_leaving() {
  return api::command(api::Method::post, "/api/v1/people/{person}/leaving", "whereabouts.record",
                      "Somebody is about to be taken away", announce);
}

}  // namespace doorstep::observation
