/// \file The collecting round before the next cut-off: who has no smartphone, who was asked, who is a
/// gap (D14). In the order of doors; for a phone in the stairs.

#include "care/needs/cycle.h"

namespace doorstep::needs {
namespace {

struct RoundRow {
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::string access_notes;
  std::optional<Visited> outcome;
  std::optional<Instant> at;
  std::string by;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("access_notes", access_notes, api::Class::door);
    f("outcome", outcome);
    f("at", at);
    f("by", by);
  }
};

struct Request {
  std::optional<Id<Cycle>> cycle;  ///< Absent: the one that is open now.
  void fields(auto& f) { f("cycle", cycle); }
};

struct Response {
  Instant cut_off{};
  std::int64_t asked = 0;
  std::int64_t unvisited = 0;  ///< After the cut-off each of them is a gap.
  std::vector<RoundRow> rows;

  void fields(auto& f) {
    f("cut_off", cut_off);
    f("asked", asked);
    f("unvisited", unvisited);
    f("rows", rows);
  }
};

Result<std::pair<std::int64_t, Instant>> cycle_of(api::Context& context, const Request& request) {
  if (request.cycle) {
    const auto found = find_cycle(context, *request.cycle);
    if (!found) return Error{ErrorKind::not_found, "cycle.unknown"};
    return std::pair{found->id.value(), found->when.cut_off};
  }
  const Collection now = TRY(collection_at(context.rules(), context.community.zone, context.now));
  const auto row =
      context.db.first("SELECT id FROM cycle WHERE community_id = $1 AND cut_off_at = $2",
                       {context.community.id, now.cut_off});
  return std::pair{row ? row->integer(0) : std::int64_t{0}, now.cut_off};
}

/// Errors: not_found "cycle.unknown"; those of the rule pack.
Result<Response> show(api::Context& context, const Request& request) {
  const auto [cycle, cut_off] = TRY(cycle_of(context, request));
  Response made;
  made.cut_off = cut_off;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.dwelling_id, h.door, h.access_notes, v.outcome, v.at, a.name"
           " FROM {households} h LEFT JOIN collecting_visit v ON v.community_id = h.community_id"
           " AND v.household_id = h.id AND v.cycle_id = $1 LEFT JOIN account a ON a.id = v.by"
           " WHERE h.digital = 'none' AND h.ended_at IS NULL ORDER BY h.path",
           {cycle})) {
    RoundRow one{row.text(0),
                 row.id<access::Household>(1),
                 row.id<access::Place>(2),
                 row.text(3),
                 row.text(4),
                 {},
                 row.maybe_instant(6),
                 row.maybe_text(7).value_or("")};
    if (!row.is_null(5)) one.outcome = api::from_word<Visited>(row.text(5));
    const bool asked = one.outcome && *one.outcome != Visited::absent;
    ++(asked ? made.asked : made.unvisited);
    made.rows.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint show_round() {
  return api::query("/api/v1/collecting-round", "round.collect",
                    "Who is asked at the door before the cut-off", show);
}

}  // namespace doorstep::needs
