/// \file The last metre in figures: from receipt to door, median and 95th percentile, by class and by
/// building (E25), and how many services were rendered (E21).
///
/// A service is one visit to one household's door by one carrier at which goods were handed over, however
/// many parcels: the parcels of one household that one action delivered. The count is that of distinct
/// (action, household) among the steps "delivered" and "moved" of the day, by the carrier's clock; what was
/// undone is not counted. What is keyed in later counts for the day it was done on: `known_at` gives the
/// figures as they were known then. `doorstep count` gets the same from the journal alone.

#include <algorithm>
#include <map>

#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request {
  std::optional<Day> day;
  std::optional<Instant> known_at;  ///< Absent: now.
  void fields(auto& f) {
    f("day", day);
    f("known_at", known_at);
  }
};

struct Minutes {
  std::string word;  ///< A class, or a building's name.
  std::int64_t parcels = 0;
  std::int64_t median = 0;  ///< Minutes, rounded down.
  std::int64_t p95 = 0;

  void fields(auto& f) {
    f("word", word);
    f("parcels", parcels);
    f("median", median);
    f("p95", p95);
  }
};

struct Figures {
  Day day{};
  std::int64_t services = 0;
  std::int64_t parcels = 0;
  std::int64_t photo = 0;
  std::int64_t code = 0;
  std::int64_t tap = 0;
  std::int64_t unproved = 0;
  std::vector<Minutes> classes;
  std::vector<Minutes> buildings;

  void fields(auto& f) {
    f("day", day);
    f("services", services);
    f("parcels", parcels);
    f("photo", photo);
    f("code", code);
    f("tap", tap);
    f("unproved", unproved);
    f("classes", classes);
    f("buildings", buildings);
  }
};

/// The nearest rank: the smallest value that at least `per_cent` of all do not exceed.
std::int64_t rank(const std::vector<std::int64_t>& sorted, std::size_t per_cent) {
  const std::size_t at = (sorted.size() * per_cent + 99) / 100;
  return sorted[std::max<std::size_t>(at, 1) - 1];
}

std::vector<Minutes> figures_of(std::map<std::string, std::vector<std::int64_t>>& groups) {
  std::vector<Minutes> made;
  for (auto& [word, minutes] : groups) {
    std::ranges::sort(minutes);
    made.push_back({word, std::ssize(minutes), rank(minutes, 50), rank(minutes, 95)});
  }
  return made;
}

/// Errors: none.
Result<Figures> show(api::Context& context, const Request& request) {
  Figures figures;
  figures.day = request.day.value_or(context.today());
  const Instant from = context.community.zone.start_of(figures.day);
  const Instant until = context.community.zone.start_of(figures.day + std::chrono::days{1});
  std::map<std::string, std::vector<std::int64_t>> classes;
  std::map<std::string, std::vector<std::int64_t>> buildings;
  std::map<std::string, std::int64_t> services;
  std::map<std::string, std::int64_t> proofs;
  Spots spots(context);
  for (const store::Row& row : context.db.query(
           "SELECT p.path, p.class, p.received_at, s.at, s.action, p.proof, s.id FROM {parcels} p"
           " JOIN parcel_step s ON s.community_id = p.community_id AND s.parcel_id = p.id"
           " WHERE s.step IN ('delivered', 'moved') AND s.at >= $1 AND s.at < $2"
           " AND s.recorded_at <= $3 AND NOT EXISTS (SELECT 1 FROM parcel_step t"
           " WHERE t.community_id = p.community_id AND t.parcel_id = p.id"
           " AND t.step IN ('delivered', 'moved', 'undone', 'returned') AND t.recorded_at <= $3"
           " AND (t.recorded_at > s.recorded_at OR (t.recorded_at = s.recorded_at AND t.id > "
           "s.id)))",
           {from, until, request.known_at.value_or(context.now)})) {
    ++figures.parcels;
    ++proofs[row.maybe_text(5).value_or("")];
    ++services[row.maybe_text(4).value_or(id_text(row.integer(6))) + row.text(0)];
    if (row.is_null(2)) continue;
    const auto waited = std::max<std::int64_t>(row.integer(3) - row.integer(2), 0) / 60'000;
    classes[row.text(1)].push_back(waited);
    buildings[spots.of(row.text(0)).building].push_back(waited);
  }
  figures.services = std::ssize(services);
  figures.photo = proofs["photo"];
  figures.code = proofs["code"];
  figures.tap = proofs["tap"];
  figures.unproved = proofs[""];
  figures.classes = figures_of(classes);
  figures.buildings = figures_of(buildings);
  return figures;
}

}  // namespace

api::Endpoint show_delivery_figures() {
  return api::query("/api/v1/goods/figures", "parcel.list", "The last metre in figures", show);
}

}  // namespace doorstep::delivery
