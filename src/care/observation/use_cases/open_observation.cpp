/// \file Open an observation for one household or one person in it or, in one action, for every
/// household below a place (A6). The length comes from the rule pack unless it is given. Where one is
/// open already, another ground stands beside it; the same ground a second time changes nothing.

#include "api/endpoint.h"
#include "care/observation/control_allowed.h"
#include "care/observation/grounds.h"
#include "care/observation/presence.h"

namespace doorstep::observation {
namespace {

constexpr std::chrono::days start_past_max{60};

struct Request {
  std::optional<Id<access::Household>> household;
  std::optional<Id<access::Place>> place;
  std::optional<Id<Person>> person;  ///< With a household: this member alone.
  Ground ground = Ground::area;
  std::optional<Source> source;       ///< Absent: a worker.
  std::optional<Day> start_event_on;  ///< Absent: today. It may lie before the registration (C13).
  std::optional<std::int64_t> length_days;

  void fields(auto& f) {
    f("household", household);
    f("place", place);
    f("person", person);
    f("ground", ground);
    f("source", source);
    f("start_event_on", start_event_on);
    f("length_days", length_days);
  }
};

struct Opened {
  std::int64_t opened = 0;
  std::int64_t skipped = 0;  ///< Under observation on this ground already.
  std::int64_t doors = 0;    ///< Of a place: behind them nobody is known; somebody has to look.
  Day first_day{};
  Day ends_on{};  ///< The first free day.

  void fields(auto& f) {
    f("opened", opened);
    f("skipped", skipped);
    f("doors", doors);
    f("first_day", first_day);
    f("ends_on", ends_on);
  }
};

Result<void> check_member(api::WriteContext& context, Id<access::Household> household,
                          Id<Person> person) {
  const auto lives = context.db.first(
      "SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2 AND person_id = $3"
      " AND until_on IS NULL",
      {context.community.id, household, person});
  if (!lives) return Error{ErrorKind::not_found, "person.unknown"};
  return {};
}

Result<std::string> path_of(api::WriteContext& context, Id<access::Place> place) {
  const auto row = context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {place});
  if (!row) return Error{ErrorKind::not_found, "place.unknown"};
  return row->text(0);
}

Result<std::vector<NewGround>> targets_of(api::WriteContext& context, const Request& request) {
  constexpr std::string_view select =
      "SELECT h.id, h.path FROM {households} h WHERE h.ended_at IS NULL AND ";
  if (request.household.has_value() == request.place.has_value()) {
    return Error{ErrorKind::invalid, "observation.household_or_place"};
  }
  store::Rows rows;
  if (request.household) {
    rows = context.db.query(std::string(select) + "h.id = $1", {*request.household});
    if (rows.empty()) return Error{ErrorKind::not_found, "household.unknown"};
    if (request.person) TRY(check_member(context, *request.household, *request.person));
  } else {
    if (request.person) return Error{ErrorKind::invalid, "observation.household_or_place"};
    const std::string below = TRY(path_of(context, *request.place));
    rows = context.db.query(std::string(select) + "h.path >= $1 AND h.path < $2 ORDER BY h.path",
                            {below, access::path_end(below)});
  }
  std::vector<NewGround> targets;
  for (const store::Row& row : rows) {
    targets.push_back({row.id<access::Household>(0), row.text(1),
                       request.person ? request.person->value() : 0, request.ground,
                       request.source.value_or(Source::worker), Day{}});
  }
  return targets;
}

/// Errors: invalid "observation.household_or_place", "observation.start", "observation.length",
/// "observation.over"; not_found "household.unknown", "place.unknown", "person.unknown"; conflict
/// "observation.none_to_open".
Result<Opened> open(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const Day today = context.today();
  const Day event = request.start_event_on.value_or(today);
  if (event > today || event < today - start_past_max) {
    return Error{ErrorKind::invalid, "observation.start"};
  }
  const auto period =
      TRY(ObservationPeriod::after_event(context.rules(), event, request.length_days));
  if (period.release_day() <= today) return Error{ErrorKind::invalid, "observation.over"};
  Opened opened{0, 0, 0, period.first_day(), period.release_day()};
  const duty::Roster roster = duty::Roster::load(context);
  for (NewGround& target : TRY(targets_of(context, request))) {
    target.started_on = event;
    if (TRY(add_ground(context, target, period, roster))) {
      ++opened.opened;
    } else {
      ++opened.skipped;
    }
  }
  if (request.place) {
    const std::string below = TRY(path_of(context, *request.place));
    opened.doors = TRY(open_round(context, below, roster));
  }
  if (opened.opened == 0 && opened.doors == 0)
    return Error{ErrorKind::conflict, "observation.none_to_open"};
  return opened;
}

}  // namespace

api::Endpoint open_observation() {
  return api::command(api::Method::post, "/api/v1/observations", "observation.open",
                      "Open an observation for a household or a place", open);
}

}  // namespace doorstep::observation
