#include "care/day/board.h"

namespace doorstep::day {
namespace {

/// From the one to be seen first to the one that can wait.
int rank(SafeState state) {
  switch (state) {
    case SafeState::alarm: return 6;
    case SafeState::overdue: return 5;
    case SafeState::due: return 4;
    case SafeState::safe: return 3;
    case SafeState::none: return 2;
    case SafeState::released: return 1;
    case SafeState::empty: return 0;
  }
  return 0;
}

SafeState household_state(const store::Row& row, const observation::Window& window, Instant now,
                          bool sees_health) {
  if (row.is_null(5)) return row.boolean(8) ? SafeState::released : SafeState::none;
  const SafeState state = observation::state_of(
      {row.instant(5), row.instant(6), row.maybe_instant(7), row.instant(10)}, window, now);
  if (state == SafeState::alarm && !sees_health) return SafeState::safe;
  return state;
}

}  // namespace

void Counts::add(SafeState state) {
  ++total;
  switch (state) {
    case SafeState::safe: ++safe; break;
    case SafeState::due: ++due; break;
    case SafeState::overdue: ++overdue; break;
    case SafeState::alarm: ++alarm; break;
    case SafeState::none: ++none; break;
    case SafeState::released: ++released; break;
    case SafeState::empty: ++empty; break;
  }
}

Result<std::vector<Cell>> cells_below(api::Context& context, std::string_view prefix,
                                      Counts& counts) {
  const auto window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  std::vector<Cell> cells;
  context.db.each(
      "SELECT p.id, p.path, p.name, p.floor, h.id, o.reported_at, o.unwell_at, o.seen_at,"
      " o.id IS NULL AND EXISTS (SELECT 1 FROM observation x WHERE x.community_id = h.community_id"
      " AND x.household_id = h.id AND x.ended_at IS NOT NULL), h.care, o.opened_at"
      " FROM {places} p"
      " LEFT JOIN household h ON h.community_id = p.community_id AND h.dwelling_id = p.id"
      " AND h.ended_at IS NULL"
      " LEFT JOIN observation o ON o.community_id = h.community_id AND o.household_id = h.id"
      " AND o.ended_at IS NULL"
      " WHERE p.kind = 'dwelling' AND p.path >= $1 AND p.path < $2 ORDER BY p.path",
      {prefix, access::path_end(prefix)}, [&](const store::Row& row) {
        const auto id = row.id<access::Place>(0);
        if (cells.empty() || cells.back().id != id) {
          cells.push_back({id, row.text(1), row.text(2), row.maybe_integer(3).value_or(1)});
        }
        Cell& cell = cells.back();
        if (row.is_null(4)) {
          counts.add(SafeState::empty);
          return true;
        }
        const access::Classes classes = context.scope.classes_at(cell.path);
        const SafeState state =
            household_state(row, window, context.now, classes.contains(api::Class::health));
        cell.care = cell.care || (classes.contains(api::Class::name) && row.boolean(9));
        counts.add(state);
        ++cell.households;
        if (rank(state) > rank(cell.state)) cell.state = state;
        return true;
      });
  return cells;
}

std::int64_t seq_of(api::Context& context) {
  // The index holds what is sealed alone; without the condition the whole journal is read.
  return context.db.first("SELECT coalesce(max(seq), 0) FROM journal WHERE seq IS NOT NULL")
      ->integer(0);
}

}  // namespace doorstep::day
