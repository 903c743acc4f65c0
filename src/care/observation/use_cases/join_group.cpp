/// \file A household joins the group: by its own proved link, or staff say so who called them or saw them
/// in the neighbourhood's chat.

#include "care/observation/group.h"

namespace doorstep::observation {
namespace {

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  void fields(auto& f) { f("household", household); }
};

struct Joined {
  std::int64_t number = 0;
  void fields(auto& f) { f("number", number); }
};

/// Errors: not_found "household.unknown"; conflict "group.not_member" (not under observation).
Result<Joined> join_by(api::WriteContext& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  if (!context.db.first("SELECT 1 FROM {households} h WHERE h.id = $1", {household})) {
    return Error{ErrorKind::not_found, "household.unknown"};
  }
  return Joined{TRY(join(context, household))};
}

}  // namespace

api::Endpoint join_group() {
  return api::command(api::Method::post, "/api/v1/group/join", "group.join",
                      "Join the group of households under observation", join_by);
}

}  // namespace doorstep::observation
