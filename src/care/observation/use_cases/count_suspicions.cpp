/// \file How many suspicions there are and what became of them. Who went out is who was found to have, and does not
/// object: not an emergency, nothing that was taken back or overturned.

#include "care/observation/control_allowed.h"
#include "care/observation/suspicion.h"

namespace doorstep::observation {
namespace {

struct Request {
  std::optional<Id<access::Place>> place;  ///< Below it alone.
  void fields(auto& f) { f("place", place); }
};

struct Counts {
  std::int64_t all = 0;
  std::int64_t waiting = 0;  ///< For an account or a decision.
  std::int64_t went_out = 0;
  std::int64_t objected = 0;
  std::int64_t emergency_exit = 0;
  std::int64_t explained = 0;   ///< Something brought, rubbish, asked to, or unfounded.
  std::int64_t taken_back = 0;  ///< Withdrawn or overturned.

  void fields(auto& f) {
    f("all", all);
    f("waiting", waiting);
    f("went_out", went_out);
    f("objected", objected);
    f("emergency_exit", emergency_exit);
    f("explained", explained);
    f("taken_back", taken_back);
  }
};

void add(Counts& sums, SuspicionState state, std::optional<Verdict> verdict, std::int64_t n) {
  using enum SuspicionState;
  sums.all += n;
  if (state == asked || state == answered) {
    sums.waiting += n;
  } else if (state == withdrawn || state == overturned) {
    sums.taken_back += n;
  } else if (state == objected) {
    sums.objected += n;
  } else if (counts(state, verdict)) {
    sums.went_out += n;
  } else if (verdict == Verdict::emergency_exit) {
    sums.emergency_exit += n;
  } else {
    sums.explained += n;
  }
}

/// Of those that are kept. Errors: conflict "control.not_in_pack"; not_found "place.unknown".
Result<Counts> count(api::Context& context, const Request& request) {
  TRY(check_control(context.rules()));
  std::string below;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    below = place->text(0);
  }
  Counts sums;
  for (const store::Row& row :
       context.db.query("SELECT s.state, s.verdict, count(*) FROM {households} h JOIN suspicion s"
                        " ON s.community_id = h.community_id AND s.household_id = h.id"
                        " WHERE h.path >= $1 AND h.path < $2 GROUP BY s.state, s.verdict",
                        {below, access::path_end(below)})) {
    add(sums, api::from_word<SuspicionState>(row.text(0)).value_or(SuspicionState::asked),
        api::from_word<Verdict>(row.text(1)), row.integer(2));
  }
  return sums;
}

}  // namespace

api::Endpoint count_suspicions() {
  return api::query("/api/v1/suspicions/counts", "suspicion.count",
                    "What became of those who were thought to have gone out", count);
}

}  // namespace doorstep::observation
