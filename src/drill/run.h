#pragma once
/// \file A drill: a community, so many days, a seed. The real program runs; residents, workers,
/// channels and operators are played; the oracle judges every minute.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "drill/faults.h"
#include "drill/house.h"
#include "drill/oracle/replay.h"
#include "drill/world.h"

namespace doorstep::drill {

struct Options {
  std::uint64_t seed = 1;
  Faults faults = Faults::all();
  Tampering tampering = {};           ///< A planted bug.
  bool stop_at_first = false;         ///< At the first broken rule.
  std::optional<Instant> until = {};  ///< Ends here instead of half an hour after the last day.
  std::string keep_in = {};           ///< Where the store is left afterwards; empty: nowhere.
};

struct Report {
  std::uint64_t seed = 0;
  std::string preset;
  int days = 0;
  std::string faults;
  std::int64_t missed_person_minutes = 0;
  std::int64_t contacts = 0;                 ///< Check-ins that were recorded.
  std::int64_t escalations = 0;              ///< Times that a duty was raised.
  std::vector<std::int64_t> latencies = {};  ///< Minutes from raised to met, of contacts; sorted.
  std::int64_t entries = 0;
  std::int64_t crashes = 0;
  std::int64_t requests = 0;
  std::map<std::string, std::int64_t> refused = {};  ///< How often, by the code of the error.
  std::string state_hash;  ///< Of the journal's end and of the oracle's state.
  std::vector<oracle::Finding> findings = {};
  std::vector<std::string> trace = {};  ///< The last entries about what was found first.

  [[nodiscard]] bool good() const { return findings.empty() && missed_person_minutes == 0; }
  /// One JSON object.
  [[nodiscard]] std::string json() const;
};

/// Plays `options.seed` on a copy of the world. `root`: a folder for the copy.
Report run(const World& world, const Options& options, const std::string& root);

}  // namespace doorstep::drill
