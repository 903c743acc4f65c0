#include "care/delivery/runs.h"

#include <algorithm>

#include <fmt/format.h>

#include "care/delivery/carriers.h"
#include "care/registry/staff.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t segment_length = 15;
constexpr std::string_view run_columns =
    "r.id, r.path, r.carrier_id, r.state, r.from_point_id, r.leave_at, r.due_at, r.helpers,"
    " r.flights, r.version, r.left_at, r.closed_at";

RunRow run_from(const store::Row& row) {
  RunRow made;
  made.id = row.id<Run>(0);
  made.path = row.text(1);
  made.carrier = row.id<Account>(2);
  made.state = api::from_word<RunState>(row.text(3)).value_or(RunState::cancelled);
  made.from = row.maybe_id<Point>(4);
  made.leave = row.instant(5);
  made.due = row.instant(6);
  made.helpers = row.integer(7);
  made.flights = row.integer(8);
  made.version = row.integer(9);
  made.left_at = row.maybe_instant(10);
  made.closed_at = row.maybe_instant(11);
  return made;
}

Result<RunRow> find_run(const api::Context& context, std::string_view from, Id<Run> id) {
  const auto row = context.db.first(
      "SELECT " + std::string(run_columns) + " FROM " + std::string(from) + " r WHERE r.id = $1",
      {id});
  if (!row) return Error{ErrorKind::not_found, "run.unknown"};
  return run_from(*row);
}

}  // namespace

Result<RunRow> scoped_run(const api::Context& context, Id<Run> id) {
  return find_run(context, "{runs}", id);
}

Result<RunRow> own_run(const api::Context& context) {
  return find_run(context, "{runs}", context.actor.run);
}

std::vector<ParcelRow> parcels_of(const api::Context& context, Id<Run> run) {
  std::vector<ParcelRow> parcels;
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(parcel_columns) +
                            " FROM parcel p WHERE p.community_id = $1 AND p.run_id = $2"
                            " ORDER BY p.position, p.id",
                        {context.community.id, run})) {
    parcels.push_back(parcel_from(row));
  }
  return parcels;
}

Result<void> check_carrier(api::Context& context, const duty::Roster& roster, Id<Account> carrier) {
  TRY(registry::check_account(context, carrier));
  if (!roster.may_own(carrier.value())) return Error{ErrorKind::not_found, "account.unknown"};
  if (roster.is_absent(carrier.value()) || !roster.is_on_shift(carrier.value())) {
    return Error{ErrorKind::invalid, "run.carrier"};
  }
  return {};
}

Result<void> check_side(const api::Context& context, Id<Account> carrier) {
  if (!is_outside(context, carrier)) return {};
  return Error{ErrorKind::conflict, "run.crosses_boundary"};
}

std::string common_path(const std::vector<ParcelRow>& parcels) {
  if (parcels.empty()) return {};
  std::string common = parcels.front().path;
  for (const ParcelRow& one : parcels) {
    const auto differ = std::ranges::mismatch(common, one.path);
    const auto same = static_cast<std::size_t>(differ.in1 - common.begin());
    common.resize(same / segment_length * segment_length);
  }
  return common;
}

Result<Id<Run>> create_run(api::WriteContext& context, RunRow run, std::vector<ParcelRow> parcels) {
  TRY(check_side(context, run.carrier));
  run.id = context.new_id<Run>();
  run.path = common_path(parcels);
  for (const ParcelRow& one : parcels) {
    if (!run.from) run.from = one.point;
    if (one.due && (run.due == Instant{} || *one.due < run.due)) run.due = *one.due;
  }
  context.tx.post(
      "INSERT INTO run (community_id, id, path, carrier_id, state, from_point_id, leave_at, due_at,"
      " helpers, flights, version, created_at, created_by)"
      " VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, 1, $10, $11)",
      {context.community.id, run.id, run.path, run.carrier, run.from, run.leave, run.due,
       run.helpers, run.flights, context.now, context.actor.id});
  context.journal(
      "run.created", run.id.value(), run.path,
      fmt::format(R"({{"carrier":"{}","parcels":{}}})", to_text(run.carrier), parcels.size()));
  std::int64_t position = 0;
  for (ParcelRow& one : parcels) {
    one.run = run.id;
    one.position = ++position;
    TRY(take_step(context, one, Step::assigned, {.counterpart = to_text(run.carrier)}));
  }
  return run.id;
}

void save_run(api::WriteContext& context, RunRow& run) {
  ++run.version;
  context.tx.post(
      "UPDATE run SET path = $3, carrier_id = $4, state = $5, leave_at = $6, helpers = $7,"
      " version = $8, left_at = $9, closed_at = $10 WHERE community_id = $1 AND id = $2",
      {context.community.id, run.id, run.path, run.carrier, api::word(run.state), run.leave,
       run.helpers, run.version, run.left_at, run.closed_at});
  context.journal("run.changed", run.id.value(), run.path,
                  fmt::format(R"({{"state":"{}","carrier":"{}","version":{}}})",
                              api::word(run.state), to_text(run.carrier), run.version));
}

Result<void> leave(api::WriteContext& context, RunRow& run, const StepDetails& details) {
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  for (ParcelRow& one : parcels_of(context, run.id)) {
    if (is_closed(one.state) || one.state == State::out || one.state == State::held) continue;
    const auto allowed = may(Step::out, one.behind(), rule);
    if (!allowed.ok()) {
      Error error = allowed.error();
      error.hint = one.code;
      return error;
    }
    one.state = State::out;
    one.out_at = context.now;
    TRY(take_step(context, one, Step::out, details));
  }
  run.state = RunState::out;
  run.left_at = context.now;
  save_run(context, run);
  return {};
}

void close_if_done(api::WriteContext& context, RunRow& run) {
  const auto open = context.db.first(
      "SELECT 1 FROM parcel WHERE community_id = $1 AND run_id = $2 AND closed_at IS NULL"
      " AND state <> 'held' LIMIT 1",
      {context.community.id, run.id});
  const RunState state = open ? RunState::out : RunState::done;
  if (state == run.state || run.state == RunState::planned) return;
  run.state = state;
  run.closed_at = open ? std::optional<Instant>{} : std::optional(context.now);
  save_run(context, run);
}

void revoke_links(api::WriteContext& context, Id<Run> run) {
  context.tx.post(
      "UPDATE run_link SET revoked_at = $3 WHERE community_id = $1 AND run_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, run, context.now});
}

}  // namespace doorstep::delivery
