// The known keys of a rule pack: what is refused and how it is named, and that the table knows every key and every
// kind of duty that the source reads.

#include "base/rule_keys.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"

namespace doorstep {
namespace {

std::string heat() {
  return std::string(embedded("rules/heatwave-donghuli.toml"));
}

std::string with(std::string text, std::string_view what, std::string_view instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

TEST(RuleKeys, N29_WhatIsMistypedIsRefusedByLineAndName) {
  struct Case {
    const char* what;
    const char* instead;
    const char* code;
    const char* hint;
  };
  for (const Case& one : {
           Case{"[closing]", "[closig]", "rules.unknown_key", ": closig"},
           Case{"review_days", "reviw_days", "rules.unknown_key", ": care.reviw_days"},
           Case{"[duty.care_unwell]", "[duty.care_unwel]", "rules.unknown_key",
                ": duty.care_unwel"},
           Case{"from_tenths = 370", "form_tenths = 370", "rules.unknown_key",
                ": level.steps[1].form_tenths"},
           Case{"from_tenths = 370", "from_tenths = \"37\"", "rules.wrong_type",
                ": level.steps[1].from_tenths"},
           Case{"until = \"11:00\"", "until = \"11.00\"", "rules.wrong_type",
                ": care.windows[0].until"},
           Case{"until = \"11:00\"", "label2 = \"11:00\"", "rules.unknown_key",
                ": care.windows[0].label2"},
           Case{", until = \"11:00\"", "", "rules.missing", ": care.windows[0].until"},
           Case{"kind = \"care\"", "kind = \"caer\"", "rules.wrong_type", ": kind"},
           Case{"kind = \"care\"", "kind = \"control\"", "rules.missing",
                "observation.length_days"},
           Case{"version = 1", "version =", "rules.not_toml", "line "},
       }) {
    const std::string text = with(heat(), one.what, one.instead);
    const auto checked = check_rule_keys(text);
    ASSERT_FALSE(checked.ok()) << one.instead;
    EXPECT_EQ(checked.error().code, one.code) << one.instead << checked.error().hint;
    EXPECT_NE(checked.error().hint.find(one.hint), std::string::npos) << checked.error().hint;
    if (checked.error().code == "rules.unknown_key") {
      const auto at = text.find(one.instead);
      const auto line = std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n') + 1;
      EXPECT_TRUE(checked.error().hint.starts_with(fmt::format("line {}: ", line)))
          << checked.error().hint << " is not of line " << line;
    }
  }
  EXPECT_TRUE(check_rule_keys(heat()).ok());
}

/// A pack that says this key alone is refused for what is missing, never as unknown.
bool is_known(const std::string& key) {
  const auto dot = key.rfind('.');
  const auto list = key.find("[]");
  const std::string text =
      list != std::string::npos
          ? fmt::format("[[{}]]\nname = \"x\"\n", key.substr(0, list))
          : fmt::format("[{}]\n{} = 1\n", key.substr(0, dot), key.substr(dot + 1));
  const auto checked = check_rule_keys(text);
  return checked.ok() || checked.error().code != "rules.unknown_key" ||
         checked.error().hint.ends_with("].name");
}

TEST(RuleKeys, N29_EveryKeyThatTheSourceReadsIsKnown) {
  const std::regex read(
      R"re((?:rules|rules\(\)|pack)(?:\.|->)(integer|boolean|string|strings|time_of_day|count)\(\s*"([a-z_]+\.[a-z_.]+)"\))re");
  const std::regex kind(R"re(duty::Kind \w+\{"([a-z_]+)")re");
  EXPECT_FALSE(is_known("care.windwos"));
  EXPECT_FALSE(is_known("duty.care_cal.finish_minutes"));
  int keys = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(std::string(DOORSTEP_SOURCE_DIR) + "/src")) {
    const std::string path = file.path().string();
    if (!file.is_regular_file() || path.find("_test.") != std::string::npos) continue;
    std::ifstream in(path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), read), end; at != end; ++at) {
      const std::string key = (*at)[2].str() + ((*at)[1] == "count" ? "[]" : "");
      EXPECT_TRUE(is_known(key)) << key << " in " << path;
      ++keys;
    }
    for (std::sregex_iterator at(text.begin(), text.end(), kind), end; at != end; ++at) {
      EXPECT_TRUE(is_known("duty." + (*at)[1].str() + ".finish_minutes")) << (*at)[1] << path;
      ++keys;
    }
  }
  EXPECT_GT(keys, 60);
}

}  // namespace
}  // namespace doorstep
