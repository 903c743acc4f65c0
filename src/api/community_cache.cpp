#include "api/community_cache.h"

namespace doorstep::api {

Result<CommunityContext> CommunityCache::of(store::Snapshot& db, const access::CommunityRow& row) {
  {
    const std::scoped_lock lock(mutex_);
    const auto pack = rules_.find(row.rules_hash);
    const auto zone = zones_.find(row.zone);
    if (pack != rules_.end() && zone != zones_.end()) {
      return CommunityContext{row.id, row.name, zone->second, pack->second};
    }
  }
  const auto stored = db.first("SELECT source FROM rule_pack WHERE hash = $1", {row.rules_hash});
  if (!stored) return Error{ErrorKind::unavailable, "rules.lost"};
  auto pack = std::make_shared<const RulePack>(TRY(RulePack::parse(stored->text(0))));
  const Zone zone = TRY(Zone::named(row.zone));
  const std::scoped_lock lock(mutex_);
  rules_.emplace(row.rules_hash, pack);
  zones_.emplace(row.zone, zone);
  return CommunityContext{row.id, row.name, zone, std::move(pack)};
}

}  // namespace doorstep::api
