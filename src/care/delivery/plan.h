#pragma once
/// \file From what waits at the point to runs: a wave for engine/routing, and its answer cut at the
/// entrances. Reads only; whoever accepts the draft publishes it.

#include <string>
#include <vector>

#include "care/delivery/runs.h"

namespace doorstep::delivery {

struct DraftStop {
  Id<access::Household> household{};
  std::string path = {};
  std::string door = {};
  std::int64_t floor = 0;
  Instant at{};
  bool two_people = false;
  std::vector<Id<Parcel>> parcels = {};

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("floor", floor);
    f("at", at);
    f("two_people", two_people);
    f("parcels", parcels);
  }
};

/// One carrier into one entrance, from the top down.
struct DraftRun {
  Id<Account> carrier{};
  std::string carrier_name = {};
  std::string building = {};
  std::string entrance = {};
  Instant leave{};
  Instant until{};
  std::int64_t flights = 0;
  std::int64_t weight_g = 0;
  std::int64_t helpers = 0;
  std::optional<Id<Account>> helper = {};  ///< Who could go along; none where nobody else is there.
  std::string helper_name = {};
  std::vector<DraftStop> stops = {};

  void fields(auto& f) {
    f("carrier", carrier);
    f("carrier_name", carrier_name);
    f("building", building);
    f("entrance", entrance);
    f("leave", leave);
    f("until", until);
    f("flights", flights);
    f("weight_g", weight_g);
    f("helpers", helpers);
    f("helper", helper);
    f("helper_name", helper_name);
    f("stops", stops);
  }
};

struct DraftLeftOut {
  std::string reason = {};  ///< "no_carrier", "over_capacity", "out_of_time", "no_room".
  DraftStop stop = {};

  void fields(auto& f) {
    f("reason", reason);
    f("stop", stop);
  }
};

/// A building with goods and nobody on duty for it (E16).
struct DutyGap {
  Id<access::Place> building{};
  std::string path = {};
  std::string name = {};
  std::int64_t parcels = 0;

  void fields(auto& f) {
    f.at(path);
    f("building", building);
    f("name", name);
    f("parcels", parcels);
  }
};

struct Draft {
  std::vector<DraftRun> runs = {};
  std::vector<DraftLeftOut> left_out = {};
  std::vector<DutyGap> gaps = {};
  std::int64_t parcels = 0;  ///< Of all that were to be planned.
  std::int64_t carriers = 0;
  std::int64_t flights = 0;
  std::int64_t arrival_order_flights = 0;
  bool idle = false;  ///< So few wait that windows are not waited for (E10).

  void fields(auto& f) {
    f("runs", runs);
    f("left_out", left_out);
    f("gaps", gaps);
    f("parcels", parcels);
    f("carriers", carriers);
    f("flights", flights);
    f("arrival_order_flights", arrival_order_flights);
    f("idle", idle);
  }
};

struct DraftRequest {
  std::optional<Class> kind = {};                         ///< Absent: all classes that wait.
  std::optional<std::vector<Id<Account>>> carriers = {};  ///< Absent: every volunteer on shift.
  std::optional<std::int64_t> seed = {};

  void fields(auto& f) {
    f("class", kind);
    f("carriers", carriers);
    f("seed", seed);
  }
};

/// Everything that is ready and in no run. Errors: those of the rule pack; invalid "run.no_carrier".
Result<Draft> draft(api::Context& context, const DraftRequest& request);

/// Buildings of the scope where goods wait or are expected and no volunteer on shift is there for them.
std::vector<DutyGap> duty_gaps(api::Context& context, const duty::Roster& roster);

}  // namespace doorstep::delivery
