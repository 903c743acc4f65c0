/// \file The guides to ordering online, with how many households opened each (D15).

#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Guide;

namespace {

struct GuideRow {
  Id<Guide> id;
  std::string app;
  std::string steps;
  std::int64_t reads = 0;  ///< Households; each counts once.
  Instant published_at{};

  void fields(auto& f) {
    f("id", id);
    f("app", app);
    f("steps", steps);
    f("reads", reads);
    f("published_at", published_at);
  }
};

struct Response {
  std::vector<GuideRow> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT g.id, g.app, g.steps, (SELECT count(*) FROM guide_read r"
           " WHERE r.community_id = g.community_id AND r.guide_id = g.id), g.published_at"
           " FROM guide g WHERE g.community_id = $1 ORDER BY g.app",
           {context.community.id})) {
    made.rows.push_back(
        {row.id<Guide>(0), row.text(1), row.text(2), row.integer(3), row.instant(4)});
  }
  return made;
}

}  // namespace

api::Endpoint list_guides() {
  return api::query("/api/v1/guides", "need.ask", "How to order with an app", list);
}

}  // namespace doorstep::supply
