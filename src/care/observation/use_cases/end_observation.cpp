/// \file End an observation with a reason; what was reported stays.

#include <array>

#include "api/endpoint.h"

namespace doorstep::observation {

/// Source: end-of-quarantine reasons as in the glossary.
enum class EndReason : std::uint8_t {
  completed,
  became_case,
  transferred,
  deceased,
  entered_in_error
};

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::EndReason> {
  static constexpr std::array words{std::string_view{"completed"}, std::string_view{"became_case"},
                                    std::string_view{"transferred"}, std::string_view{"deceased"},
                                    std::string_view{"entered_in_error"}};
};

namespace doorstep::observation {
namespace {

struct Request {
  Id<struct Observation> observation;
  EndReason reason = EndReason::completed;

  void fields(auto& f) {
    f("observation", observation);
    f("reason", reason);
  }
};

/// Errors: not_found "observation.unknown"; conflict "observation.not_due" (completed before its
/// last day is over), "observation.alarm_open" (an unwell report that nobody has taken up).
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT o.path, o.ends_on, o.unwell_at, o.seen_at FROM {observations} o"
      " WHERE o.id = $1 AND o.ended_at IS NULL",
      {request.observation});
  if (!row) return Error{ErrorKind::not_found, "observation.unknown"};
  if (request.reason == EndReason::completed) {
    if (context.today() < row->day(1)) return Error{ErrorKind::conflict, "observation.not_due"};
    if (row->integer(2) > 0 && row->is_null(3)) {
      return Error{ErrorKind::conflict, "observation.alarm_open"};
    }
  }
  context.tx.run(
      "UPDATE observation SET ended_at = $3, end_reason = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, request.observation, context.now, api::word(request.reason)});
  context.journal("observation.ended", request.observation.value(), row->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_observation() {
  return api::command(api::Method::post, "/api/v1/observations/{observation}/end",
                      "observation.end", "End an observation with a reason", end);
}

}  // namespace doorstep::observation
