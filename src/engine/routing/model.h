#pragma once
/// \file The problem and its answer: stops, carriers, rules, runs. Plain data; nothing is computed.

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace doorstep::routing {

/// Index of a stop; 0 is the depot (the receiving point). Index of a stop = index of its location.
using Node = std::int32_t;
using Cost = std::int64_t;
/// Benchmarks: the instance's unit (Solomon: tenths). Streets: milliseconds since the wave's day.
using Time = std::int32_t;

inline constexpr Node depot = 0;
/// Dimensions of a load. Streets: grams and millilitres.
inline constexpr std::size_t load_dims = 2;
using Load = std::array<std::int64_t, load_dims>;
/// "No limit" for times: far from overflow when an arc is added.
inline constexpr Time no_limit = 1'000'000'000;
/// Limits that keep every sum inside its type; the readers refuse what is beyond.
inline constexpr std::int64_t max_coordinate = 20'000'000;
/// Of a window or a service time in a file, in tenths.
inline constexpr Time max_file_time = 250'000'000;
inline constexpr std::int64_t max_demand = 1'000'000'000;
inline constexpr std::int64_t max_stops = 1'100'000;

/// What one entry of a plan must satisfy. A default Stop has no windows and fits everywhere.
struct Stop {
  Load demand{};
  Time open = 0;               ///< Service may not start before; who is early waits.
  Time close = no_limit;       ///< Service may not start after (hard).
  Time soft_close = no_limit;  ///< Starting later costs Rules::late_weight per unit.
  Time release = 0;            ///< When it is ready at the receiving point; its run leaves after.
  Time service = 0;
  std::uint64_t needs =
      0;  ///< Every bit must be among the carrier's skills (skill, protection, grid).
  std::uint8_t level = 0;          ///< Contamination; may not fall during a carrier's shift.
  std::uint8_t rank = 0;           ///< Where windows overlap, a carrier serves lower ranks first.
  Cost prize = 0;                  ///< What leaving it out costs; 0 = Rules::prize.
  Node pair = -1;                  ///< The other half of a pickup and delivery.
  bool pickup = false;             ///< The goods are taken up here, not at the depot; needs a pair.
  std::int32_t keep_carrier = -1;  ///< Announced (or usual) carrier; another one costs move_price.
  Cost move_price = 0;
};

/// A person, or several with one cart.
struct Carrier {
  Load capacity{};
  Time shift_start = 0;
  Time shift_end = no_limit;
  std::uint64_t skills = ~std::uint64_t{0};
  std::int32_t runs_max = 1;
  Time reload = 0;              ///< Loading before each run.
  std::int64_t hands = 0;       ///< Grams carried up one climb; 0 = everything at once.
  std::int32_t slowness = 100;  ///< Per cent of street time: 50 = a motorcycle, 130 = a slow cart.
  Time range = no_limit;        ///< Longest travel of one run.
  Cost run_cost = 0;            ///< Added for each run.
  std::uint8_t level = 0;       ///< Contamination brought along from an earlier wave.
  std::int64_t ledger = 0;      ///< Work done before (same unit as the cost of travel).
};

/// Where a door is. Street distance is between entrances; stairs are inside.
struct Door {
  std::int32_t entrance = 0;
  std::int32_t floors = 0;  ///< Flights above the ground: floor 7 is 6.
};

/// What climbing costs.
struct Entrance {
  bool lift = false;
};

struct Streets {
  std::vector<Door> doors;          ///< By location; doors[0] is the receiving point, floors 0.
  std::vector<Entrance> entrances;  ///< Entrance 0 is the receiving point.
  std::vector<Time> walk;           ///< entrances x entrances, row by row.
  Time up = 12'000;                 ///< One flight up with empty hands.
  Time down = 8'000;
  Time lift_floor = 2'500;  ///< One floor in the lift.
  Time lift_wait = 30'000;  ///< Each ride.
  /// Going up one flight takes 1 + load/heavy times as long; 0 = load does not matter.
  std::int64_t heavy = 20'000;
};

struct Point {
  double x = 0;
  double y = 0;
};

enum class MetricKind : std::uint8_t {
  round_euclid,   ///< floor(d + 1/2): CVRPLIB.
  trunc1_euclid,  ///< floor(10 d): Solomon and Gehring-Homberger, in tenths.
  stairs,
  matrix,
};

/// Weights of the objective beyond travel; all zero for benchmarks.
struct Rules {
  Cost prize = 1'000'000'000;  ///< Of a stop that does not name its own.
  Cost late_weight = 0;        ///< Per unit of time after soft_close.
  Cost effort_weight = 0;      ///< Per kilogram and flight.
  Cost flight_weight = 0;      ///< Per flight climbed, beyond its time.
  Cost carrier_cost = 0;       ///< For each carrier used at all.
  /// Convex cost of a carrier's work w: fairness * w^2 / fair_share. 0 = off.
  Cost fairness = 0;
  std::int64_t fair_share = 1;
  bool rich = false;  ///< Anything beyond capacity[0] and windows is in use.
};

struct Run {
  std::int32_t carrier = 0;
  bool locked = false;  ///< Departed, or ordered by hand: kept as it stands, even where it is late.
  std::vector<Node> stops;
  Time leave = 0;  ///< Of a locked run: not before.
  friend bool operator==(const Run&, const Run&) = default;
};

struct Problem {
  MetricKind metric = MetricKind::round_euclid;
  std::vector<Point> points;  ///< Euclidean metrics, by location.
  Streets streets;            ///< MetricKind::stairs.
  std::vector<Time> matrix;   ///< MetricKind::matrix, row by row.
  std::vector<Stop> stops;    ///< stops[0] is the depot: its window is the horizon.
  std::vector<Carrier> carriers;
  std::vector<Run> locked;  ///< Runs that stand before everything else of their carriers.
  Rules rules;

  [[nodiscard]] Node size() const { return static_cast<Node>(stops.size()); }
};

/// Runs of one carrier are in the order they are carried.
struct Plan {
  std::vector<Run> runs;
  std::vector<Node> unserved;
  friend bool operator==(const Plan&, const Plan&) = default;
};

/// Requires n stops: n runs always suffice where the fleet is not limited.
inline constexpr std::int32_t unlimited = std::numeric_limits<std::int32_t>::max();

}  // namespace doorstep::routing
