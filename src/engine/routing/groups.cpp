#include "engine/routing/groups.h"

#include <algorithm>
#include <array>
#include <map>

namespace doorstep::routing {

namespace {

struct Kind {
  std::uint8_t level = 0;
  std::uint8_t rank = 0;
  Time open = 0;
  Time close = 0;
};

/// Whether `early` must not be served after `late` was.
bool ordered(const Kind& early, const Kind& late) {
  if (early.level < late.level) return true;
  const bool overlap = early.open <= late.close && late.open <= early.close;
  return early.rank < late.rank && overlap;
}

}  // namespace

Groups make_groups(const Problem& problem) {
  using Key = std::array<Time, 4>;
  std::map<Key, std::size_t> exact;
  for (std::size_t i = 1; i < problem.stops.size(); ++i) {
    const Stop& s = problem.stops[i];
    exact.try_emplace({s.level, s.rank, s.open, s.close}, exact.size());
  }
  const bool join = exact.size() > 64;
  std::map<Key, std::size_t> known;
  std::vector<Kind> kinds;
  std::vector<std::size_t> kind_of(problem.stops.size(), 0);
  for (std::size_t i = 1; i < problem.stops.size(); ++i) {
    const Stop& s = problem.stops[i];
    const Key key = join ? Key{s.level, s.rank, 0, 0} : Key{s.level, s.rank, s.open, s.close};
    const auto [at, fresh] = known.try_emplace(key, kinds.size());
    if (fresh) kinds.push_back({s.level, s.rank, s.open, s.close});
    Kind& kind = kinds[at->second];
    kind.open = std::min(kind.open, s.open);
    kind.close = std::max(kind.close, s.close);
    kind_of[i] = at->second;
  }
  Groups groups;
  groups.bit.assign(problem.stops.size(), 0);
  groups.not_after.assign(problem.stops.size(), 0);
  for (std::size_t i = 1; i < problem.stops.size(); ++i) {
    groups.bit[i] = std::uint64_t{1} << (kind_of[i] & 63);
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (ordered(kinds[kind_of[i]], kinds[k])) groups.not_after[i] |= std::uint64_t{1} << (k & 63);
    }
  }
  return groups;
}

}  // namespace doorstep::routing
