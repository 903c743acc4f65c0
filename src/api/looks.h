#pragma once
/// \file Who looked: each look of somebody who works here at a household or a person, once an hour (N13).

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "base/time.h"
#include "store/store.h"

namespace doorstep::api {

/// Keeps looks. Thread-safe.
class Looks {
 public:
  explicit Looks(store::Store& store) : store_(store) {}

  /// Notes that a request which was answered named a household, a dwelling or a person, unless this hour's is noted. A link looks
  /// at its own. Does not wait for the disk. `action`: the word of docs/access.csv.
  void note(const access::Actor& actor,
            const std::vector<std::pair<std::string, std::string>>& parameters,
            std::string_view action, Instant now);

 private:
  store::Store& store_;
  std::mutex mutex_;
  std::int64_t hour_ = 0;
  /// Of this hour, by account and subject; a restart forgets them, and the row is there once all the same.
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::string>> noted_ = {};
};

}  // namespace doorstep::api
