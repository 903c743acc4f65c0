#include "care/registry/door_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace doorstep::registry {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array building_words{"号楼"sv, "栋"sv, "幢"sv, "座"sv, "号"sv, "楼"sv};
constexpr std::array entrance_words{"单元"sv, "门洞"sv, "门"sv, "梯"sv, "unit"sv};
constexpr std::array dwelling_words{"号房"sv, "室"sv, "号"sv, "户"sv, "房"sv};
constexpr std::array area_words{"网格"sv, "小区"sv, "grid"sv};
constexpr std::array dashes{"—"sv, "–"sv, "‐"sv, "−"sv, "~"sv, "/"sv, "#"sv, "_"sv, "、"sv};
constexpr std::array figures{"零"sv, "一"sv, "二"sv, "三"sv, "四"sv,
                             "五"sv, "六"sv, "七"sv, "八"sv, "九"sv};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_plain(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Folded, without any space, and with one kind of dash.
std::string plain(std::string_view text) {
  std::string out = text::fold(text);
  std::erase(out, ' ');
  for (const std::string_view dash : dashes) replace_all(out, dash, "-");
  return out;
}

template <std::size_t size>
bool strip_end(std::string& text, const std::array<std::string_view, size>& words) {
  for (const std::string_view word : words) {
    if (text.size() <= word.size() || !text.ends_with(word)) continue;
    text.resize(text.size() - word.size());
    return true;
  }
  return false;
}

std::string without_zeros(std::string_view number) {
  const auto first = number.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(number.substr(first));
}

/// One to ninety-nine in Chinese figures, or digits; as digits without leading zeros.
std::optional<std::string> number_of(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (std::ranges::all_of(text, is_digit)) return without_zeros(text);
  std::int64_t value = 0;
  std::int64_t figure = -1;
  bool ten = false;
  while (!text.empty()) {
    if (text.starts_with("十")) {
      if (ten) return std::nullopt;
      value = (figure < 0 ? 1 : figure) * 10;
      figure = -1;
      ten = true;
      text.remove_prefix("十"sv.size());
      continue;
    }
    const auto found =
        std::ranges::find_if(figures, [&](std::string_view one) { return text.starts_with(one); });
    if (found == figures.end() || figure >= 0) return std::nullopt;
    figure = found - figures.begin();
    text.remove_prefix(found->size());
  }
  return std::to_string(value + std::max<std::int64_t>(figure, 0));
}

template <std::size_t size>
std::string key_of(std::string_view name, const std::array<std::string_view, size>& words) {
  if (!name.empty() && std::ranges::all_of(name, is_digit)) return without_zeros(name);
  const std::string whole = plain(name);
  std::string core = whole;
  if (core.starts_with("第")) core.erase(0, "第"sv.size());
  strip_end(core, words);
  if (const auto number = number_of(core)) return *number;
  if (!core.empty() && std::ranges::all_of(core, is_plain)) return core;
  return whole;
}

/// Where the figures begin that `text` ends with: digits, or else one Chinese number.
std::size_t number_start(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && is_plain(text[at - 1])) --at;
  if (at < text.size()) return at;
  while (at >= 3 && number_of(text.substr(at - 3, 3)).has_value()) at -= 3;
  return at;
}

bool like_a_dwelling(std::string_view text) {
  return !text.empty() && text.size() <= 8 && std::ranges::all_of(text, is_plain) &&
         std::ranges::any_of(text, is_digit);
}

/// "3楼301" says the floor twice.
std::string without_floor(std::string text) {
  for (const std::string_view word : {"楼"sv, "层"sv}) {
    const auto at = text.find(word);
    if (at == std::string::npos || at + word.size() == text.size()) continue;
    if (number_of(std::string_view(text).substr(0, at))) text.erase(0, at + word.size());
  }
  return text;
}

std::string trim_dashes(std::string text) {
  while (text.starts_with('-')) text.erase(0, 1);
  while (text.ends_with('-')) text.pop_back();
  return text;
}

void add(std::vector<DoorReading>& readings, DoorReading one) {
  if (one == DoorReading{} || std::ranges::find(readings, one) != readings.end()) return;
  readings.push_back(std::move(one));
}

/// "10栋2单元301": the entrance is said by its word.
bool read_by_entrance(const std::string& text, std::vector<DoorReading>& readings) {
  for (const std::string_view word : entrance_words) {
    const auto at = text.find(word);
    if (at == std::string::npos || at == 0) continue;
    const std::string_view before = std::string_view(text).substr(0, at);
    const std::size_t start = number_start(before);
    std::string door = trim_dashes(without_floor(text.substr(at + word.size())));
    strip_end(door, dwelling_words);
    if (start == at || (!door.empty() && !like_a_dwelling(door))) continue;
    add(readings, {trim_dashes(std::string(before.substr(0, start))),
                   entrance_key(before.substr(start)), dwelling_key(door)});
    return true;
  }
  return false;
}

/// "10栋301", "10栋2-301", "静园巷13号103": the building is said by its word.
void read_by_building(const std::string& text, std::vector<DoorReading>& readings) {
  for (const std::string_view word : building_words) {
    const auto at = text.rfind(word);
    if (at == std::string::npos || at == 0 || at + word.size() == text.size()) continue;
    const std::string building = text.substr(0, at + word.size());
    const std::string rest = trim_dashes(without_floor(text.substr(at + word.size())));
    const auto dash = rest.find('-');
    if (dash == std::string::npos && like_a_dwelling(rest)) {
      add(readings, {building, "", dwelling_key(rest)});
    } else if (dash != std::string::npos && like_a_dwelling(rest.substr(dash + 1))) {
      add(readings,
          {building, entrance_key(rest.substr(0, dash)), dwelling_key(rest.substr(dash + 1))});
    }
  }
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto dash = std::min(text.find('-', from), text.size());
    if (dash > from) parts.push_back(text.substr(from, dash - from));
    from = dash + 1;
  }
  return parts;
}

/// "10-2-301", "10-301", "301".
void read_by_dashes(const std::string& text, std::vector<DoorReading>& readings) {
  const std::vector<std::string> parts = split(text);
  if (parts.empty() || !like_a_dwelling(parts.back())) return;
  const std::string door = dwelling_key(parts.back());
  if (parts.size() == 1) {
    add(readings, {"", "", door});
    return;
  }
  const std::string& second = parts[parts.size() - 2];
  std::string head;
  for (std::size_t at = 0; at + 2 < parts.size(); ++at) head += (at > 0 ? "-" : "") + parts[at];
  if (parts.size() > 2) {
    add(readings, {head, entrance_key(second), door});
    add(readings, {head + '-' + second, "", door});
    return;
  }
  add(readings, {second, "", door});
  add(readings, {second, entrance_key(parts.back()), ""});
  add(readings, {"", entrance_key(second), door});
}

}  // namespace

std::string building_key(std::string_view name) {
  return key_of(name, building_words);
}

std::string entrance_key(std::string_view name) {
  return key_of(name, entrance_words);
}

std::string dwelling_key(std::string_view name) {
  return key_of(name, dwelling_words);
}

std::string area_key(std::string_view name) {
  return key_of(name, area_words);
}

std::string door_key(std::string_view building, std::string_view entrance,
                     std::string_view dwelling) {
  std::string key = building_key(building);
  key += '-';
  key += entrance_key(entrance);
  key += '-';
  key += dwelling_key(dwelling);
  return key;
}

std::string join_door(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (name.empty()) continue;
    if (!out.empty() && is_plain(out.back()) && is_plain(name.front())) out += '-';
    out += name;
  }
  return out;
}

std::vector<DoorReading> read_door(std::string_view text) {
  std::vector<DoorReading> readings;
  const std::string whole = plain(text);
  if (whole.empty()) return readings;
  if (read_by_entrance(whole, readings)) return readings;
  std::string bare = whole;
  strip_end(bare, dwelling_words);
  read_by_building(bare, readings);
  if (readings.empty()) read_by_dashes(bare, readings);
  // "邮电宿舍201": a name, then a door.
  const std::size_t start = number_start(bare);
  if (readings.empty() && start > 0 && like_a_dwelling(std::string_view(bare).substr(start))) {
    add(readings, {trim_dashes(bare.substr(0, start)), "", dwelling_key(bare.substr(start))});
  }
  add(readings, {whole, "", ""});
  return readings;
}

}  // namespace doorstep::registry
