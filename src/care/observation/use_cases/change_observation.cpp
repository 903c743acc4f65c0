/// \file Extend, shorten or restart a ground of an observation, with a reason that is kept (C3).

#include "api/endpoint.h"
#include "care/observation/control_allowed.h"
#include "care/observation/grounds.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t reason_length_max = 200;

struct Request {
  Id<ObservationGround> ground;
  std::optional<Day> start_event_on;        ///< Given: counted from there again (restarted).
  std::optional<std::int64_t> length_days;  ///< Absent: as it was.
  std::string reason;

  void fields(auto& f) {
    f("ground", ground);
    f("start_event_on", start_event_on);
    f("length_days", length_days);
    f("reason", reason);
  }
};

struct Changed {
  Day before{};
  Day ends_on{};
  void fields(auto& f) {
    f("before", before);
    f("ends_on", ends_on);
  }
};

/// Errors: not_found "ground.unknown"; invalid "observation.reason" (empty or over 200 characters),
/// "observation.start" (in the future), "observation.length", "observation.over" (would have ended
/// before today), "observation.unchanged".
Result<Changed> change(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto ground = find_ground(context, request.ground);
  if (!ground) return Error{ErrorKind::not_found, "ground.unknown"};
  const std::string reason =
      TRY(registry::clean_text(request.reason, reason_length_max, "observation.reason"));
  if (reason.empty()) return Error{ErrorKind::invalid, "observation.reason"};
  const Day event = request.start_event_on.value_or(ground->started_on);
  if (event > context.today()) return Error{ErrorKind::invalid, "observation.start"};
  const auto period = TRY(ObservationPeriod::after_event(
      context.rules(), event, request.length_days.value_or(ground->length_days)));
  if (period.release_day() < context.today()) return Error{ErrorKind::invalid, "observation.over"};
  if (event == ground->started_on && period.release_day() == ground->ends_on) {
    return Error{ErrorKind::invalid, "observation.unchanged"};
  }
  const std::string_view kind = event != ground->started_on              ? "restarted"
                                : period.release_day() > ground->ends_on ? "extended"
                                                                         : "shortened";
  TRY(change_ground(context, *ground, kind, event, period, reason));
  return Changed{ground->ends_on, period.release_day()};
}

}  // namespace

api::Endpoint change_observation() {
  return api::command(api::Method::post, "/api/v1/observation-grounds/{ground}/change",
                      "observation.change", "Extend, shorten or restart an observation", change);
}

}  // namespace doorstep::observation
