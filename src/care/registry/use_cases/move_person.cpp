/// \file Somebody moves to another household: the residence ends, the next begins, and the number
/// of persons stays the same.

#include "care/registry/people.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Person> person;
  Id<Household> household;              ///< Where to.
  std::optional<std::string> relation;  ///< In the new household.
  std::optional<Day> on;                ///< None: today.

  void fields(auto& f) {
    f("person", person);
    f("household", household);
    f("relation", relation);
    f("on", on);
  }
};

/// The phones of a person go along.
void move_phones(api::WriteContext& context, const ResidenceRow& from, Id<Household> to) {
  context.tx.post(
      "INSERT INTO contact_point_use (community_id, contact_point_id, household_id, person_id,"
      " from_at) SELECT community_id, contact_point_id, $1, person_id, $2 FROM contact_point_use"
      " WHERE community_id = $3 AND household_id = $4 AND person_id = $5 ON CONFLICT DO NOTHING",
      {to, context.now, context.community.id, from.household, from.person});
}

/// Errors: not_found "person.unknown", "household.unknown"; forbidden "residence.outside" (the person
/// also lives, or now lives, where the actor may not move anybody out); invalid "person.relation",
/// "residence.on" (in the future, or before the person moved in); conflict "person.lives_there".
Result<api::Nothing> move(api::WriteContext& context, const Request& request) {
  TRY(some(find_person(context, request.person), "person.unknown"));
  const HouseholdRow to =
      TRY(some(find_household(context, request.household), "household.unknown"));
  if (to.ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string relation =
      TRY(clean_text(request.relation.value_or(""), relation_length_max, "person.relation"));
  const Day on = request.on.value_or(context.today());
  if (on > context.today()) return Error{ErrorKind::invalid, "residence.on"};
  const auto residences = current_residences(context.db, context.community.id, request.person);
  for (const ResidenceRow& from : residences) {
    if (!find_household(context, from.household)) {
      return Error{ErrorKind::forbidden, "residence.outside"};
    }
    if (from.household == to.id) return Error{ErrorKind::conflict, "person.lives_there"};
    if (on < from.from_on) return Error{ErrorKind::invalid, "residence.on"};
  }
  const ResidenceRow next{context.new_id<Residence>(), request.person, to.id, relation, on};
  insert_residences(context.tx, context.community.id, {&next, 1});
  std::string left;
  for (const ResidenceRow& from : residences) {
    move_phones(context, from, to.id);
    end_residence(context.tx, context.community.id, from, on);
    left += (left.empty() ? "\"" : ",\"") + to_text(from.household) + '"';
    // Whoever watches the household that was left hears of it at its own path.
    if (const auto home = find_household(context, from.household)) {
      context.journal("person.left", request.person.value(), home->path,
                      R"({"household":")" + to_text(from.household) + R"("})");
    }
  }
  refresh_person_keys(context.tx, context.community.id, request.person);
  context.journal("person.moved", request.person.value(), to.path,
                  R"({"household":")" + to_text(to.id) + R"(","left":[)" + left + "]}");
  return api::Nothing{};
}

}  // namespace

api::Endpoint move_person() {
  return api::command(api::Method::post, "/api/v1/people/{person}/move", "person.edit",
                      "Somebody moves to another household", move);
}

}  // namespace doorstep::registry
