#include "care/duty/turn.h"

#include <algorithm>
#include <array>

#include "care/duty/roster.h"

namespace doorstep::duty {
namespace {

/// More than this and it is not worth reading: looking at everything is cheaper.
constexpr std::int64_t entries_max = 200;
/// An account with a shift that ends so near is on a roster at all (care/duty/roster.h).
constexpr std::chrono::hours rostered_near{7 * 24};
/// What hands a duty to nobody, or to whom the roster names at that moment.
constexpr std::array harmless{
    std::string_view{"check_in.recorded"}, std::string_view{"duty.excused"},
    std::string_view{"duty.met"},          std::string_view{"duty.moved_on"},
    std::string_view{"duty.opened"},       std::string_view{"duty.raised"},
    std::string_view{"message.sent"},      std::string_view{"unwell.acknowledged"}};
/// What makes whoever does it the owner: harmless where they are on shift.
constexpr std::array taking{std::string_view{"duty.acknowledged"},
                            std::string_view{"duty.attempted"}};

bool is_harmless(std::string_view kind, std::int64_t actor, const Roster* roster) {
  if (std::ranges::find(harmless, kind) != harmless.end()) return true;
  return roster != nullptr && roster->is_on_shift(actor) &&
         std::ranges::find(taking, kind) != taking.end();
}

/// The newest entry where all after `after` are harmless; none where one is not, or there are too many.
std::optional<std::int64_t> harmless_up_to(store::Snapshot& db, Id<access::Community> community,
                                           std::int64_t after, const Roster* roster) {
  std::int64_t read = 0;
  std::int64_t newest = after;
  bool found = false;
  db.each("SELECT kind, community_id, seq, actor FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2",
          {after, entries_max}, [&](const store::Row& row) {
            const bool here = row.integer(1) == community.value() || row.integer(1) == 0;
            found = here && !is_harmless(row.text(0), row.integer(3), roster);
            newest = row.integer(2);
            return ++read < entries_max && !found;
          });
  if (found || read == entries_max) return std::nullopt;
  return newest;
}

}  // namespace

bool is_quiet(const LastTurn& last, std::int64_t newest, Instant now) {
  return last.seq == newest && now >= last.at && now < last.next_change && now < last.next_due;
}

Turn turn_now(store::Snapshot& db, Id<access::Community> community, LastTurn& last, Instant now) {
  if (last.seq < 0 || now < last.at || now >= last.next_change) return Turn::all;
  const auto newest = harmless_up_to(db, community, last.seq, last.roster.get());
  if (!newest) return Turn::all;
  const bool news = *newest > last.seq;
  last.seq = *newest;
  // While the clock is in doubt nothing becomes due for release. A pile is watched while it stands.
  const auto row = db.first(
      "SELECT (SELECT next_at FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND NOT (kind = 'release' AND state = 'waiting' AND EXISTS"
      " (SELECT 1 FROM clock_hold WHERE community_id = $1 UNION ALL"
      " SELECT 1 FROM outgoing_hold WHERE community_id = $1)) ORDER BY next_at LIMIT 1),"
      " EXISTS (SELECT 1 FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND kind = 'overload')",
      {community});
  last.next_due = row->is_null(0) ? Instant::max() : row->instant(0);
  return last.next_due <= now || (news && row->boolean(1)) ? Turn::due : Turn::nothing;
}

LastTurn looked_at(store::Snapshot& db, Id<access::Community> community, Instant now,
                   std::int64_t seq, std::shared_ptr<const Roster> roster) {
  LastTurn made{now, seq, Instant::max(), {}, std::move(roster)};
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
