/// \file Add somebody to a household. Who is known by their identity number already, from whatever
/// community, becomes no second person.

#include "care/registry/people.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  NewPerson person;
  std::optional<std::string> relation;
  std::optional<std::string> phone;
  std::optional<Day> from_on;  ///< None: today.

  void fields(auto& f) {
    f("household", household);
    f("name", person.name, api::Class::name);
    f("sex", person.sex, api::Class::name);
    f("born_on", person.born_on, api::Class::name);
    f("id_number", person.id_number, api::Class::name);
    f("relation", relation);
    f("phone", phone, api::Class::contact);
    f("from_on", from_on);
  }
};

struct Response {
  Id<Person> id;
  bool known = false;  ///< The person was there already and has only moved in.

  void fields(auto& f) {
    f("id", id);
    f("known", known);
  }
};

/// The person of this request: the known one with this number, or a new one.
/// Errors: conflict "person.lives_elsewhere" (move them instead).
Result<Response> person_of(api::WriteContext& context, const CheckedPerson& checked) {
  if (checked.number) {
    if (const auto known = find_by_number(context.db, *checked.number, context.pepper)) {
      if (!current_residences(context.db, context.community.id, *known).empty()) {
        return Error{ErrorKind::conflict, "person.lives_elsewhere"};
      }
      return Response{*known, true};
    }
  }
  CheckedPerson made = checked;
  made.row.id = context.new_id<Person>();
  insert_person(context, made);
  return Response{made.row.id, false};
}

/// Errors: not_found "household.unknown"; conflict "person.lives_elsewhere"; invalid those of
/// check_person(), "phone.invalid", "person.relation", "residence.from_on" (in the future).
Result<Response> add(api::WriteContext& context, const Request& request) {
  const HouseholdRow household =
      TRY(some(find_household(context, request.household), "household.unknown"));
  if (household.ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  const CheckedPerson checked = TRY(check_person(request.person, context.today()));
  const std::string relation =
      TRY(clean_text(request.relation.value_or(""), relation_length_max, "person.relation"));
  const Day from_on = request.from_on.value_or(context.today());
  if (from_on > context.today()) return Error{ErrorKind::invalid, "residence.from_on"};
  std::optional<std::string> phone;
  if (request.phone) {
    phone = clean_phone(*request.phone);
    if (!phone) return Error{ErrorKind::invalid, "phone.invalid"};
  }
  const Response answer = TRY(person_of(context, checked));
  const ResidenceRow residence{context.new_id<Residence>(), answer.id, household.id, relation,
                               from_on};
  insert_residences(context.tx, context.community.id, {&residence, 1});
  refresh_person_keys(context.tx, context.community.id, answer.id);
  if (phone) use_phone(context, household.id, answer.id, *phone);
  context.journal("person.added", answer.id.value(), household.path,
                  R"({"household":")" + to_text(household.id) + R"("})");
  return answer;
}

}  // namespace

api::Endpoint add_person() {
  return api::command(api::Method::post, "/api/v1/households/{household}/people", "person.edit",
                      "Add somebody to a household", add);
}

}  // namespace doorstep::registry
