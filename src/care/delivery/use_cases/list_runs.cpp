/// \file List the runs of today and those still open: whose, where, how far (E15).

#include "care/delivery/runs.h"
#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request : api::PageRequest {
  std::optional<bool> open;  ///< Only those that are planned or out.

  void fields(auto& f) {
    f("open", open);
    page_fields(f);
  }
};

struct RunView {
  std::string path;
  Id<Run> id;
  RunState state = RunState::planned;
  Id<Account> carrier;
  std::string carrier_name;
  std::string helper_name;  ///< Who goes along; "" where one is enough.
  std::string building;
  std::string entrance;
  std::int64_t doors = 0;
  std::int64_t parcels = 0;
  std::int64_t done = 0;  ///< Parcels that are delivered, back at the point or returned.
  std::int64_t held = 0;
  std::int64_t weight_g = 0;
  std::int64_t helpers = 0;
  std::int64_t flights = 0;
  std::int64_t version = 0;
  Instant leave{};
  Instant due{};
  std::optional<Instant> left_at;
  std::optional<Instant> opened_at;  ///< The carrier has opened its link.
  bool absent = false;               ///< The carrier is not on shift any more.

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("state", state);
    f("carrier", carrier);
    f("carrier_name", carrier_name);
    f("helper_name", helper_name);
    f("building", building);
    f("entrance", entrance);
    f("doors", doors);
    f("parcels", parcels);
    f("done", done);
    f("held", held);
    f("weight_g", weight_g);
    f("helpers", helpers);
    f("flights", flights);
    f("version", version);
    f("leave", leave);
    f("due", due);
    f("left_at", left_at);
    f("opened_at", opened_at);
    f("absent", absent);
  }
};

RunView view(const store::Row& row, Spots& spots, const duty::Roster& roster) {
  RunView made;
  made.path = row.text(1);
  made.id = row.id<Run>(0);
  made.state = api::from_word<RunState>(row.text(2)).value_or(RunState::cancelled);
  made.carrier = row.id<Account>(3);
  made.carrier_name = row.text(4);
  made.doors = row.integer(5);
  made.parcels = row.integer(6);
  made.done = row.integer(7);
  made.held = row.integer(8);
  made.weight_g = row.integer(9);
  made.helpers = row.integer(10);
  made.flights = row.integer(11);
  made.version = row.integer(12);
  made.leave = row.instant(13);
  made.due = row.instant(14);
  made.left_at = row.maybe_instant(15);
  made.opened_at = row.maybe_instant(16);
  made.helper_name = row.maybe_text(17).value_or("");
  const Spot& spot = spots.of(made.path);
  made.building = spot.building;
  made.entrance = spot.entrance;
  made.absent = !roster.is_on_shift(made.carrier.value()) || roster.is_absent(made.carrier.value());
  return made;
}

/// Errors: invalid "field.cursor".
Result<api::Page<RunView>> list(api::Context& context, const Request& request) {
  std::int64_t after = 0;
  if (request.cursor) {
    const auto id = id_from_text(*request.cursor);
    if (!id) return Error{ErrorKind::invalid, "field.cursor"};
    after = *id;
  }
  const Instant since = context.community.zone.start_of(context.today());
  const auto rows = context.db.query(
      "SELECT r.id, r.path, r.state, r.carrier_id, a.name, count(DISTINCT p.household_id),"
      " count(p.id), count(p.id) FILTER (WHERE p.closed_at IS NOT NULL OR p.state = 'held'),"
      " count(p.id) FILTER (WHERE p.state = 'held'), coalesce(sum(p.weight_g), 0), r.helpers,"
      " r.flights, r.version, r.leave_at, r.due_at, r.left_at,"
      " (SELECT max(l.opened_at) FROM run_link l WHERE l.community_id = r.community_id"
      " AND l.run_id = r.id AND l.revoked_at IS NULL),"
      " (SELECT s.name FROM run x JOIN account s ON s.id = x.helper_id"
      " WHERE x.community_id = r.community_id AND x.id = r.id)"
      " FROM {runs} r JOIN account a ON a.id = r.carrier_id"
      " LEFT JOIN parcel p ON p.community_id = r.community_id AND p.run_id = r.id"
      " WHERE r.id > $1 AND (r.state IN ('planned', 'out') OR (NOT $2 AND r.leave_at >= $3))"
      " GROUP BY r.community_id, r.id, r.path, r.state, r.carrier_id, a.name, r.helpers,"
      " r.flights, r.version, r.leave_at, r.due_at, r.left_at ORDER BY r.id LIMIT $4",
      {after, request.open.value_or(false), since, request.limit + 1});
  api::Page<RunView> page;
  Spots spots(context);
  const auto roster = duty::Roster::load(context);
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back(view(row, spots, roster));
  }
  return page;
}

}  // namespace

api::Endpoint list_runs() {
  return api::list("/api/v1/runs", "run.list", "List the runs of today", list);
}

}  // namespace doorstep::delivery
