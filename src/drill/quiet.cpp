#include "drill/quiet.h"

#include <algorithm>
#include <array>

namespace doorstep::drill {
namespace {

/// More than this and it is not worth reading: a sweep is cheaper.
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

bool time_has_come(store::Snapshot& db, Id<access::Community> community, Instant last,
                   Instant now) {
  const auto row = db.first(
      "SELECT EXISTS (SELECT 1 FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND next_at <= $3 AND NOT (kind = 'release' AND state = 'waiting' AND EXISTS"
      " (SELECT 1 FROM clock_hold WHERE community_id = $1)))"
      " OR EXISTS (SELECT 1 FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND kind = 'overload')"
      " OR EXISTS (SELECT 1 FROM shift WHERE community_id = $1 AND (from_at > $2 AND from_at <= $3"
      " OR until_at > $2 AND until_at <= $3 OR until_at > $4 AND until_at <= $5"
      " OR until_at > $6 AND until_at <= $7))"
      " OR EXISTS (SELECT 1 FROM absence WHERE community_id = $1"
      " AND (from_at > $2 AND from_at <= $3 OR until_at > $2 AND until_at <= $3))"
      " OR EXISTS (SELECT 1 FROM access_grant WHERE community_id = $1"
      " AND (from_at > $2 AND from_at <= $3 OR until_at > $2 AND until_at <= $3))",
      {community, last, now, last - rostered_near, now - rostered_near, last + rostered_near,
       now + rostered_near});
  return row->boolean(0);
}

}  // namespace

bool is_quiet(store::Snapshot& db, Id<access::Community> community, const LastSweep& last,
              Instant now) {
  if (last.seq < 0 || now < last.at) return false;
  const auto entries = db.query("SELECT kind FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2",
                                {last.seq, entries_max});
  if (std::ssize(entries) == entries_max) return false;
  for (const store::Row& row : entries) {
    if (std::ranges::find(harmless, std::string_view(row.text(0))) == harmless.end()) return false;
  }
  return !time_has_come(db, community, last.at, now);
}

}  // namespace doorstep::drill
