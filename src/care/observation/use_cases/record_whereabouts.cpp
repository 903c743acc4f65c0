/// \file Say where somebody is: taken to hospital or to central quarantine, away, died, or home again
/// (N20). Saying the same again answers the daily question. A carer goes only when it is settled who
/// looks after whom who stays (N21).

#include <fmt/format.h>

#include "care/observation/whereabouts.h"
#include "care/registry/people.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t text_length_max = 100;

struct Request {
  Id<Person> person;
  Where state = Where::home;
  std::optional<std::string> place;
  std::optional<std::string> contact;          ///< Whom to call there.
  std::optional<Day> expected_on;              ///< When they are expected back.
  std::optional<std::string> override_reason;  ///< Goes although somebody stays without care.

  void fields(auto& f) {
    f("person", person);
    f("state", state);
    f("place", place);
    f("contact", contact, api::Class::contact);
    f("expected_on", expected_on);
    f("override_reason", override_reason);
  }
};

struct Answer {
  Where state = Where::home;
  bool confirmed = true;  ///< A death waits for a second person.
  void fields(auto& f) {
    f("state", state);
    f("confirmed", confirmed);
  }
};

struct Home {
  registry::ResidenceRow residence;
  std::string path;
};

Result<Home> home_of(api::WriteContext& context, const Request& request) {
  for (const registry::ResidenceRow& one : registry::current_residences(
           context.db, context.community.id, Id<registry::Person>{request.person.value()})) {
    if (const auto household = registry::find_household(context, one.household)) {
      return Home{one, household->path};
    }
  }
  return Error{ErrorKind::not_found, "person.unknown"};
}

/// An override is kept, and the duty stands all the same. Nobody else goes while a child or somebody who needs care stays alone and nobody has been named.
Result<void> check_left_behind(api::WriteContext& context, const Request& request,
                               const Home& home) {
  if (request.override_reason && !request.override_reason->empty()) {
    TRY(duty::alarm(context, left_behind,
                    {home.residence.household.value(), home.path, context.now, context.now}));
    return {};
  }
  const auto open = duty::find_open(context.db, context.community.id, left_behind,
                                    home.residence.household.value());
  if (open) return Error{ErrorKind::conflict, "left_behind.open"};
  const auto named = context.db.first(
      "SELECT 1 FROM duty WHERE community_id = $1 AND subject_id = $2 AND kind = 'left_behind'"
      " AND closed_at > $3 LIMIT 1",
      {context.community.id, home.residence.household, context.now - std::chrono::hours{24}});
  if (named) return {};
  if (!TRY(dependants_left(context, home.residence.household, request.person.value())).empty()) {
    return Error{ErrorKind::conflict, "left_behind.unanswered"};
  }
  return {};
}

void close_stay(api::WriteContext& context, const Request& request) {
  context.tx.post(
      "UPDATE whereabouts SET until_at = $3 WHERE community_id = $1 AND person_id = $2"
      " AND until_at IS NULL",
      {context.community.id, request.person, context.now});
}

std::int64_t keep_stay(api::WriteContext& context, const Request& request, const Home& home) {
  const auto id = context.new_id<struct Whereabouts>();
  context.tx.post(
      "INSERT INTO whereabouts (community_id, id, person_id, household_id, state, place, contact,"
      " expected_on, override_reason, from_at, recorded_by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {context.community.id, id, request.person, home.residence.household, api::word(request.state),
       request.place.value_or(""), request.contact.value_or(""), request.expected_on,
       request.override_reason, context.now, context.actor.id});
  return id.value();
}

void journal(api::WriteContext& context, const Request& request, const Home& home) {
  context.journal("whereabouts.changed", request.person.value(), home.path,
                  fmt::format(R"({{"household":"{}","state":"{}","by":"{}"}})",
                              to_text(home.residence.household), api::word(request.state),
                              id_text(context.actor.id)));
}

void end_question(api::WriteContext& context, const Request& request) {
  const auto owed =
      duty::find_open(context.db, context.community.id, where_is, request.person.value());
  if (owed) duty::excuse(context, *owed, api::word(request.state));
}

/// The first word stops everything; a second person makes it final.
Result<Answer> died(api::WriteContext& context, const Request& request, const Home& home) {
  const auto stay = stay_of(context.db, context.community.id, request.person.value());
  if (!stay || stay->state != Where::deceased) {
    close_stay(context, request);
    (void)keep_stay(context, request, home);
    end_question(context, request);
    journal(context, request, home);
    TRY(refresh_contact(context, home.residence.household, home.path));
    TRY(duty::open(context, confirm_death,
                   {request.person.value(), home.path, context.now, context.now}));
    return Answer{Where::deceased, false};
  }
  if (stay->recorded_by == context.actor.id) {
    return Error{ErrorKind::conflict, "whereabouts.second_person"};
  }
  context.tx.post(
      "UPDATE whereabouts SET confirmed_by = $3, until_at = $4 WHERE community_id = $1"
      " AND person_id = $2 AND until_at IS NULL",
      {context.community.id, request.person, context.actor.id, context.now});
  registry::end_residence(context.tx, context.community.id, home.residence, context.today());
  journal(context, request, home);
  // Who lives where is in the journal alone as well.
  context.journal("person.left", request.person.value(), home.path,
                  R"({"household":")" + to_text(home.residence.household) + R"("})");
  const auto owed =
      duty::find_open(context.db, context.community.id, confirm_death, request.person.value());
  if (owed) duty::meet(context, *owed, request.person.value());
  TRY(refresh_contact(context, home.residence.household, home.path));
  return Answer{};
}

/// Errors: not_found "person.unknown"; invalid "whereabouts.place" (empty), "whereabouts.text" (over 100 characters),
/// "whereabouts.expected_on" (in the past); conflict "left_behind.unanswered" (announce it first),
/// "left_behind.open" (nobody is named yet), "whereabouts.second_person".
Result<Answer> record(api::WriteContext& context, const Request& asked) {
  Request request = asked;
  for (auto* text : {&request.place, &request.contact, &request.override_reason}) {
    *text = TRY(registry::clean_text(text->value_or(""), text_length_max, "whereabouts.text"));
  }
  const Home home = TRY(home_of(context, request));
  if (request.state == Where::deceased) return died(context, request, home);
  if (request.state == Where::home) {
    close_stay(context, request);
    end_question(context, request);
    journal(context, request, home);
    TRY(refresh_contact(context, home.residence.household, home.path));
    return Answer{};
  }
  if (request.place->empty()) return Error{ErrorKind::invalid, "whereabouts.place"};
  if (request.expected_on && *request.expected_on < context.today()) {
    return Error{ErrorKind::invalid, "whereabouts.expected_on"};
  }
  const auto stay = stay_of(context.db, context.community.id, request.person.value());
  if (!stay) TRY(check_left_behind(context, request, home));
  close_stay(context, request);
  const std::int64_t evidence = keep_stay(context, request, home);
  journal(context, request, home);
  TRY(ask_daily(context, request.person.value(), home.path, evidence));
  TRY(refresh_contact(context, home.residence.household, home.path));
  return Answer{request.state, true};
}

}  // namespace

api::Endpoint record_whereabouts() {
  return api::command(api::Method::post, "/api/v1/people/{person}/whereabouts",
                      "whereabouts.record", "Say where somebody is who is not at home", record);
}

}  // namespace doorstep::observation
