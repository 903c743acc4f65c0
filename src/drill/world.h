#pragma once
/// \file World: a community as it stands before the first day: places, people, staff with their
/// shifts, a link for every household. Built once through the endpoints, then copied for each seed.

#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "drill/house.h"
#include "drill/preset.h"

namespace doorstep::drill {

struct Home {
  std::string id;
  std::int64_t number = 0;  ///< The id as a number.
  std::vector<std::string> people = {};
  std::string link = {};
  int grid = 0;
  Day start{};         ///< Of the observation.
  bool found = false;  ///< In the presence round; nobody had known of them.
};

struct Colleague {
  std::string account;
  std::int64_t number = 0;
  std::string role;
  int grid = -1;             ///< -1: the whole community.
  std::string session = {};  ///< Renewed while the drill runs.
};

struct World {
  const Preset* preset = nullptr;  ///< Outlives the world.
  Zone zone;
  Instant begin{};  ///< Midnight of the first day.
  int days = 0;
  std::int64_t community = 0;
  std::string rules = {};   ///< Source of the rule pack.
  std::string folder = {};  ///< What a House opens a copy of.
  std::string residents_file = {};
  std::vector<Home> homes = {};
  std::string quiet_building = {};             ///< In it nobody is known.
  std::vector<std::int64_t> quiet_doors = {};  ///< Its dwellings.
  std::vector<Colleague> staff = {};           ///< The manager first.
};

/// Makes sessions of 12 hours for those whose grant is in force.
void sign_in(House& house, std::vector<Colleague>& staff);

struct WorldOptions {
  std::uint64_t seed = 20200125;  ///< Of names, and of every key and link.
  bool phones = false;            ///< One household in five has none.
};

/// Builds it below `root` (a folder that exists). Throws std::runtime_error where an endpoint refuses.
World build_world(const Preset& preset, int days, const std::string& root,
                  const WorldOptions& options = {});

/// `"name":"VALUE"` of an answer; empty where there is none.
[[nodiscard]] std::string text_member(const std::string& body, std::string_view name);

}  // namespace doorstep::drill
