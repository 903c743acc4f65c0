/// \file Add somebody to a household, or hear of somebody who lives there once more. Who is known by their identity number already, from whatever
/// community, becomes no second person; who may be known otherwise is shown, and a worker decides.

#include <algorithm>

#include "care/registry/alike.h"
#include "care/registry/search_keys.h"
#include "care/registry/sources.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  NewPerson person;
  std::optional<std::string> relation;
  std::optional<std::string> phone;
  std::optional<Day> from_on;            ///< None: today.
  std::optional<SourceChannel> channel;  ///< How they were heard of; none: at the desk.
  /// What the worker decided when people who may be the same were shown: it is this one, who lives
  /// nowhere in the community now; or it is none of them.
  std::optional<Id<Person>> same_as;
  std::optional<bool> is_new;

  void fields(auto& f) {
    f("household", household);
    f("name", person.name, api::Class::name);
    f("sex", person.sex, api::Class::name);
    f("born_on", person.born_on, api::Class::name);
    f("id_number", person.id_number, api::Class::name);
    f("document", person.document, api::Class::name);
    f("relation", relation);
    f("phone", phone, api::Class::contact);
    f("from_on", from_on);
    f("channel", channel);
    f("same_as", same_as);
    f("is_new", is_new);
  }
};

/// Somebody registered, inside the actor's scope, who may be the same.
struct Shown {
  Id<Person> person;
  Likeness likeness = Likeness::possible;
  std::optional<Id<Household>> household;  ///< None: lives nowhere now.
  std::string name;
  std::optional<Day> born_on;
  std::string door;

  void fields(auto& f) {
    f("person", person);
    f("likeness", likeness);
    f("household", household);
    f("name", name, api::Class::name);
    f("born_on", born_on, api::Class::name);
    f("door", door, api::Class::door);
  }
};

struct Response {
  std::optional<Id<Person>> id = {};  ///< None: nothing was saved; decide first.
  bool known = false;                 ///< The person was there already and has only moved in.
  bool confirmed = false;             ///< They live here, and were heard of once more.
  std::vector<Shown> alike = {};      ///< Who may be the same, likeliest first.
  std::int64_t elsewhere = 0;         ///< So many more may be, whom the actor may not see.

  void fields(auto& f) {
    f("id", id);
    f("known", known);
    f("confirmed", confirmed);
    f("alike", alike);
    f("elsewhere", elsewhere);
  }
};

/// Who may be the same and is shown; the others are only counted.
Response ask(const api::Context& context, const Newcomer& newcomer) {
  Response answer;
  const auto found = find_alike(context.db, context.community.id, {&newcomer, 1});
  for (const Alike& one : found.front()) {
    if (!find_person(context, one.person.id)) {
      ++answer.elsewhere;
      continue;
    }
    const bool here =
        one.household && one.community == context.community.id && context.scope.covers(one.path);
    answer.alike.push_back({one.person.id, one.likeness,
                            here ? std::optional(one.household) : std::nullopt,
                            one.person.name.reveal(), one.person.born_on, here ? one.door : ""});
  }
  return answer;
}

/// The person of this request: the one decided for, the known one with this number, or a new one.
/// Errors: not_found "person.unknown"; conflict "person.lives_elsewhere" (move them instead).
Result<Response> person_of(api::WriteContext& context, const Request& request,
                           const CheckedPerson& checked, const Newcomer& newcomer) {
  std::optional<Id<Person>> known;
  if (checked.number) known = find_by_number(context.db, *checked.number, context.pepper);
  if (!known && request.same_as) {
    known = TRY(some(find_person(context, *request.same_as), "person.unknown")).id;
    if (checked.number) insert_identifier(context, *known, *checked.number);
  }
  if (known) {
    const auto homes = current_residences(context.db, context.community.id, *known);
    const bool here = std::ranges::any_of(
        homes, [&](const ResidenceRow& one) { return one.household == request.household; });
    if (!homes.empty() && !here) return Error{ErrorKind::conflict, "person.lives_elsewhere"};
    return Response{.id = *known, .known = true, .confirmed = here};
  }
  if (!request.is_new.value_or(false)) {
    Response answer = ask(context, newcomer);
    if (!answer.alike.empty() || answer.elsewhere > 0) return answer;
  }
  CheckedPerson made = checked;
  made.row.id = context.new_id<Person>();
  insert_person(context, made);
  return Response{.id = made.row.id};
}

/// Errors: not_found "household.unknown", "person.unknown" (the one decided for); conflict
/// "person.lives_elsewhere"; invalid those of check_person(), "phone.invalid", "person.relation",
/// "residence.from_on" (in the future).
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
  Newcomer newcomer{checked.row, checked.number.has_value(), {}, household.door};
  if (phone) newcomer.phones.push_back(*phone);
  const Response answer = TRY(person_of(context, request, checked, newcomer));
  if (!answer.id) {
    // Who asks whether somebody is known is on record, too.
    context.journal("person.asked_about", household.id.value(), household.path,
                    "{\"alike\":" + std::to_string(answer.alike.size()) +
                        ",\"elsewhere\":" + std::to_string(answer.elsewhere) + "}");
    return answer;
  }
  note_source(context, *answer.id, request.channel.value_or(SourceChannel::desk));
  if (answer.confirmed) {
    context.journal("person.confirmed", answer.id->value(), household.path);
    return answer;
  }
  const ResidenceRow residence{context.new_id<Residence>(), *answer.id, household.id, relation,
                               from_on};
  insert_residences(context.tx, context.community.id, {&residence, 1});
  refresh_person_keys(context.tx, context.community.id, *answer.id);
  if (phone) use_phone(context, household.id, *answer.id, *phone);
  context.journal("person.added", answer.id->value(), household.path,
                  R"({"household":")" + to_text(household.id) + R"("})");
  return answer;
}

}  // namespace

api::Endpoint add_person() {
  return api::command(api::Method::post, "/api/v1/households/{household}/people", "person.edit",
                      "Add somebody to a household", add);
}

}  // namespace doorstep::registry
