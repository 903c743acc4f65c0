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

/// A wave of one stop, with the given lines in the place of its own.
std::string one_stop(const std::string& stop, const std::string& carrier = R"({"id": "c"})",
                     const std::string& more = R"("wave": "w")") {
  return "{\n\"entrances\": [{\"id\": \"e\"}],\n\"classes\": [{\"name\": \"p\"}],\n\"stops\": [\n" +
         stop + "],\n\"carriers\": [\n" + carrier + "],\n" + more + "}";
}

TEST(WaveReader, NamesTheLineOfWhatDoesNotFitTogether) {
  const auto hint = [](const std::string& text) {
    const auto wave = read_wave(text);
    if (!wave) return "not read: " + wave.error().hint;
    const auto plan = routing::dispatch(*wave, {1, 0, {}}, {});
    return plan.ok() ? std::string() : placed(text, plan.error()).hint;
  };
  const std::string good = R"({"id": "s", "entrance": "e", "class": "p"})";
  const std::string one = R"({"id": "c"})";
  EXPECT_EQ(hint(one_stop(good)), "");
  EXPECT_EQ(hint(one_stop(good + ",\n" + good)), R"(6:1: stops[1]: stop "s" stands twice)");
  EXPECT_EQ(hint(one_stop(R"({"id": "s", "class": "p"})")),
            R"(5:1: stops[0].entrance: no entrance "")");
  EXPECT_EQ(hint(one_stop(R"({"id": "s", "entrance": "a\nb", "class": "p"})")),
            R"(5:13: stops[0].entrance: no entrance "a b")");
  EXPECT_EQ(hint(one_stop("{\"id\": \"s\", \"entrance\": \"e\",\n\"class\": \"x\"}")),
            R"(6:1: stops[0].class: no class "x")");
  const std::string begun = R"({"id": "s", "entrance": "e", "class": "p", )";
  EXPECT_EQ(hint(one_stop(begun + "\"floor\": 0}")), "5:44: stops[0].floor: is not in 1..200");
  EXPECT_EQ(hint(one_stop(begun + "\"level\": 8}")), "5:44: stops[0].level: is not in 0..7");
  EXPECT_EQ(hint(one_stop(begun + R"("open": "12:00", "close": "11:00"})")),
            "5:61: stops[0].close: is before it opens");
  EXPECT_EQ(hint(one_stop(begun + R"("pickup_at": "s"})")),
            R"(5:44: stops[0].pickup_at: stop "s" is in two pairs)");
  EXPECT_EQ(hint(one_stop(good, R"({"id": "c", "runs": 0})")),
            "7:13: carriers[0].runs: is not in 1..100");
  EXPECT_EQ(hint(one_stop(good, one + "," + one)),
            R"(7:13: carriers[1]: carrier "c" stands twice)");
  EXPECT_EQ(hint(one_stop(good, one, R"("rules": {"fairness": 2000000})")),
            "8:11: rules.fairness: is out of range");
  EXPECT_EQ(hint(one_stop(good, one,
                          R"("frozen": [{"carrier": "c",)"
                          "\n\"stops\": [\"s\", \"s\"]}]")),
            R"(9:16: frozen[0].stops[1]: stop "s" is frozen twice)");
  EXPECT_EQ(hint(one_stop(good, one, R"("frozen": [{"carrier": "d"}])")),
            R"(8:13: frozen[0].carrier: no carrier "d")");
  EXPECT_EQ(hint(one_stop(good, one, R"("walk_seconds": [[0, 1]])")),
            "8:1: walk_seconds: a row for the depot and one for each entrance are expected");
  EXPECT_EQ(hint(one_stop(good, one, R"("walk_seconds": [[0, 1], [-2, 0]])")),
            "8:27: walk_seconds[1][0]: a walk of -2 s");
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
