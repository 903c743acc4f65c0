#include "care/duty/turn.h"

#include <algorithm>
#include <array>

namespace doorstep::duty {
namespace {

/// More than this and it is not worth reading: looking at everything is cheaper.
constexpr std::int64_t entries_max = 200;
/// An account with a shift that ends so near is on a roster at all (care/duty/roster.h).
constexpr std::chrono::hours rostered_near{7 * 24};
/// What hands a duty to nobody, or to whom the roster names at that moment.
constexpr std::array harmless{
    std::string_view{"check_in.recorded"}, std::string_view{"duty.acknowledged"},
    std::string_view{"duty.attempted"},    std::string_view{"duty.excused"},
    std::string_view{"duty.met"},          std::string_view{"duty.moved_on"},
    std::string_view{"duty.opened"},       std::string_view{"duty.raised"},
    std::string_view{"message.sent"},      std::string_view{"unwell.acknowledged"}};

bool something_happened(store::Snapshot& db, Id<access::Community> community, std::int64_t after) {
  std::int64_t read = 0;
  bool found = false;
  db.each("SELECT kind, community_id FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2",
          {after, entries_max}, [&](const store::Row& row) {
            const bool here = row.integer(1) == community.value() || row.integer(1) == 0;
            found = here &&
                    std::ranges::find(harmless, std::string_view(row.text(0))) == harmless.end();
            return ++read < entries_max && !found;
          });
  return found || read == entries_max;
}

}  // namespace

Turn turn_now(store::Snapshot& db, Id<access::Community> community, const LastTurn& last,
              Instant now) {
  if (last.seq < 0 || now < last.at || now >= last.next_change) return Turn::all;
  if (something_happened(db, community, last.seq)) return Turn::all;
  // While the clock is in doubt nothing becomes due for release. A pile is watched while it stands.
  const auto row = db.first(
      "SELECT EXISTS (SELECT 1 FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND next_at <= $2 AND NOT (kind = 'release' AND state = 'waiting' AND EXISTS"
      " (SELECT 1 FROM clock_hold WHERE community_id = $1)))"
      " OR EXISTS (SELECT 1 FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND kind = 'overload')",
      {community, now});
  return row->boolean(0) ? Turn::due : Turn::nothing;
}

LastTurn looked_at(store::Snapshot& db, Id<access::Community> community, Instant now,
                   std::int64_t seq) {
  LastTurn made{now, seq, Instant::max()};
  for (const store::Row& row : db.query(
           "SELECT min(from_at), 0 FROM shift WHERE community_id = $1 AND from_at > $2"
           " UNION ALL SELECT min(until_at), 0 FROM shift WHERE community_id = $1 AND until_at > $2"
           " UNION ALL SELECT min(until_at), 1 FROM shift WHERE community_id = $1 AND until_at > $3"
           " UNION ALL SELECT min(until_at), -1 FROM shift WHERE community_id = $1"
           " AND until_at > $4"
           " UNION ALL SELECT min(from_at), 0 FROM absence WHERE community_id = $1 AND from_at > $2"
           " UNION ALL SELECT min(until_at), 0 FROM absence WHERE community_id = $1"
           " AND until_at > $2"
           " UNION ALL SELECT min(from_at), 0 FROM access_grant WHERE community_id = $1"
           " AND from_at > $2"
           " UNION ALL SELECT min(until_at), 0 FROM access_grant WHERE community_id = $1"
           " AND until_at > $2",
           {community, now, now - rostered_near, now + rostered_near})) {
    if (row.is_null(0)) continue;
    made.next_change = std::min(made.next_change, row.instant(0) + rostered_near * row.integer(1));
  }
  return made;
}

}  // namespace doorstep::duty
