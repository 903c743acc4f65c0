#pragma once
/// \file The zones and rule packs of communities, each read once: they do not change under their hash.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "access/actor.h"
#include "api/endpoint.h"

namespace doorstep::api {

/// For any thread.
class CommunityCache {
 public:
  /// Errors: unavailable "rules.lost", and those of RulePack::parse() and Zone::named().
  Result<CommunityContext> of(store::Snapshot& db, const access::CommunityRow& row);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const RulePack>> rules_;  ///< By content hash.
  std::map<std::string, Zone> zones_;
};

}  // namespace doorstep::api
