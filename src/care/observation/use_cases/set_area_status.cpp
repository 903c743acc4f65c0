/// \file Say how an area stands from a day on (A5). A control needs a reason and the day on which it ends
/// by itself; who lets it go on says so again, by name and with a reason (N16).

#include "care/observation/areas.h"
#include "care/observation/control_allowed.h"
#include "care/registry/households.h"
#include "care/registry/places.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t reason_length_max = 200;
constexpr std::chrono::days past_max{60};

struct Request {
  Id<access::Place> place;
  Area status = Area::normal;
  std::optional<Day> from_on;   ///< Absent: today.
  std::optional<Day> until_on;  ///< The first day on which it is over. Needed but for "normal".
  std::string reason;

  void fields(auto& f) {
    f("place", place);
    f("status", status);
    f("from_on", from_on);
    f("until_on", until_on);
    f("reason", reason);
  }
};

struct Answer {
  Id<AreaStatus> id;
  void fields(auto& f) { f("id", id); }
};

/// "Normal" has no end of its own: the last day that is known.
constexpr Day without_end{
    std::chrono::sys_days{std::chrono::year{2199} / 12 / 31}.time_since_epoch()};

Result<Day> end_of(const api::WriteContext& context, const Request& request, Day from) {
  if (request.status == Area::normal) return without_end;
  const std::int64_t longest = TRY(context.rules().integer("observation.length_days_max"));
  if (!request.until_on || *request.until_on <= std::max(from, context.today()) ||
      *request.until_on > from + std::chrono::days{longest}) {
    return Error{ErrorKind::invalid, "area.until"};
  }
  return *request.until_on;
}

/// Errors: not_found "place.unknown"; invalid "area.from" (in the future, or over 60 days ago),
/// "area.until" (absent, not after today, or longer than the pack allows), "area.reason" (empty or over
/// 200 characters).
Result<Answer> set(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto place = context.db.first(
      "SELECT p.path FROM {places} p WHERE p.id = $1 AND p.kind <> 'dwelling'", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  AreaRow wanted;
  wanted.place = request.place;
  wanted.path = place->text(0);
  wanted.status = request.status;
  wanted.from_on = request.from_on.value_or(context.today());
  if (wanted.from_on > context.today() || wanted.from_on < context.today() - past_max) {
    return Error{ErrorKind::invalid, "area.from"};
  }
  wanted.until_on = TRY(end_of(context, request, wanted.from_on));
  wanted.reason = TRY(registry::clean_text(request.reason, reason_length_max, "area.reason"));
  if (wanted.reason.empty()) return Error{ErrorKind::invalid, "area.reason"};
  return Answer{TRY(set_area(context, wanted))};
}

}  // namespace

api::Endpoint set_area_status() {
  return api::command(api::Method::post, "/api/v1/places/{place}/status", "observation.open",
                      "Say how an area stands from a day on", set);
}

}  // namespace doorstep::observation
