/// \file Count households and persons: now, at most on any day, and all that there ever were (A12).

#include <algorithm>

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

/// Days in order, each with how many came; and the same for who left. Who moves within the place on
/// one day comes and leaves, which is why leaving is counted first.
std::int64_t peak_of(const store::Rows& came, const store::Rows& left) {
  std::int64_t present = 0;
  std::int64_t peak = 0;
  std::size_t gone = 0;
  for (const store::Row& row : came) {
    while (gone < left.size() && left[gone].text(0) <= row.text(0))
      present -= left[gone++].integer(1);
    present += row.integer(1);
    peak = std::max(peak, present);
  }
  return peak;
}

Numbers count_persons(api::Context& context, const std::string& from, const std::string& to) {
  const std::string rows =
      " FROM {households} h JOIN residence r ON r.community_id = h.community_id"
      " AND r.household_id = h.id WHERE h.path >= $1 AND h.path < $2";
  const auto all = context.db.first(
      "SELECT COUNT(DISTINCT r.person_id) FILTER (WHERE r.until_on IS NULL),"
      " COUNT(DISTINCT r.person_id)" +
          rows,
      {from, to});
  const auto came = context.db.query(
      "SELECT r.from_on, COUNT(*)" + rows + " GROUP BY r.from_on ORDER BY r.from_on", {from, to});
  const auto left = context.db.query("SELECT r.until_on, COUNT(*)" + rows +
                                         " AND r.until_on IS NOT NULL GROUP BY r.until_on"
                                         " ORDER BY r.until_on",
                                     {from, to});
  return {all->integer(0), std::max(peak_of(came, left), all->integer(0)), all->integer(1)};
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
