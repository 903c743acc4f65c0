#pragma once
/// \file Runs: what one carrier takes along at once. One carrier at every moment; whoever changes a run
/// says which version they saw, and hears of it where somebody was before them (E15).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/delivery/parcel.h"
#include "care/delivery/points.h"

namespace doorstep::delivery {

using access::Account;
using access::Run;

enum class RunState : std::uint8_t { planned, out, done, cancelled };

struct RunRow {
  Id<Run> id{};
  std::string path = {};  ///< All its doors lie below.
  Id<Account> carrier{};
  RunState state = RunState::planned;
  std::optional<Id<Point>> from = {};
  Instant leave{};
  Instant due{};
  std::int64_t helpers = 0;  ///< People besides the carrier that heavy goods ask for (E12).
  std::int64_t flights = 0;
  std::int64_t version = 1;
  std::optional<Instant> left_at = {};
  std::optional<Instant> closed_at = {};
};

/// A run inside the scope. Errors: not_found "run.unknown".
Result<RunRow> scoped_run(const api::Context& context, Id<Run> id);
/// The run of the actor's link. Errors: not_found "run.unknown".
Result<RunRow> own_run(const api::Context& context);

/// What lies in the run, in its order.
std::vector<ParcelRow> parcels_of(const api::Context& context, Id<Run> run);

/// Who may be given a run: with a role inside the scope, not closed, not absent, on shift.
/// Errors: not_found "account.unknown"; invalid "run.carrier" (absent or off shift).
Result<void> check_carrier(api::Context& context, const duty::Roster& roster, Id<Account> carrier);

/// Doors are inside the closed loop. Errors: conflict "run.crosses_boundary" (the carrier works outside it:
/// that is two legs, with a hand-over at the gate).
Result<void> check_side(const api::Context& context, Id<Account> carrier);

/// A run of these parcels in this order; assigns them. Requires that all are at a point and in no run,
/// as may(Step::assigned) allows. Errors: those of check_side() and of the rule pack.
Result<Id<Run>> create_run(api::WriteContext& context, RunRow run, std::vector<ParcelRow> parcels);

/// Writes the run as it now is, one version on.
void save_run(api::WriteContext& context, RunRow& run);

/// Takes everything along that is ready; the run is out. Errors: those of may(Step::out), with the code of
/// the parcel as hint.
Result<void> leave(api::WriteContext& context, RunRow& run, const StepDetails& details);

/// Done where nothing of it is in the carrier's hands any more.
void close_if_done(api::WriteContext& context, RunRow& run);

/// Ends every link of the run.
void revoke_links(api::WriteContext& context, Id<Run> run);

/// The longest place path that all begin with.
[[nodiscard]] std::string common_path(const std::vector<ParcelRow>& parcels);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::RunState> {
  static constexpr std::array words{std::string_view{"planned"}, std::string_view{"out"},
                                    std::string_view{"done"}, std::string_view{"cancelled"}};
};
