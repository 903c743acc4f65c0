/// \file A household opened a guide: it is counted, once for each household (D15).

#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Guide;

namespace {

struct Request {
  Id<Guide> guide;
  void fields(auto& f) { f("guide", guide); }
};

/// Errors: not_found "guide.unknown".
Result<api::Nothing> read_it(api::WriteContext& context, const Request& request) {
  if (!context.db.first("SELECT 1 FROM guide WHERE community_id = $1 AND id = $2",
                        {context.community.id, request.guide})) {
    return Error{ErrorKind::not_found, "guide.unknown"};
  }
  // Staff who look at it are no readers.
  if (!context.actor.is_link()) {
    context.journal("guide.looked_at", request.guide.value(), "");
    return api::Nothing{};
  }
  context.tx.post(
      "INSERT INTO guide_read (community_id, guide_id, household_id, at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (community_id, guide_id, household_id) DO NOTHING",
      {context.community.id, request.guide, context.actor.household, context.now});
  context.journal("guide.read", request.guide.value(), context.scope.reaches.front().prefix);
  return api::Nothing{};
}

}  // namespace

api::Endpoint read_guide() {
  return api::command(api::Method::post, "/api/v1/guides/{guide}/read", "need.ask",
                      "Count that a household opened a guide", read_it);
}

}  // namespace doorstep::supply
