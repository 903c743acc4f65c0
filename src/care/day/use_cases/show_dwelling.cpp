/// \file One door: who lives there, how to reach them, how the days of observation stand, and what
/// was heard.

#include "api/endpoint.h"
#include "api/export_file.h"
#include "care/day/lights.h"
#include "care/observation/claims.h"
#include "care/observation/controls.h"
#include "care/observation/letters.h"
#include "care/observation/whereabouts.h"
#include "care/observation/windows.h"
#include "care/registry/access_needs.h"
#include "care/registry/joint.h"
#include "care/registry/responsible.h"
#include "care/rights/opening.h"

namespace doorstep::day {
namespace {

using observation::SafeState;

struct Request {
  Id<access::Place> dwelling;
  void fields(auto& f) { f("dwelling", dwelling); }
};

/// Where somebody is who is not at home (N20).
struct WhereView {
  std::string path;
  observation::Where state = observation::Where::away;
  std::string place;
  std::string contact;
  std::optional<Day> expected_on;
  void fields(auto& f) {
    f.at(path);
    f("state", state);
    f("place", place, api::Class::health);
    f("contact", contact, api::Class::contact);
    f("expected_on", expected_on, api::Class::health);
  }
};

struct PersonView {
  Id<struct Person> id;
  std::string name;
  std::string sex;
  std::optional<std::int64_t> age;
  std::string relation;
  std::optional<WhereView> where;  ///< Absent: at home.
  void fields(auto& f) {
    f("id", id);
    f("name", name, api::Class::name);
    f("sex", sex, api::Class::name);
    f("age", age, api::Class::name);
    f("relation", relation, api::Class::name);
    f("where", where, api::Class::health);
  }
};

struct PhoneView {
  Id<struct ContactPoint> id;
  std::optional<Id<Person>> person;  ///< None: the household's own.
  std::string number;
  std::string name;
  void fields(auto& f) {
    f("id", id);
    f("person", person);
    f("number", number, api::Class::contact);
    f("name", name, api::Class::name);
  }
};

/// One reason, for everybody or one of them.
struct GroundView {
  Id<observation::ObservationGround> id;
  observation::Ground ground = observation::Ground::area;
  observation::Source source = observation::Source::worker;  ///< Who said so first.
  std::optional<Id<Person>> person;
  Day started_on{};
  Day ends_on{};
  void fields(auto& f) {
    f("id", id);
    f("ground", ground);
    f("source", source);
    f("person", person);
    f("started_on", started_on);
    f("ends_on", ends_on);
  }
};

/// What one person said of their leaving; it waits for a second.
struct ClaimView {
  std::optional<Id<Person>> person;  ///< None: all of them.
  observation::EndReason reason = observation::EndReason::entered_in_error;
  std::string note;
  Instant at{};
  bool own = false;  ///< Said by whoever reads this.
  void fields(auto& f) {
    f("person", person);
    f("reason", reason);
    f("note", note);
    f("at", at);
    f("own", own);
  }
};

struct ObservationView {
  Id<observation::Observation> id;
  bool ordered = true;
  std::vector<GroundView> grounds;
  Day first_day{};
  std::int64_t length_days = 0;
  std::optional<std::int64_t> day_number;  ///< None before day 1 and after the last.
  Day ends_on{};
  std::optional<ClaimView> claim;
  void fields(auto& f) {
    f("id", id);
    f("ordered", ordered);
    f("grounds", grounds);
    f("first_day", first_day);
    f("length_days", length_days);
    f("day_number", day_number);
    f("ends_on", ends_on);
    f("claim", claim);
  }
};

struct ReportView {
  Instant at{};
  std::string who;
  std::string assurance;
  std::string channel;
  std::string wellbeing;
  std::optional<Celsius> temperature;
  std::string symptoms;
  std::optional<std::int64_t> duration_seconds;
  void fields(auto& f) {
    f("at", at);
    f("who", who, api::Class::name);
    f("assurance", assurance);
    f("channel", channel);
    f("wellbeing", wellbeing, api::Class::health);
    f("temperature", temperature, api::Class::health);
    f("symptoms", symptoms, api::Class::health);
    f("duration_seconds", duration_seconds);
  }
};

struct HouseholdView {
  Id<access::Household> id;
  std::string path;
  std::string label;
  std::string access_notes;
  registry::AccessNeeds access;
  bool care = false;
  SafeState state = SafeState::none;
  bool alarm_open = false;
  std::vector<PersonView> people;
  std::vector<PhoneView> phones;
  std::optional<registry::Responsible> worker;
  std::optional<registry::Responsible> deputy;
  std::optional<registry::Responsible> responsible;  ///< Who it is now.
  std::optional<ObservationView> observation;
  std::vector<ReportView> reports;
  std::vector<observation::Letter> letters;
  std::optional<Lights> lights;  ///< Under observation.
  std::vector<observation::Control> controls;
  std::vector<registry::JointMember> joint;
  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("label", label, api::Class::door);
    f("access_notes", access_notes, api::Class::door);
    f("access", access, api::Class::door);
    f("care", care, api::Class::name);
    f("state", state);
    f("alarm_open", alarm_open, api::Class::health);
    f("people", people, api::Class::name);
    f("phones", phones, api::Class::contact);
    f("worker", worker);
    f("deputy", deputy);
    f("responsible", responsible);
    f("observation", observation, api::Class::health);
    f("reports", reports);
    f("letters", letters, api::Class::health);
    f("lights", lights, api::Class::health);
    f("controls", controls, api::Class::health);
    f("joint", joint);
  }
};

struct DwellingView {
  Id<access::Place> id;
  std::string path;
  std::string door;
  std::int64_t floor = 0;
  bool lift = false;
  std::string grid;
  std::vector<HouseholdView> households;
  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("door", door, api::Class::door);
    f("floor", floor);
    f("lift", lift);
    f("grid", grid);
    f("households", households);
  }
};

std::optional<std::int64_t> age_on(const std::optional<Day>& born, Day today) {
  if (!born) return std::nullopt;
  const std::chrono::year_month_day then{*born};
  const std::chrono::year_month_day now{today};
  const bool before_birthday =
      std::pair(now.month(), now.day()) < std::pair(then.month(), then.day());
  return int{now.year()} - int{then.year()} - (before_birthday ? 1 : 0);
}

/// Somebody has to speak with them now, or has said already why they open this household: then numbers stand in full, and
/// nobody is asked why (N13, reveal_phones).
bool call_owed(const api::Context& context, Id<access::Household> household) {
  if (rights::is_opened(context, household)) return true;
  return context.db
      .first(
          "SELECT 1 FROM duty WHERE community_id = $1 AND subject_id = $2 AND closed_at IS NULL"
          " AND ((kind = 'contact' AND from_at <= $3) OR (state <> 'waiting' AND kind IN ('unwell',"
          " 'emergency', 'welfare', 'care_call', 'care_unwell', 'voice_or_sight'))) LIMIT 1",
          {context.community.id, household, context.now})
      .has_value();
}

void add_people(api::Context& context, HouseholdView& view) {
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name, p.sex, p.born_on, r.relation, w.state, w.place,"
                        " w.contact, w.expected_on FROM residence r"
                        " JOIN person p ON p.id = r.person_id LEFT JOIN whereabouts w"
                        " ON w.community_id = r.community_id AND w.person_id = r.person_id"
                        " AND w.until_at IS NULL WHERE r.community_id = $1"
                        " AND r.household_id = $2 AND r.until_on IS NULL"
                        " ORDER BY p.born_on IS NULL, p.born_on, r.id",
                        {context.community.id, view.id})) {
    view.people.push_back({row.id<Person>(0),
                           row.text(1),
                           row.text(2),
                           age_on(row.maybe_day(3), context.today()),
                           row.text(4),
                           {}});
    if (row.is_null(5)) continue;
    view.people.back().where = WhereView{
        view.path,
        api::from_word<observation::Where>(row.text(5)).value_or(observation::Where::away),
        row.text(6), row.text(7), row.maybe_day(8)};
  }
  const bool in_full = call_owed(context, view.id);
  for (const store::Row& row : context.db.query(
           "SELECT c.id, u.person_id, c.value, p.name FROM contact_point_use u JOIN contact_point c"
           " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
           " LEFT JOIN person p ON p.id = u.person_id WHERE u.community_id = $1"
           " AND u.household_id = $2 ORDER BY u.from_at, c.id",
           {context.community.id, view.id})) {
    const auto person =
        row.is_null(1) || row.integer(1) == 0 ? std::nullopt : row.maybe_id<Person>(1);
    view.phones.push_back({row.id<ContactPoint>(0), person,
                           in_full ? row.text(2) : api::masked(row.text(2)),
                           row.maybe_text(3).value_or("")});
  }
}

void add_reports(api::Context& context, HouseholdView& view) {
  for (const store::Row& row :
       context.db.query("SELECT c.recorded_at, p.name, a.name, c.assurance, c.channel, c.wellbeing,"
                        " c.temperature, c.symptoms, c.duration_seconds FROM check_in c LEFT JOIN "
                        "person p ON p.id = c.person_id"
                        " LEFT JOIN account a ON a.id = c.reported_by WHERE c.community_id = $1"
                        " AND c.household_id = $2 ORDER BY c.recorded_at DESC LIMIT 20",
                        {context.community.id, view.id})) {
    ReportView report{row.instant(0), {}, row.text(3), row.text(4),
                      row.text(5),    {}, row.text(7), {}};
    report.who = row.maybe_text(2).value_or(row.maybe_text(1).value_or(""));
    if (!row.is_null(6)) report.temperature = Celsius{row.integer(6)};
    report.duration_seconds = row.maybe_integer(8);
    view.reports.push_back(std::move(report));
  }
}

/// Columns from 4: id, ordered, first_day, ends_on.
ObservationView observation_view(api::Context& context, const store::Row& row) {
  ObservationView view;
  view.id = row.id<observation::Observation>(4);
  view.ordered = row.boolean(5);
  view.first_day = row.day(6);
  view.ends_on = row.day(7);
  view.length_days = (view.ends_on - view.first_day).count();
  view.day_number = observation::day_number(view.first_day, view.length_days, context.today());
  for (const auto& one : observation::grounds_of(context.db, context.community.id, view.id)) {
    if (one.ended_at) continue;
    view.grounds.push_back({one.id, one.ground, one.source,
                            one.person == 0 ? std::nullopt : std::optional(Id<Person>{one.person}),
                            one.started_on, one.ends_on});
  }
  return view;
}

/// The first that waits: of them all, or of one of them.
void add_claim(api::Context& context, HouseholdView& view) {
  std::vector<std::int64_t> of{0};
  for (const PersonView& one : view.people) of.push_back(one.id.value());
  for (const std::int64_t one : of) {
    const auto said =
        observation::claim_of(context.db, context.community.id,
                              Id<access::Household>{view.id.value()}, view.observation->id, one);
    if (!said) continue;
    view.observation->claim =
        ClaimView{one == 0 ? std::nullopt : std::optional(Id<Person>{one}), said->reason,
                  said->note, said->at, said->by == context.actor.id};
    return;
  }
}

Result<HouseholdView> household_view(api::Context& context, const store::Row& row) {
  HouseholdView view;
  view.id = row.id<access::Household>(0);
  view.label = row.text(1);
  view.access_notes = row.text(2);
  view.access = registry::access_needs_of(context.db, context.community.id, view.id);
  view.care = row.boolean(11);
  view.path = row.text(3);
  add_people(context, view);
  add_reports(context, view);
  view.letters = observation::letters_of(context.db, context.community.id, view.id);
  const std::string& path = view.path;
  view.worker = registry::holder_of(context, path, access::Role::worker);
  view.deputy = registry::holder_of(context, path, access::Role::deputy);
  view.responsible = registry::responsible_for(context, path);
  view.controls = observation::controls_of(context, view.id);
  view.joint = registry::joint_group(context, view.id);
  if (row.is_null(4)) return view;
  view.observation = observation_view(context, row);
  add_claim(context, view);
  store::Values values = TRY(light_values(context));
  values.emplace_back(view.observation->id);
  view.lights = lights_from(
      *context.db.first("SELECT " + lights_columns(1) + " FROM {observations} o WHERE o.id = $4",
                        values),
      0);
  const auto window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  view.state = observation::state_of(
      {row.instant(8), row.instant(9), row.maybe_instant(10), row.instant(12)}, window,
      context.now);
  view.alarm_open = view.state == SafeState::alarm;
  if (view.alarm_open && !context.scope.classes_at(path).contains(api::Class::health)) {
    view.state = SafeState::safe;
  }
  return view;
}

/// Errors: not_found "place.unknown".
Result<DwellingView> show(api::Context& context, const Request& request) {
  const auto place = context.db.first(
      "SELECT p.path, p.name, p.floor, e.lift, e.name, b.name FROM place p"
      " LEFT JOIN place e ON e.community_id = p.community_id AND e.id = p.parent_id"
      " LEFT JOIN place b ON b.community_id = e.community_id AND b.id = e.parent_id"
      " WHERE p.community_id = $2 AND p.id = $1 AND p.kind = 'dwelling'",
      {request.dwelling, context.community.id});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  DwellingView view;
  view.id = request.dwelling;
  view.path = place->text(0);
  view.path = TRY(rights::path_reached(context, request.dwelling, view.path));
  view.door =
      place->maybe_text(5).value_or("") + place->maybe_text(4).value_or("") + place->text(1);
  view.floor = place->maybe_integer(2).value_or(1);
  view.lift = !place->is_null(3) && place->boolean(3);
  if (const auto grid = access::id_in_path(view.path, 'g')) {
    const auto row = context.db.first("SELECT name FROM place WHERE community_id = $1 AND id = $2",
                                      {context.community.id, *grid});
    if (row) view.grid = row->text(0);
  }
  for (const store::Row& row : context.db.query(
           "SELECT h.id, h.label, h.access_notes, h.path, o.id, o.ordered, o.first_day,"
           " o.ends_on, o.reported_at, o.unwell_at, o.seen_at, h.care, o.opened_at FROM "
           "{households} h"
           " LEFT JOIN observation o ON o.community_id = h.community_id"
           " AND o.household_id = h.id AND o.ended_at IS NULL"
           " WHERE h.dwelling_id = $1 AND h.ended_at IS NULL ORDER BY h.path",
           {request.dwelling})) {
    view.households.push_back(TRY(household_view(context, row)));
  }
  return view;
}

}  // namespace

api::Endpoint show_dwelling() {
  return api::query("/api/v1/dwellings/{dwelling}", "household.show", "One door", show);
}

}  // namespace doorstep::day
