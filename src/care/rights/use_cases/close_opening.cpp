/// \file End what oneself has opened, before its time is over.

#include "care/rights/opening.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<Opening> opening;
  void fields(auto& f) { f("opening", opening); }
};

/// Errors: not_found "opening.unknown" (none, somebody else's, or over).
Result<api::Nothing> close(api::WriteContext& context, const Request& request) {
  const OpeningRow row = TRY(some(find_opening(context, request.opening), "opening.unknown"));
  const bool lasts = !row.ended && row.until > context.now;
  if (row.account != context.actor.id || context.actor.is_link() || !lasts) {
    return Error{ErrorKind::not_found, "opening.unknown"};
  }
  end_opening(context, row);
  return api::Nothing{};
}

}  // namespace

api::Endpoint close_opening() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/openings/{opening}/close", "",
                                    "End what oneself has opened", close);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::rights
