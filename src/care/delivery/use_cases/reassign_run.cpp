/// \file Give a run, or a part of it, to somebody else in one action: the order is kept, the old links
/// end, and of two who do it at once one hears of the other (E15).

#include <algorithm>

#include <fmt/format.h>

#include "care/delivery/second.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  Id<Account> carrier;
  std::int64_t version = 0;                        ///< That was looked at.
  std::optional<std::vector<Id<Parcel>>> parcels;  ///< Absent: all of it.

  void fields(auto& f) {
    f("run", run);
    f("carrier", carrier);
    f("version", version);
    f("parcels", parcels);
  }
};

struct Reassigned {
  Id<Run> run;  ///< Where the goods are now.
  std::int64_t version = 0;
  void fields(auto& f) {
    f("run", run);
    f("version", version);
  }
};

/// What is not at a door yet and was asked for.
std::vector<ParcelRow> part_of(const Request& request, const std::vector<ParcelRow>& all) {
  std::vector<ParcelRow> part;
  for (const ParcelRow& one : all) {
    const bool asked = std::ranges::find(*request.parcels, one.id) != request.parcels->end();
    if (asked && !is_closed(one.state)) part.push_back(one);
  }
  return part;
}

/// A part becomes a run of its own; what is in hands goes from hand to hand.
Result<Reassigned> split(api::WriteContext& context, const Request& request, RunRow& run) {
  auto part = part_of(request, parcels_of(context, run.id));
  if (part.empty()) return Error{ErrorKind::not_found, "run.nothing_there"};
  RunRow fresh;
  fresh.carrier = request.carrier;
  fresh.leave = run.leave;
  fresh.from = run.from;
  const bool two = TRY(needs_two(context, part));
  const Id<Run> id = TRY(create_run(context, fresh, std::move(part)));
  const auto second = second_of(context, run.id);
  if (two && second && *second != request.carrier) name_second(context, id, *second);
  if (run.state == RunState::out) {
    context.tx.post(
        "UPDATE run SET state = 'out', left_at = $3 WHERE community_id = $1 AND id = $2",
        {context.community.id, id, context.now});
  }
  const auto left =
      context.db.first("SELECT 1 FROM parcel WHERE community_id = $1 AND run_id = $2 LIMIT 1",
                       {context.community.id, run.id});
  if (!left) {
    run.state = RunState::cancelled;
    run.closed_at = context.now;
  }
  save_run(context, run);
  close_if_done(context, run);
  return Reassigned{id, 1};
}

/// Errors: not_found "run.unknown", "account.unknown", "run.nothing_there"; invalid "run.carrier"; conflict "run.changed"
/// (somebody was first; look again), "run.closed", "run.crosses_boundary".
Result<Reassigned> reassign(api::WriteContext& context, const Request& request) {
  RunRow run = TRY(scoped_run(context, request.run));
  if (run.version != request.version) return Error{ErrorKind::conflict, "run.changed"};
  if (run.state == RunState::done || run.state == RunState::cancelled) {
    return Error{ErrorKind::conflict, "run.closed"};
  }
  const auto roster = duty::Roster::load(context);
  TRY(check_carrier(context, roster, request.carrier));
  TRY(check_side(context, request.carrier));
  if (request.parcels) return split(context, request, run);
  for (const ParcelRow& one : parcels_of(context, run.id)) {
    if (is_closed(one.state)) continue;
    TRY(take_step(context, one, Step::assigned, {.counterpart = to_text(request.carrier)}));
  }
  // Who went along and now carries: the two change places.
  if (second_of(context, run.id) == request.carrier) name_second(context, run.id, run.carrier);
  run.carrier = request.carrier;
  save_run(context, run);
  revoke_links(context, run.id);
  return Reassigned{run.id, run.version};
}

}  // namespace

api::Endpoint reassign_run() {
  return api::command(api::Method::post, "/api/v1/runs/{run}/reassign", "run.edit",
                      "Give a run, or a part of it, to somebody else", reassign);
}

}  // namespace doorstep::delivery
