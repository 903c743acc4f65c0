/// \file Open an observation for one household or, in one action, for every household below a place
/// (A6). The length comes from the rule pack unless it is given.

#include <array>

#include "api/endpoint.h"
#include "care/observation/period.h"

namespace doorstep::observation {

/// Why a household is asked to stay. `area`: its building or compound is closed.
enum class Ground : std::uint8_t { area, exposed, returnee, case_contact, voluntary, other };

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Ground> {
  static constexpr std::array words{std::string_view{"area"},      std::string_view{"exposed"},
                                    std::string_view{"returnee"},  std::string_view{"case_contact"},
                                    std::string_view{"voluntary"}, std::string_view{"other"}};
};

namespace doorstep::observation {
namespace {

constexpr std::chrono::days start_past_max{60};

struct Request {
  std::optional<Id<access::Household>> household;
  std::optional<Id<access::Place>> place;
  Ground ground = Ground::area;
  std::optional<Day> start_event_on;  ///< Absent: today.
  std::optional<std::int64_t> length_days;

  void fields(auto& f) {
    f("household", household);
    f("place", place);
    f("ground", ground);
    f("start_event_on", start_event_on);
    f("length_days", length_days);
  }
};

struct Opened {
  std::int64_t opened = 0;
  std::int64_t skipped = 0;  ///< Under observation already.
  Day first_day{};
  Day ends_on{};  ///< The first free day.

  void fields(auto& f) {
    f("opened", opened);
    f("skipped", skipped);
    f("first_day", first_day);
    f("ends_on", ends_on);
  }
};

struct Target {
  Id<access::Household> household{};
  std::string path;
  bool observed = false;
};

Result<std::vector<Target>> targets_of(api::WriteContext& context, const Request& request) {
  constexpr std::string_view select =
      "SELECT h.id, h.path, o.id FROM {households} h LEFT JOIN observation o"
      " ON o.community_id = h.community_id AND o.household_id = h.id AND o.ended_at IS NULL"
      " WHERE h.ended_at IS NULL AND ";
  if (request.household.has_value() == request.place.has_value()) {
    return Error{ErrorKind::invalid, "observation.household_or_place"};
  }
  store::Rows rows;
  if (request.household) {
    rows = context.db.query(std::string(select) + "h.id = $1", {*request.household});
    if (rows.empty()) return Error{ErrorKind::not_found, "household.unknown"};
  } else {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    rows = context.db.query(std::string(select) + "h.path >= $1 AND h.path < $2 ORDER BY h.path",
                            {place->text(0), access::path_end(place->text(0))});
  }
  std::vector<Target> targets;
  for (const store::Row& row : rows) {
    targets.push_back({row.id<access::Household>(0), row.text(1), !row.is_null(2)});
  }
  return targets;
}

/// Errors: invalid "observation.household_or_place", "observation.start", "observation.length",
/// "observation.over"; not_found "household.unknown", "place.unknown"; conflict
/// "observation.none_to_open".
Result<Opened> open(api::WriteContext& context, const Request& request) {
  const Day today = context.today();
  const Day event = request.start_event_on.value_or(today);
  if (event > today || event < today - start_past_max) {
    return Error{ErrorKind::invalid, "observation.start"};
  }
  const auto period =
      TRY(ObservationPeriod::after_event(context.rules(), event, request.length_days));
  if (period.release_day() <= today) return Error{ErrorKind::invalid, "observation.over"};
  Opened opened{0, 0, period.first_day(), period.release_day()};
  for (const Target& target : TRY(targets_of(context, request))) {
    if (target.observed) {
      ++opened.skipped;
      continue;
    }
    const auto id = context.new_id<struct Observation>();
    context.tx.run(
        "INSERT INTO observation (community_id, id, household_id, path, ground, started_on,"
        " length_days, first_day, ends_on, opened_at, opened_by, reported_at, unwell_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0)",
        {context.community.id, id, target.household, target.path, api::word(request.ground), event,
         period.length(), period.first_day(), period.release_day(), context.now, context.actor.id});
    context.journal("observation.opened", id.value(), target.path,
                    R"({"household":")" + to_text(target.household) + R"(","first_day":")" +
                        to_text(period.first_day()) + R"(","ends_on":")" +
                        to_text(period.release_day()) + R"("})");
    ++opened.opened;
  }
  if (opened.opened == 0) return Error{ErrorKind::conflict, "observation.none_to_open"};
  return opened;
}

}  // namespace

api::Endpoint open_observation() {
  return api::command(api::Method::post, "/api/v1/observations", "observation.open",
                      "Open an observation for a household or a place", open);
}

}  // namespace doorstep::observation
