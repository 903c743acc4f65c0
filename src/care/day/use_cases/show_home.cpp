/// \file The resident's page: whether the community has heard from the household, who is responsible,
/// and on a proved link what is the household's own. An unproved link reads nothing personal (N27).

#include <algorithm>

#include "api/endpoint.h"
#include "care/day/call_back.h"
#include "care/observation/letters.h"
#include "care/observation/period.h"
#include "care/observation/suspicion.h"
#include "care/observation/windows.h"
#include "care/registry/access_needs.h"
#include "care/registry/links.h"
#include "care/registry/responsible.h"
#include "store/restored.h"

namespace doorstep::day {
namespace {

using observation::SafeState;

struct PersonName {
  Id<struct Person> id;
  std::string name;
  void fields(auto& f) {
    f("id", id);
    f("name", name, api::Class::name);
  }
};

struct DayView {
  std::optional<std::int64_t> number;  ///< None on the day before day 1.
  std::int64_t length = 0;
  std::int64_t left = 0;  ///< Days to go after today.
  Day ends_on{};
  void fields(auto& f) {
    f("number", number);
    f("length", length);
    f("left", left);
    f("ends_on", ends_on);
  }
};

struct UnwellView {
  Instant at{};
  std::optional<Instant> seen_at;
  std::optional<std::string> seen_by;
  CallBack said;
  void fields(auto& f) {
    f("at", at);
    f("seen_at", seen_at);
    f("seen_by", seen_by);
    said.fields(f);
  }
};

struct Home {
  std::string path;
  std::string community;
  std::string zone;
  bool proved = false;
  bool trusted = false;  ///< Seen by somebody elsewhere whom the household named.
  Instant now{};
  std::string epoch;  ///< store/restored.h
  SafeState state = SafeState::none;
  std::optional<Instant> reported_at;
  observation::Window window;
  std::optional<registry::Responsible> contact;
  std::string duty_phone;
  std::string emergency_phone;
  std::optional<UnwellView> unwell;
  bool pictures = false;  ///< Somebody there cannot read: the page shows pictures.
  std::optional<std::string> door;
  std::optional<DayView> day;
  std::vector<PersonName> people;
  std::vector<observation::Letter> letters;
  std::int64_t suspicions = 0;  ///< What is kept of them; the page asks for it where there is any.

  void fields(auto& f) {
    f.at(path);
    f("community", community);
    f("zone", zone);
    f("proved", proved);
    f("trusted", trusted);
    f("now", now);
    f("epoch", epoch);
    f("state", state);
    f("reported_at", reported_at);
    f("window", window);
    f("contact", contact);
    f("duty_phone", duty_phone);
    f("emergency_phone", emergency_phone);
    f("unwell", unwell);
    f("pictures", pictures, api::Class::door);
    f("door", door, api::Class::door);
    f("day", day, api::Class::health);
    f("people", people, api::Class::name);
    f("letters", letters, api::Class::health);
    f("suspicions", suspicions, api::Class::health);
  }
};

std::vector<PersonName> people_of(api::Context& context) {
  std::vector<PersonName> people;
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name FROM residence r JOIN person p ON p.id = r.person_id"
                        " WHERE r.community_id = $1 AND r.household_id = $2 AND r.until_on IS NULL"
                        " ORDER BY p.born_on IS NULL, p.born_on, r.id",
                        {context.community.id, context.actor.household})) {
    people.push_back({row.id<Person>(0), row.text(1)});
  }
  return people;
}

/// What was said at that moment, where this link may know of it: health on a proved link, and on an
/// unproved one its own word alone. Who found a slip in the stairwell learns nothing.
std::optional<CallBack> what_was_said(api::Context& context, const Home& home, Instant unwell_at) {
  const bool health = context.scope.classes_at(home.path).contains(api::Class::health);
  const auto row = context.db.first(
      std::string("SELECT ") + call_back_columns +
          " FROM check_in c WHERE c.community_id = $1 AND c.household_id = $2"
          " AND c.recorded_at = $3 AND (c.reported_by = $4 OR $5) ORDER BY c.id DESC LIMIT 1",
      {context.community.id, context.actor.household, unwell_at, context.actor.id, health});
  if (row) return call_back_from(*row, 0);
  return health ? std::optional(CallBack{}) : std::nullopt;  // Erased; the alarm stays.
}

/// What follows from the open observation, where there is one. Columns from `at`: first_day,
/// ordered, ends_on, reported_at, unwell_at, seen_at, name of who took it up, opened_at.
void add_observation(api::Context& context, const store::Row& row, std::size_t at, Home& home) {
  home.state = observation::state_of(
      {row.instant(at + 3), row.instant(at + 4), row.maybe_instant(at + 5), row.instant(at + 7)},
      home.window, context.now);
  if (row.integer(at + 3) >= home.window.from.time_since_epoch().count()) {
    home.reported_at = row.instant(at + 3);
  }
  const auto said = what_was_said(context, home, row.instant(at + 4));
  if (home.state == SafeState::alarm && !said) home.state = SafeState::safe;
  if (said && row.integer(at + 4) >= home.window.from.time_since_epoch().count()) {
    home.unwell =
        UnwellView{row.instant(at + 4), row.maybe_instant(at + 5), row.maybe_text(at + 6), *said};
  }
  if (!row.boolean(at + 1)) return;  // By choice: nothing is counted (C5).
  DayView day;
  const Day first_day = row.day(at);
  day.ends_on = row.day(at + 2);
  day.length = (day.ends_on - first_day).count();
  day.number = observation::day_number(first_day, day.length, context.today());
  const Day tomorrow = context.today() + std::chrono::days{1};
  day.left = std::clamp<std::int64_t>((day.ends_on - tomorrow).count(), 0, day.length);
  // From the eve of day 1 to the last day.
  if (day.number || first_day == tomorrow) home.day = day;
}

Result<Home> show(api::Context& context, const api::Nothing&) {
  Home home;
  home.community = context.community.name;
  home.zone = context.community.zone.name();
  home.now = context.now;
  home.epoch = store::epoch_text(context.db);
  home.window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  home.duty_phone = TRY(context.rules().string("phones.duty"));
  home.emergency_phone = TRY(context.rules().string("phones.emergency"));
  const auto row = context.db.first(
      "SELECT h.path, h.door, o.id, o.first_day, o.ordered, o.ends_on, o.reported_at,"
      " o.unwell_at, o.seen_at, a.name, o.opened_at FROM {households} h LEFT JOIN observation o"
      " ON o.community_id = h.community_id AND o.household_id = h.id AND o.ended_at IS NULL"
      " LEFT JOIN account a ON a.id = o.seen_by WHERE h.id = $1",
      {context.actor.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  home.path = row->text(0);
  home.proved = context.scope.classes_at(home.path).contains(api::Class::name);
  home.trusted = registry::is_trusted(context);
  home.door = row->text(1);
  home.pictures =
      registry::access_needs_of(context.db, context.community.id, context.actor.household)
          .cannot_read;
  home.people = people_of(context);
  home.letters = observation::letters_of(context.db, context.community.id, context.actor.household);
  home.suspicions =
      observation::suspicions_of(context.db, context.community.id, context.actor.household);
  home.contact = registry::responsible_for(context, home.path);
  if (!row->is_null(2)) add_observation(context, *row, 3, home);
  return home;
}

}  // namespace

api::Endpoint show_home() {
  return api::query("/api/v1/home", "home.show", "The resident's page", show);
}

}  // namespace doorstep::day
