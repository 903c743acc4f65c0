// `doorstep plan` as somebody at a shell uses it.

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/server_process.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

/// A rice bag for the seventh floor, and one for the first.
json::value plan(bool lift) {
  const auto path = std::filesystem::temp_directory_path() /
                    fmt::format("doorstep-plan-{}-{}.json", getpid(), lift);
  std::ofstream(path) << fmt::format(
      R"({{"wave":"one entrance","depot":{{"x":0,"y":0}},)"
      R"("entrances":[{{"id":"u1","building":"b1","lift":{},"x":30,"y":0}}],)"
      R"("classes":[{{"name":"food","open":"09:00","close":"12:00"}}],)"
      R"("stops":[{{"id":"701","entrance":"u1","floor":7,"class":"food","kg":5,"litres":9}},)"
      R"({{"id":"101","entrance":"u1","floor":1,"class":"food","kg":5,"litres":9}}],)"
      R"("carriers":[{{"id":"one","kg":30,"litres":120,"start":"08:30","end":"18:00"}}]}})",
      lift);
  FILE* run = popen(
      fmt::format("{} plan {} --iterations 200 --check", program_path(), path.string()).c_str(),
      "r");
  std::string said;
  std::array<char, 4096> part{};
  while (const std::size_t read = fread(part.data(), 1, part.size(), run)) {
    said.append(part.data(), read);
  }
  EXPECT_EQ(pclose(run), 0) << said;
  std::filesystem::remove(path);
  return json::parse(said);
}

/// Six flights to the seventh floor and none to the first; none at all where a lift goes.
TEST(Plan, A10_AWayCostsTheFlightsThatAreClimbed) {
  const json::value stairs = plan(false);
  const json::value lift = plan(true);
  EXPECT_EQ(stairs.at("flights").as_int64(), 6);
  EXPECT_EQ(lift.at("flights").as_int64(), 0);
  EXPECT_GT(stairs.at("cost").to_number<double>(), lift.at("cost").to_number<double>());
}

}  // namespace
}  // namespace doorstep::app
