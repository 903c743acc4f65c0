#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class Places : public RegistryHouse {};
DOORSTEP_ON_BOTH_ENGINES(Places);

TEST_P(Places, A2_AMovedBuildingTakesAlongWhatLiesInItAndItsHistoryTellsWhere) {
  import_fumin();
  const std::string building = place("building", "8栋");
  const std::string second = place("grid", "二网格");
  const std::string third = place("grid", "三网格");
  const auto household = id_text(count("SELECT id FROM household WHERE door = '8栋1单元101'"));
  change("/api/v1/observations", "{\"household\":\"" + household + "\",\"ground\":\"area\"}");
  const std::string observations =
      "SELECT COUNT(*) FROM observation o JOIN household h"
      " ON h.id = o.household_id WHERE o.path = h.path";
  const auto before = count(observations);

  change("/api/v1/places/" + building + "/move", "{\"parent\":\"" + third + "\"}");
  const std::string path = path_of_place("building", "8栋");
  EXPECT_TRUE(path.starts_with(path_of_place("grid", "三网格")));
  const std::string range =
      " WHERE path >= '" + path + "' AND path < '" + access::path_end(path) + "'";
  EXPECT_EQ(count("SELECT COUNT(*) FROM household" + range), 42);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place" + range), 1 + 3 + 42);
  EXPECT_EQ(count(observations), before);

  clock().advance(std::chrono::hours{1});
  change("/api/v1/places/" + building + "/move", "{\"parent\":\"" + second + "\"}");
  const auto history = get(at_the_shell, "/api/v1/places/" + building + "/history");
  ASSERT_EQ(length(history, "rows"), 2U) << history.body;
  EXPECT_EQ(member(history, "rows.0.to_name"), "二网格");
  EXPECT_EQ(member(history, "rows.1.from_name"), "二网格");
  EXPECT_EQ(member(history, "rows.1.to_name"), "三网格");
}

TEST_P(Places, A2_ABuildingInNoGridIsReported) {
  const std::string grid = add_place("grid", "五网格");
  const std::string building = add_place("building", "20栋");
  EXPECT_EQ(member(get(at_the_shell, "/api/v1/gaps"), "buildings_in_no_grid.0.name"), "20栋");
  change("/api/v1/places/" + building + "/move", "{\"parent\":\"" + grid + "\"}");
  EXPECT_EQ(length(get(at_the_shell, "/api/v1/gaps"), "buildings_in_no_grid"), 0U);
}

TEST_P(Places, A1_TheTreeCountsWhatLiesBelow) {
  import_fumin();
  const auto tree = get(at_the_shell, "/api/v1/places?limit=1000");
  ASSERT_EQ(length(tree, "rows"), 5U + 20U + 68U) << tree.body;
  std::int64_t entrances = 0;
  std::int64_t households = 0;
  for (int row = 0; row < 93; ++row) {
    const std::string at = "rows." + std::to_string(row);
    if (member(tree, at + ".kind") != "grid") continue;
    const auto number = [&](const char* name) {
      return std::strtoll(member(tree, at + ".counts." + name).c_str(), nullptr, 10);
    };
    entrances += number("entrances");
    households += number("households");
    EXPECT_TRUE(number("households") == 196 || number("households") == 166);
  }
  EXPECT_EQ(entrances, 68);
  EXPECT_EQ(households, 950);
  const auto doors = get(
      at_the_shell, "/api/v1/places?kind=dwelling&limit=100&below=" + place("building", "19栋"));
  EXPECT_EQ(length(doors, "rows"), 41U);
}

TEST_P(Places, A10_AnEntranceKnowsItsFloorsAndLift) {
  const std::string building = add_place("building", "7栋");
  const std::string entrance = add_place("entrance", "1单元", building);
  change("/api/v1/places/" + entrance + "/rename", R"({"floors":7,"lift":false})");
  const auto tree = get(at_the_shell, "/api/v1/places?kind=entrance");
  EXPECT_EQ(member(tree, "rows.0.floors"), "7");
  EXPECT_EQ(member(tree, "rows.0.lift"), "false");
}

TEST_P(Places, WrongPlacesAreRefused) {
  const std::string building = add_place("building", "1栋");
  const auto code = [&](std::string_view json) {
    return member(post(at_the_shell, "/api/v1/places", json), "code");
  };
  const std::string below = ",\"parent\":\"" + building + "\"}";
  EXPECT_EQ(code(R"({"kind":"building","name":"1栋"})"), "place.duplicate");
  EXPECT_EQ(code(R"({"kind":"building","name":" "})"), "place.name");
  EXPECT_EQ(code(R"({"kind":"entrance","name":"1单元"})"), "place.parent");
  EXPECT_EQ(code(R"({"kind":"grid","name":"一网格")" + below), "place.parent");
  EXPECT_EQ(code(R"({"kind":"entrance","name":"1单元","floors":0)" + below), "place.floors");
  EXPECT_EQ(code(R"({"kind":"entrance","name":"1","parent":"0000000000001"})"), "place.unknown");
}

TEST_P(Places, RenamingABuildingRenamesItsDoors) {
  import_fumin();
  change("/api/v1/places/" + place("building", "3栋") + "/rename", R"({"name":"33栋"})");
  EXPECT_EQ(count("SELECT COUNT(*) FROM household WHERE door = '33栋2单元301'"), 1);
  const auto found = post(at_the_shell, "/api/v1/doors/resolve", R"({"text":"33-2-301"})");
  EXPECT_EQ(member(found, "state"), "one") << found.body;
  EXPECT_EQ(member(post(at_the_shell, "/api/v1/doors/resolve", R"({"text":"3-2-301"})"), "state"),
            "none");
}

}  // namespace
}  // namespace doorstep::registry
