/// \file One run from its making to its last door: every step of everything that was in it, who, when, where, also
/// of what was given to somebody else (D13, E15).

#include "care/delivery/runs.h"
#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  void fields(auto& f) { f("run", run); }
};

struct Event {
  std::string path;
  Instant at{};           ///< By the clock of whoever did it.
  Instant recorded_at{};  ///< When the server learnt of it.
  Step step = Step::assigned;
  Id<Parcel> parcel;
  std::string code;
  std::string door;
  std::string by;
  std::optional<std::string> counterpart;
  std::optional<std::string> reason;

  void fields(auto& f) {
    f.at(path);
    f("at", at);
    f("recorded_at", recorded_at);
    f("step", step);
    f("parcel", parcel);
    f("code", code);
    f("door", door, api::Class::door);
    f("by", by);
    f("counterpart", counterpart);
    f("reason", reason);
  }
};

struct Timeline {
  std::string path;
  Id<Run> id;
  RunState state = RunState::planned;
  std::optional<Instant> left_at;
  std::optional<Instant> closed_at;
  std::vector<Event> events;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("state", state);
    f("left_at", left_at);
    f("closed_at", closed_at);
    f("events", events);
  }
};

/// Whom a run went to is told by name. Errors: not_found "run.unknown".
Result<Timeline> show(api::Context& context, const Request& request) {
  const RunRow run = TRY(scoped_run(context, request.run));
  Timeline made{run.path, run.id, run.state, run.left_at, run.closed_at, {}};
  for (const store::Row& row : context.db.query(
           "SELECT p.path, s.at, s.recorded_at, s.step, p.id, p.code, h.door, a.name, "
           "s.counterpart,"
           " s.reason FROM parcel_step s JOIN parcel p ON p.community_id = s.community_id"
           " AND p.id = s.parcel_id LEFT JOIN household h ON h.community_id = p.community_id"
           " AND h.id = p.household_id LEFT JOIN account a ON a.id = s.by"
           " WHERE s.community_id = $1 AND s.run_id = $2 ORDER BY s.at, s.id",
           {context.community.id, run.id})) {
    Event one{row.text(0),
              row.instant(1),
              row.instant(2),
              api::from_word<Step>(row.text(3)).value_or(Step::edited),
              row.id<Parcel>(4),
              row.text(5),
              row.maybe_text(6).value_or(""),
              row.maybe_text(7).value_or(""),
              name_of_counterpart(context, row.maybe_text(8)),
              row.maybe_text(9)};
    made.events.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint show_run_timeline() {
  return api::query("/api/v1/runs/{run}/timeline", "run.list", "Every step of one run", show);
}

}  // namespace doorstep::delivery
