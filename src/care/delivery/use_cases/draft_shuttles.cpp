/// \file Plan a shuttle: several pick-ups at designated shops and several drops at the compound's points.
/// Nothing is written; whoever accepts the draft sends it out.
///
/// Source: 「奔走在社区附近指定的商超和小区」 (S3, E19).

#include "care/delivery/shuttle.h"

namespace doorstep::delivery {
namespace {

struct Request {
  std::vector<Load> loads;
  std::optional<std::vector<Id<Account>>> carriers;  ///< Absent: every volunteer on shift.

  void fields(auto& f) {
    f("loads", loads);
    f("carriers", carriers);
  }
};

/// Errors: those of delivery::draft_shuttles().
Result<ShuttleDrafts> draft_them(api::Context& context, const Request& request) {
  return delivery::draft_shuttles(context, request.loads, request.carriers);
}

}  // namespace

api::Endpoint draft_shuttles() {
  return api::posted_query("/api/v1/shuttles/draft", "run.edit", "Plan a shuttle", draft_them);
}

}  // namespace doorstep::delivery
