/// \file Count households and persons: now, at most on any day, and all that there ever were (A12).

#include <algorithm>
#include <map>
#include <unordered_set>

#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::optional<Id<Place>> place;  ///< None: everything in scope.
  void fields(auto& f) { f("place", place); }
};

struct Numbers {
  std::int64_t current = 0;
  std::int64_t peak = 0;
  std::int64_t cumulative = 0;

  void fields(auto& f) {
    f("current", current);
    f("peak", peak);
    f("cumulative", cumulative);
  }
};

struct Response {
  Numbers households;
  Numbers persons;

  void fields(auto& f) {
    f("households", households);
    f("persons", persons);
  }
};

/// How many came and how many left on each day. Who moves within the place on one day comes and
/// leaves, which is why leaving is counted first.
struct Moves {
  std::int64_t came = 0;
  std::int64_t left = 0;
};

std::int64_t peak_of(const std::map<std::string, Moves>& days) {
  std::int64_t present = 0;
  std::int64_t peak = 0;
  for (const auto& [day, moves] : days) {
    present += moves.came - moves.left;
    peak = std::max(peak, present);
  }
  return peak;
}

Numbers count_persons(api::Context& context, const std::string& from, const std::string& to) {
  std::map<std::string, Moves> days;
  std::unordered_set<std::int64_t> present;
  std::unordered_set<std::int64_t> ever;
  // Gone through once: three counts by the database would be three walks.
  context.db.each(
      "SELECT r.person_id, r.from_on, r.until_on FROM {households} h"
      " JOIN residence r ON r.community_id = h.community_id AND r.household_id = h.id"
      " WHERE h.path >= $1 AND h.path < $2",
      {from, to}, [&](const store::Row& row) {
        ever.insert(row.integer(0));
        ++days[row.text(1)].came;
        if (const auto until = row.maybe_text(2)) {
          ++days[*until].left;
        } else {
          present.insert(row.integer(0));
        }
        return true;
      });
  const std::int64_t current = std::ssize(present);
  return {current, std::max(peak_of(days), current), std::ssize(ever)};
}

/// A household counts from when somebody lives in it, or from when it was written down.
Numbers count_households(api::Context& context, const std::string& from, const std::string& to) {
  std::vector<std::pair<Instant, int>> changes;
  Numbers numbers;
  context.db.each(
      "SELECT h.created_at, h.ended_at FROM {households} h"
      " WHERE h.path >= $1 AND h.path < $2",
      {from, to}, [&](const store::Row& row) {
        ++numbers.cumulative;
        changes.emplace_back(row.instant(0), 1);
        if (row.is_null(1)) {
          ++numbers.current;
        } else {
          changes.emplace_back(row.instant(1), -1);
        }
        return true;
      });
  std::ranges::sort(changes);
  std::int64_t present = 0;
  for (const auto& [at, change] : changes) {
    present += change;
    numbers.peak = std::max(numbers.peak, present);
  }
  return numbers;
}

/// Errors: not_found "place.unknown".
Result<Response> count(api::Context& context, const Request& request) {
  std::string path;
  if (request.place) path = TRY(some(find_place(context, *request.place), "place.unknown")).path;
  const std::string end = access::path_end(path);
  return Response{count_households(context, path, end), count_persons(context, path, end)};
}

}  // namespace

api::Endpoint count_residents() {
  return api::query("/api/v1/counts", "place.list",
                    "Count households and persons: now, at most, and ever", count);
}

}  // namespace doorstep::registry
