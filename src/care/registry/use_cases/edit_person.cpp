/// \file Change what is known of a person. What is left out stays.

#include "care/registry/alike.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Person> person;
  std::optional<std::string> name;
  std::optional<Sex> sex;
  std::optional<Day> born_on;
  std::optional<std::string> id_number;
  std::optional<Document> document;

  void fields(auto& f) {
    f("person", person);
    f("name", name, api::Class::name);
    f("sex", sex, api::Class::name);
    f("born_on", born_on, api::Class::name);
    f("id_number", id_number, api::Class::name);
    f("document", document, api::Class::name);
  }
};

/// Errors: not_found "person.unknown"; invalid those of check_person(); conflict
/// "person.id_number_taken" (somebody else has this number).
Result<api::Nothing> edit(api::WriteContext& context, const Request& request) {
  const PersonRow before = TRY(some(find_person(context, request.person), "person.unknown"));
  NewPerson wanted;
  wanted.name = request.name.value_or(before.name.reveal());
  wanted.sex = request.sex.value_or(before.sex);
  wanted.born_on = request.born_on ? request.born_on : before.born_on;
  wanted.id_number = request.id_number;
  wanted.document = request.document;
  const CheckedPerson checked = TRY(check_person(wanted, context.today()));
  if (checked.number) {
    const auto holder = find_by_number(context.db, *checked.number, context.pepper);
    if (holder && *holder != before.id) {
      return Error{ErrorKind::conflict, "person.id_number_taken"};
    }
    if (!holder) insert_identifier(context, before.id, *checked.number);
  }
  remove_link_keys(context.tx, before.id);
  context.tx.post("UPDATE person SET name = $1, sex = $2, born_on = $3 WHERE id = $4",
                  {checked.row.name, api::word(checked.row.sex), checked.row.born_on, before.id});
  refresh_person_keys(context.tx, context.community.id, before.id);
  std::string path;
  for (const ResidenceRow& one : current_residences(context.db, context.community.id, before.id)) {
    if (const auto household = find_household(context, one.household)) path = household->path;
  }
  context.journal("person.edited", before.id.value(), path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint edit_person() {
  return api::command(api::Method::post, "/api/v1/people/{person}", "person.edit",
                      "Change what is known of a person", edit);
}

}  // namespace doorstep::registry
