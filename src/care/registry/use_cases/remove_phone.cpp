/// \file A phone no longer reaches a household, or one person in it.

#include "care/registry/alike.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  Id<ContactPoint> phone;
  std::optional<Id<Person>> person;  ///< None: nobody in the household is reached by it any more.

  void fields(auto& f) {
    f("household", household);
    f("phone", phone);
    f("person", person);
  }
};

/// Errors: not_found "household.unknown", "phone.unknown" (not in use there).
Result<api::Nothing> remove(api::WriteContext& context, const Request& request) {
  const HouseholdRow household =
      TRY(some(find_household(context, request.household), "household.unknown"));
  const auto uses = context.db.query(
      "SELECT u.person_id, c.value FROM contact_point_use u JOIN contact_point c"
      " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
      " WHERE u.community_id = $1 AND u.household_id = $2 AND u.contact_point_id = $3",
      {context.community.id, household.id, request.phone});
  bool removed = false;
  for (const store::Row& use : uses) {
    const auto person = use.id<Person>(0);
    if (request.person && *request.person != person) continue;
    if (person) remove_link_keys(context.tx, person);
    context.tx.post(
        "DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2"
        " AND contact_point_id = $3 AND person_id = $4",
        {context.community.id, household.id, request.phone, person});
    std::vector<SearchKey> keys;
    append_phone_key(keys, person, household.id, use.text(1));
    for (const SearchKey& key : keys) {
      context.tx.post(
          "DELETE FROM search_key WHERE community_id = $1 AND key = $2"
          " AND subject_id = $3 AND household_id = $4",
          {context.community.id, key.key, key.subject, key.household});
    }
    if (person) add_link_keys(context.tx, person);
    removed = true;
  }
  if (!removed) return Error{ErrorKind::not_found, "phone.unknown"};
  context.journal("phone.removed", household.id.value(), household.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint remove_phone() {
  return api::command(api::Method::remove, "/api/v1/households/{household}/phones/{phone}",
                      "person.edit", "A phone no longer reaches a household", remove);
}

}  // namespace doorstep::registry
