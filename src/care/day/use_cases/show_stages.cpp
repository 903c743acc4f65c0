/// \file Where each person stands between being known and being released (C26): in one stage each, and
/// the stages add up to everybody.

#include "care/day/stages.h"

namespace doorstep::day {
namespace {

struct Request {
  std::optional<Id<access::Place>> place;  ///< Absent: wherever the reader sees.
  void fields(auto& f) { f("place", place); }
};

struct Answer {
  std::int64_t persons = 0;    ///< Everybody who lives here, or was under observation here.
  std::int64_t collected = 0;  ///< Known; nothing is asked of them.
  std::int64_t arranged = 0;   ///< Under observation, and nobody has heard from them yet.
  std::int64_t served = 0;     ///< Under observation, and heard from.
  std::int64_t released = 0;   ///< Completed their days; nothing is asked of them now.
  std::int64_t left = 0;       ///< Ended otherwise: became a case, moved away, died.

  void fields(auto& f) {
    f("persons", persons);
    f("collected", collected);
    f("arranged", arranged);
    f("served", served);
    f("released", released);
    f("left", left);
  }
};

/// Errors: not_found "place.unknown".
Result<Answer> show(api::Context& context, const Request& request) {
  std::string below;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    below = place->text(0);
  }
  Answer answer;
  for (const auto& [person, standing] : stages_below(context, below)) {
    ++answer.persons;
    switch (standing.stage) {
      case Stage::collected: ++answer.collected; break;
      case Stage::left: ++answer.left; break;
      case Stage::released: ++answer.released; break;
      case Stage::arranged: ++answer.arranged; break;
      case Stage::served: ++answer.served; break;
    }
  }
  return answer;
}

}  // namespace

api::Endpoint show_stages() {
  return api::query("/api/v1/observations/stages", "today.show",
                    "Where each person stands between known and released", show);
}

}  // namespace doorstep::day
