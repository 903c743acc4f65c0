/// \file Say by which phone a person or a household is reached. One phone may serve many people.

#include "care/registry/people.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  std::optional<Id<Person>> person;  ///< None: the household's own.
  std::string phone;

  void fields(auto& f) {
    f("household", household);
    f("person", person);
    f("phone", phone, api::Class::contact);
  }
};

struct Response {
  Id<ContactPoint> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: not_found "household.unknown", "person.unknown" (does not live there); invalid
/// "phone.invalid".
Result<Response> add(api::WriteContext& context, const Request& request) {
  const HouseholdRow household =
      TRY(some(find_household(context, request.household), "household.unknown"));
  const auto phone = clean_phone(request.phone);
  if (!phone) return Error{ErrorKind::invalid, "phone.invalid"};
  const Id<Person> person = request.person.value_or(Id<Person>{});
  if (person) {
    const auto lives = context.db.first(
        "SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2 AND person_id = $3"
        " AND until_on IS NULL",
        {context.community.id, household.id, person});
    if (!lives) return Error{ErrorKind::not_found, "person.unknown"};
  }
  use_phone(context, household.id, person, *phone);
  const Id<ContactPoint> point = phone_point(context, *phone);
  context.journal("phone.added", household.id.value(), household.path);
  return Response{point};
}

}  // namespace

api::Endpoint add_phone() {
  return api::command(api::Method::post, "/api/v1/households/{household}/phones", "person.edit",
                      "Say by which phone somebody is reached", add);
}

}  // namespace doorstep::registry
