/// \file Send runs out as they were drafted or put together by hand: all of them, or none (E15).

#include <set>

#include "care/delivery/second.h"

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
  std::optional<Id<Account>> helper;  ///< Who goes along where goods are too heavy for one.

  void fields(auto& f) {
    f("carrier", carrier);
    f("parcels", parcels);
    f("leave", leave);
    f("flights", flights);
    f("helpers", helpers);
    f("helper", helper);
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

/// What the carrier's vehicle holds, where somebody has said it (E18). Errors: conflict "run.over_capacity".
Result<void> check_capacity(const api::Context& context, Id<Account> carrier,
                            const std::vector<ParcelRow>& parcels) {
  const auto row = context.db.first(
      "SELECT grams, millilitres FROM carrier WHERE community_id = $1 AND account_id = $2",
      {context.community.id, carrier});
  if (!row) return {};
  std::int64_t grams = 0;
  std::int64_t millilitres = 0;
  for (const ParcelRow& one : parcels) {
    grams += one.weight_g;
    millilitres += one.volume_ml;
  }
  if (grams > row->integer(0) || millilitres > row->integer(1)) {
    return Error{ErrorKind::conflict, "run.over_capacity"};
  }
  return {};
}

/// Errors: conflict "run.needs_second" (too heavy for one on these stairs); invalid "run.carrier";
/// not_found "account.unknown".
Result<void> check_second(api::WriteContext& context, const NewRun& run,
                          const std::vector<ParcelRow>& parcels, const duty::Roster& roster) {
  if (run.helper) {
    TRY(check_carrier(context, roster, *run.helper));
    if (*run.helper == run.carrier) return Error{ErrorKind::invalid, "run.carrier"};
    return {};
  }
  if (TRY(needs_two(context, parcels))) return Error{ErrorKind::conflict, "run.needs_second"};
  return {};
}

/// Errors: invalid "run.empty" (no run, or one without parcels), "run.too_many", "run.carrier";
/// not_found "account.unknown", "point.unknown"; those of ready(), check_capacity(), check_second() and
/// create_run().
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
    TRY(check_capacity(context, one.carrier, parcels));
    TRY(check_second(context, one, parcels, roster));
    answer.runs.push_back(TRY(create_run(context, run, std::move(parcels))));
    if (one.helper) name_second(context, answer.runs.back(), *one.helper);
  }
  return answer;
}

}  // namespace

api::Endpoint publish_runs() {
  return api::command(api::Method::post, "/api/v1/runs", "run.edit", "Send runs out", publish);
}

}  // namespace doorstep::delivery
