#include "care/needs/offer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "store/restored.h"

namespace doorstep::needs {
namespace {

/// The path up to the building, then one place above it, then everything: what each ring covers.
std::array<std::string, ring_count> prefixes(std::string_view path) {
  constexpr std::size_t segment_length = 15;
  std::array<std::string, ring_count> made;
  for (std::size_t at = 0; at + segment_length <= path.size(); at += segment_length) {
    if (path[at] != 'b') continue;
    made[0] = path.substr(0, at + segment_length);
    made[1] = path.substr(0, at);
  }
  return made;
}

struct Near {
  std::int64_t account = 0;
  std::int64_t ring = ring_count - 1;
};

/// Volunteers and captains in force, not absent, not behind that door, not asked yet; by how near they
/// live or serve.
std::vector<Near> helpers(api::WriteContext& context, const NeedRow& need) {
  const auto rings = prefixes(need.path);
  std::map<std::int64_t, std::int64_t> nearest;
  for (const store::Row& row : context.db.query(
           "SELECT g.account_id, g.path, coalesce((SELECT h.path FROM residence r JOIN household h"
           " ON h.community_id = r.community_id AND h.id = r.household_id WHERE a.person_id > 0"
           " AND r.person_id = a.person_id AND r.community_id = $1 AND r.until_on IS NULL"
           " ORDER BY h.path LIMIT 1), '') FROM access_grant g JOIN account a ON a.id = "
           "g.account_id"
           " WHERE g.community_id = $1 AND g.role IN ('volunteer', 'captain') AND g.from_at <= $2"
           " AND (g.until_at IS NULL OR g.until_at > $2) AND a.closed_at IS NULL"
           " AND NOT EXISTS (SELECT 1 FROM absence x WHERE x.community_id = $1"
           " AND x.account_id = g.account_id AND x.from_at <= $2 AND x.until_at > $2)"
           " AND NOT EXISTS (SELECT 1 FROM need_offer o WHERE o.community_id = $1"
           " AND o.need_id = $3 AND o.account_id = g.account_id) ORDER BY g.account_id",
           {context.community.id, context.now, need.id})) {
    const std::string grant = row.text(1);
    const std::string home = row.text(2);
    if (!home.empty() && need.path == home) continue;
    // Whoever may not go to that door is not asked to.
    if (!need.path.starts_with(grant)) continue;
    std::int64_t ring = ring_count - 1;
    for (std::int64_t at = ring_count - 1; at >= 0; --at) {
      const std::string& prefix = rings[static_cast<std::size_t>(at)];
      if (prefix.empty()) continue;
      if (home.starts_with(prefix) || grant.starts_with(prefix)) ring = at;
    }
    const auto [found, fresh] = nearest.emplace(row.integer(0), ring);
    if (!fresh) found->second = std::min(found->second, ring);
  }
  std::vector<Near> all;
  for (const auto& [account, ring] : nearest) all.push_back({account, ring});
  return all;
}

}  // namespace

Result<std::int64_t> offer_to(api::WriteContext& context, const NeedRow& need, std::int64_t from) {
  const std::vector<Near> all = helpers(context, need);
  for (std::int64_t ring = from; ring < ring_count; ++ring) {
    std::int64_t asked = 0;
    for (const Near& one : all) {
      if (one.ring != ring && !(one.ring < ring && ring == from)) continue;
      context.tx.post(
          "INSERT INTO need_offer (community_id, id, need_id, account_id, ring, state, offered_at)"
          " VALUES ($1, $2, $3, $4, $5, 'open', $6)",
          {context.community.id, context.new_id<Offer>(), need.id, one.account, ring, context.now});
      ++asked;
    }
    if (asked == 0) continue;
    context.journal("need.offered", need.id.value(), need.path,
                    fmt::format(R"({{"ring":{},"asked":{}}})", ring, asked));
    return asked;
  }
  return 0;
}

Result<std::int64_t> widen_offers(api::WriteContext& context, std::int64_t limit) {
  const auto minutes = context.rules().integer("needs.offer_minutes");
  if (!minutes.ok()) return std::int64_t{0};
  const auto rows = context.db.query(
      "SELECT o.need_id, max(o.ring) FROM need_offer o WHERE o.community_id = $1"
      " AND o.state = 'open' GROUP BY o.need_id HAVING max(o.offered_at) < $2"
      " AND max(o.ring) < $3 ORDER BY o.need_id LIMIT $4",
      {context.community.id, context.now - std::chrono::minutes{*minutes}, ring_count - 1, limit});
  if (!rows.empty() && store::outgoing_hold(context.db, context.community.id.value())) return 0;
  std::int64_t widened = 0;
  for (const store::Row& row : rows) {
    const auto need = find_need(context, row.id<Need>(0));
    if (need) widened += TRY(offer_to(context, *need, row.integer(1) + 1)) > 0 ? 1 : 0;
  }
  return widened;
}

void end_offers(api::WriteContext& context, Id<Need> need) {
  context.tx.post(
      "UPDATE need_offer SET state = 'gone', answered_at = $3 WHERE community_id = $1"
      " AND need_id = $2 AND state = 'open'",
      {context.community.id, need, context.now});
}

}  // namespace doorstep::needs
