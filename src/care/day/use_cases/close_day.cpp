/// \file Make today's closing sheet now; by itself it is made at the closing hour.

#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Made {
  Id<ClosingSheet> id;
  void fields(auto& f) { f("id", id); }
};

/// The same sheet again where today has one.
Result<Made> close(api::WriteContext& context, const api::Nothing&) {
  return Made{TRY(close_day(context))};
}

}  // namespace

api::Endpoint close_day() {
  return api::command(api::Method::post, "/api/v1/closings", "closing.sign",
                      "Make the closing sheet of today", close);
}

}  // namespace doorstep::day
