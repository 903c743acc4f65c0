/// \file Make today's closing sheet now; by itself it is made at the closing hour. Not before the day's
/// last window is over: a day has one sheet, and one that is made in the morning would be all of it.

#include "care/day/closing.h"
#include "care/observation/windows.h"

namespace doorstep::day {
namespace {

struct Made {
  Id<ClosingSheet> id;
  void fields(auto& f) { f("id", id); }
};

/// The same sheet again where today has one. Errors: conflict "closing.too_early" (the hint says from
/// when on).
Result<Made> close(api::WriteContext& context, const api::Nothing&) {
  const auto last =
      TRY(observation::last_window_of(context.rules(), context.community.zone, context.today()));
  if (context.now < last.until) {
    return Error{ErrorKind::conflict, "closing.too_early", to_text(last.until)};
  }
  return Made{TRY(close_day(context))};
}

}  // namespace

api::Endpoint close_day() {
  return api::command(api::Method::post, "/api/v1/closings", "closing.sign",
                      "Make the closing sheet of today", close);
}

}  // namespace doorstep::day
