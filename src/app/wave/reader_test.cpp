/// \file WAVE.json: the examples of the repository, and what is wrong by its path.

#include "app/wave/reader.h"

#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/wave/answer.h"
#include "engine/routing/dispatch.h"

namespace doorstep::app {
namespace {

std::string example(const std::string& name) {
  std::ifstream file(std::string(DOORSTEP_SOURCE_DIR "/examples/plan/") + name + ".json");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(WaveReader, ReadsTheExamplesAndTheyArePlannedCleanly) {
  const std::pair<const char*, std::size_t> examples[] = {{"fumin", 950}, {"qinghu", 183}};
  for (const auto& [name, stops] : examples) {
    const auto wave = read_wave(example(name));
    ASSERT_TRUE(wave.ok()) << wave.error().hint;
    EXPECT_EQ(wave->stops.size(), stops);
  }
  for (const char* name : {"fumin", "qinghu", "urban_village"}) {
    const auto wave = read_wave(example(name));
    ASSERT_TRUE(wave.ok()) << name << ": " << wave.error().hint;
    const auto plan = routing::dispatch(*wave, {100, 0, {}}, {}, true);
    ASSERT_TRUE(plan.ok()) << plan.error().hint;
    EXPECT_TRUE(plan->faults.empty()) << name << ": " << plan->faults.front();
    EXPECT_LE(plan->flights * 10, plan->arrival_order_flights * 8) << name;
    const auto answer = boost::json::parse(answer_text(*wave, *plan, {})).as_object();
    EXPECT_EQ(answer.at("flights").as_int64(), plan->flights);
    EXPECT_EQ(answer.at("runs").as_array().size(), plan->runs.size());
  }
}

TEST(WaveReader, NamesTheMemberThatIsWrong) {
  const auto hint = [](const char* text) {
    const auto wave = read_wave(text);
    return wave.ok() ? std::string() : wave.error().hint;
  };
  EXPECT_EQ(hint("[]"), "1:1: is not a JSON object");
  EXPECT_EQ(hint("{").substr(0, 25), "1:2: is not a JSON object");
  EXPECT_EQ(hint("{\n \"wave\": 1,\n \"x\" 2}").substr(0, 25), "3:6: is not a JSON object");
  EXPECT_EQ(hint("{}\n{}").substr(0, 25), "2:1: is not a JSON object");
  EXPECT_EQ(hint(R"({"wave": 1})"), "1:2: wave is not a string");
  EXPECT_EQ(hint(R"({"rules": {"flihgt_seconds": 1}})"), "1:12: rules.flihgt_seconds is not known");
  EXPECT_EQ(hint(R"({"stops": [{"kg": -1}]})"), "1:13: stops[0].kg is out of range");
  EXPECT_EQ(hint(R"({"stops": [{"kg": 1e300}]})"), "1:13: stops[0].kg is out of range");
  EXPECT_EQ(
      hint("{\"wave\": \"a \\\"[{\",\n\"stops\": [{\"needs\": [\"]\"]},\n{\"open\": \"25:00\"}]}"),
      "3:2: stops[1].open is not HH:MM");
  EXPECT_EQ(hint("{\n\"stops\": [ {},\n 7]}"), "3:2: stops[1] is not an object");
  EXPECT_EQ(hint(R"({"carriers": {}})"), "1:2: carriers is not an array");
  EXPECT_EQ(hint(R"({"walk_seconds": [1]})"), "1:19: walk_seconds[0] is not an array");
  EXPECT_EQ(hint(R"({"a.b[": [1]})"), "1:2: a.b[ is not known");
}

TEST(WaveReader, TakesEveryMemberThatTheSchemaNames) {
  const auto schema = boost::json::parse(wave_schema).as_object();
  for (const auto& member : schema.at("properties").as_object()) {
    boost::json::object wave;
    wave[member.key()] = nullptr;
    const auto read = read_wave(boost::json::serialize(wave));
    ASSERT_FALSE(read.ok()) << member.key();
    EXPECT_EQ(read.error().hint.find("is not known"), std::string::npos) << read.error().hint;
  }
}

}  // namespace
}  // namespace doorstep::app
