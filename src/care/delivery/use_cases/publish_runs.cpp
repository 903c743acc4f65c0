/// \file Send runs out as they were drafted or put together by hand: all of them, or none (E15).

#include <set>

#include "care/delivery/runs.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t runs_max = 200;
constexpr std::size_t parcels_max = 300;

struct NewRun {
  Id<Account> carrier;
  std::vector<Id<Parcel>> parcels;  ///< In the order in which they are brought.
  std::optional<Instant> leave;
  std::optional<std::int64_t> flights;
  std::optional<std::int64_t> helpers;

  void fields(auto& f) {
    f("carrier", carrier);
    f("parcels", parcels);
    f("leave", leave);
    f("flights", flights);
    f("helpers", helpers);
  }
};

struct Request {
  std::vector<NewRun> runs;
  void fields(auto& f) { f("runs", runs); }
};

struct Published {
  std::vector<Id<Run>> runs;
  void fields(auto& f) { f("runs", runs); }
};

/// Errors: not_found "parcel.unknown"; conflict "run.parcel_taken", "parcel.whose", those of may(); the
/// hint is the parcel's code.
Result<std::vector<ParcelRow>> ready(api::WriteContext& context, const NewRun& run,
                                     std::set<std::int64_t>& seen) {
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  std::vector<ParcelRow> parcels;
  for (const Id<Parcel> id : run.parcels) {
    ParcelRow parcel = TRY(scoped_parcel(context, id));
    if (parcel.run || !seen.insert(id.value()).second) {
      return Error{ErrorKind::conflict, "run.parcel_taken", parcel.code};
    }
    if (!parcel.household) {
      return Error{ErrorKind::conflict, "parcel.whose", parcel.code};
    }
    const auto allowed = may(Step::assigned, parcel.behind(), rule);
    if (!allowed.ok()) {
      Error error = allowed.error();
      error.hint = parcel.code;
      return error;
    }
    parcels.push_back(std::move(parcel));
  }
  return parcels;
}

/// Errors: invalid "run.empty" (no run, or one without parcels), "run.too_many", "run.carrier";
/// not_found "account.unknown", "point.unknown"; those of ready() and create_run().
Result<Published> publish(api::WriteContext& context, const Request& request) {
  if (request.runs.empty()) return Error{ErrorKind::invalid, "run.empty"};
  if (request.runs.size() > runs_max) return Error{ErrorKind::invalid, "run.too_many"};
  const auto roster = duty::Roster::load(context);
  Published answer;
  std::set<std::int64_t> seen;
  for (const NewRun& one : request.runs) {
    if (one.parcels.empty()) return Error{ErrorKind::invalid, "run.empty"};
    if (one.parcels.size() > parcels_max) return Error{ErrorKind::invalid, "run.too_many"};
    TRY(check_carrier(context, roster, one.carrier));
    RunRow run;
    run.carrier = one.carrier;
    run.leave = one.leave.value_or(context.now);
    run.flights = one.flights.value_or(0);
    run.helpers = one.helpers.value_or(0);
    auto parcels = TRY(ready(context, one, seen));
    answer.runs.push_back(TRY(create_run(context, run, std::move(parcels), roster)));
  }
  return answer;
}

}  // namespace

api::Endpoint publish_runs() {
  return api::command(api::Method::post, "/api/v1/runs", "run.edit", "Send runs out", publish);
}

}  // namespace doorstep::delivery
