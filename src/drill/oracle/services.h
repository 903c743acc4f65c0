#pragma once
/// \file Deliveries by service counted again from a journal, on any machine (E21). It shares no code with
/// what counts them from the tables.

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"

namespace doorstep::oracle {

struct Services {
  std::int64_t services = 0;  ///< A door in one drop, however many bags.
  std::int64_t parcels = 0;
};

struct ServiceCount {
  std::map<std::string, Services> communities;  ///< By the community's id.
  std::vector<std::string> problems;            ///< Of the journal itself; empty: it is whole.
};

/// What was handed over from `from` until before `until` by the carriers' clocks and not taken back, as
/// the journal knew it at `known`. A service is what one action of a phone brought to one household, or
/// one step where no phone was there.
ServiceCount count_services(std::istream& journal, Instant from, Instant until, Instant known);

}  // namespace doorstep::oracle
