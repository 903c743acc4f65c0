/// \file Publish how to order with an app oneself, one page for each (D15).
///
/// Source: 「推送“叮咚買菜”、美團等線上購物APP，并在線引導」 (S0).

#include "care/registry/households.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Guide;

namespace {

struct Request {
  std::string app;    ///< The same one again replaces its steps; who read it stays counted.
  std::string steps;  ///< One a line.
  void fields(auto& f) {
    f("app", app);
    f("steps", steps);
  }
};

struct Response {
  Id<Guide> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "guide.app", "guide.steps".
Result<Response> publish(api::WriteContext& context, const Request& request) {
  const std::string app = TRY(registry::clean_text(request.app, 40, "guide.app"));
  if (app.empty()) return Error{ErrorKind::invalid, "guide.app"};
  const std::string steps = TRY(registry::clean_text(request.steps, 2000, "guide.steps"));
  if (steps.empty()) return Error{ErrorKind::invalid, "guide.steps"};
  const auto standing = context.db.first(
      "SELECT id FROM guide WHERE community_id = $1 AND app = $2", {context.community.id, app});
  const Response made{standing ? standing->id<Guide>(0) : context.new_id<Guide>()};
  context.tx.post(
      "INSERT INTO guide (community_id, id, app, steps, published_at) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (community_id, id) DO UPDATE SET steps = excluded.steps,"
      " published_at = excluded.published_at",
      {context.community.id, made.id, app, steps, context.now});
  context.journal("guide.published", made.id.value(), "");
  return made;
}

}  // namespace

api::Endpoint publish_guide() {
  return api::command(api::Method::post, "/api/v1/guides", "supplier.edit",
                      "Publish how to order with an app", publish);
}

}  // namespace doorstep::supply
