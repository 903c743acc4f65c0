#pragma once
/// \file The lexicon's TSV files, built into the program by embed_lexicon.py, and how to walk them.

#include <span>
#include <string_view>
#include <vector>

namespace doorstep::intake {

namespace tables {
extern const std::string_view address;
extern const std::string_view asks;
extern const std::string_view canonical;
extern const std::string_view common;
extern const std::string_view cues;
extern const std::string_view danger;
extern const std::string_view english;
extern const std::string_view goods;
extern const std::string_view persons;
extern const std::string_view pinyin;
extern const std::string_view simplified;
extern const std::string_view triage;
extern const std::string_view units;
extern const std::string_view words;
}  // namespace tables

[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// Calls `use` with the columns of each row; comments (#) and empty lines are left out.
template <class Use>
void for_each_row(std::string_view table, Use use) {
  for (const std::string_view line : split(table, '\n')) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string_view> row = split(line, '\t');
    use(std::span<const std::string_view>{row});
  }
}

}  // namespace doorstep::intake
