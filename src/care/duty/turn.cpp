#include "care/duty/turn.h"

#include <algorithm>
#include <array>

#include "care/duty/roster.h"

namespace doorstep::duty {
namespace {

/// An account with a shift that ends so near is on a roster at all (care/duty/roster.h).
constexpr std::chrono::hours rostered_near{7 * 24};
/// What hands a duty to nobody, or to whom the roster names at that moment.
constexpr std::array harmless{
    std::string_view{"check_in.recorded"},  std::string_view{"duty.excused"},
    std::string_view{"duty.met"},           std::string_view{"duty.moved_on"},
    std::string_view{"duty.opened"},        std::string_view{"duties.raised"},
    std::string_view{"duty.raised"},        std::string_view{"message.sent"},
    std::string_view{"unwell.acknowledged"}};
/// What makes whoever does it the owner: harmless where they are on shift.
constexpr std::array taking{std::string_view{"duty.acknowledged"},
                            std::string_view{"duty.attempted"}};

/// "'a', 'b'"
std::string harmless_list() {
  std::string list;
  for (const std::string_view one : harmless) {
    list.append(list.empty() ? "'" : ", '").append(one).append("'");
  }
  return list;
}

}  // namespace

bool is_quiet(const LastTurn& last, std::int64_t newest, Instant now) {
  return last.seq == newest && now >= last.at && now < last.next_change && now < last.next_due;
}

void News::read(store::Snapshot& db) {
  static const std::string sql =
      "SELECT seq, community_id, kind, actor FROM journal WHERE seq > $1"
      " AND kind NOT IN (" +
      harmless_list() + ")";
  const std::int64_t from = seq_;
  seq_ = std::max(
      from,
      db.first("SELECT coalesce(max(seq), 0) FROM journal WHERE seq IS NOT NULL")->integer(0));
  if (seq_ == from) return;
  db.each(sql, {from}, [&](const store::Row& row) {
    std::int64_t& newest = told_[row.integer(1)][{row.text(2), row.integer(3)}];
    newest = std::max(newest, row.integer(0));
    return true;
  });
}

bool News::matters(Id<access::Community> community, const LastTurn& last) const {
  // What an entry of the installation changes is everybody's.
  for (const std::int64_t where : {community.value(), std::int64_t{0}}) {
    const auto here = told_.find(where);
    if (here == told_.end()) continue;
    for (const auto& [what, seq] : here->second) {
      if (seq <= last.seq) continue;
      const auto& [kind, actor] = what;
      const bool taken = std::ranges::find(taking, std::string_view(kind)) != taking.end() &&
                         last.roster && last.roster->is_on_shift(actor);
      if (!taken) return true;
    }
  }
  return false;
}

Turn turn_now(store::Snapshot& db, Id<access::Community> community, LastTurn& last, Instant now) {
  if (last.seq < 0) return Turn::all;
  News news(last.seq);
  news.read(db);
  return turn_now(db, community, last, now, news);
}

Turn turn_now(store::Snapshot& db, Id<access::Community> community, LastTurn& last, Instant now,
              const News& read) {
  if (last.seq < 0 || now < last.at || now >= last.next_change || read.matters(community, last)) {
    return Turn::all;
  }
  const bool news = read.seq() > last.seq;
  last.seq = std::max(last.seq, read.seq());
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
