#include "engine/linkage/address.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "engine/linkage/han.h"
#include "engine/linkage/plain_values.h"

namespace doorstep::linkage {
namespace {

enum class Part : std::uint8_t { unknown, building, unit, room, floor, road };

struct Number {
  std::u32string text;
  Part part = Part::unknown;
  bool plain_hao = false;  ///< Followed by a bare 号: building or house, known by what follows.
};

bool is_number_character(char32_t point) {
  return (point >= U'0' && point <= U'9') || (point >= U'a' && point <= U'z');
}

bool starts_with(std::u32string_view text, std::u32string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

struct Suffix {
  std::u32string_view text;
  Part part;
};

/// Longer suffixes stand before the shorter ones that begin them.
constexpr std::array suffixes = std::to_array<Suffix>({
    {U"号楼", Part::building}, {U"号室", Part::room},   {U"号院", Part::road},
    {U"单元", Part::unit},     {U"栋", Part::building}, {U"幢", Part::building},
    {U"座", Part::building},   {U"门", Part::unit},     {U"梯", Part::unit},
    {U"室", Part::room},       {U"户", Part::room},     {U"房", Part::room},
    {U"层", Part::floor},      {U"楼", Part::floor},    {U"弄", Part::road},
    {U"巷", Part::road},       {U"期", Part::road},     {U"区", Part::road},
    {U"组", Part::road},       {U"村", Part::road},     {U"路", Part::road},
    {U"街", Part::road},       {U"道", Part::road},     {U"里", Part::road},
});

/// Reads numbers and suffixes from `at`; nullopt when something stands there that is neither, so
/// that the number before it belongs to a name (第3人民医院宿舍).
std::optional<std::vector<Number>> read_tail(std::u32string_view rest) {
  std::vector<Number> numbers;
  while (!rest.empty()) {
    Number number;
    while (!rest.empty() && is_number_character(rest[0])) {
      number.text.push_back(rest[0]);
      rest.remove_prefix(1);
    }
    if (number.text.empty()) return std::nullopt;
    for (const Suffix& suffix : suffixes) {
      if (!starts_with(rest, suffix.text)) continue;
      number.part = suffix.part;
      rest.remove_prefix(suffix.text.size());
      break;
    }
    if (number.part == Part::unknown && starts_with(rest, U"号")) {
      number.plain_hao = true;
      rest.remove_prefix(1);
    }
    if (number.part == Part::road) return std::nullopt;
    while (!rest.empty() && (rest[0] == U'-' || rest[0] == U' ' || rest[0] == U'#' ||
                             rest[0] == U'/' || rest[0] == U',' || rest[0] == U'，')) {
      rest.remove_prefix(1);
    }
    numbers.push_back(std::move(number));
  }
  return numbers;
}

/// Gives each bare number its part by place: 12-4-1403 is building, unit, room; 12-1403 building,
/// room.
void place_bare_numbers(std::vector<Number>& numbers) {
  const auto has = [&](Part part) {
    return std::ranges::any_of(numbers, [&](const Number& one) { return one.part == part; });
  };
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Number& one = numbers[i];
    if (one.part != Part::unknown) continue;
    const bool last = i + 1 == numbers.size();
    if (one.plain_hao) {
      one.part = last && has(Part::building) ? Part::room : Part::building;
    } else if (last && !has(Part::room) && (numbers.size() > 1 || one.text.size() >= 3)) {
      one.part = Part::room;
    } else if (!has(Part::building)) {
      one.part = Part::building;
    } else if (!has(Part::unit)) {
      one.part = Part::unit;
    } else {
      one.part = Part::floor;
    }
  }
}

/// Never 0, so that 0 can mean "none"; leading zeros do not count (0403 is 403).
std::uint16_t number_key(std::u32string_view text) {
  while (text.size() > 1 && text[0] == U'0') text.remove_prefix(1);
  std::uint32_t hash = 2166136261U;
  for (const char32_t point : text) hash = (hash ^ static_cast<std::uint32_t>(point)) * 16777619U;
  return static_cast<std::uint16_t>((hash ^ (hash >> 16U)) | 1U);
}

/// Whether a unit of administration may end here: 城市 and 小区 are words of names, not of places
/// above.
bool ends_region(std::u32string_view text, std::size_t end) {
  const char32_t last = text[end - 1];
  if (end >= 3 && text.substr(end - 2, 2) == U"街道") return true;
  if (end < 3) return false;
  const char32_t before = text[end - 2];
  if (last == U'省') return true;
  if (last == U'市')
    return before != U'城' && before != U'都' && before != U'超' && before != U'夜';
  if (last == U'区') {
    return before != U'小' && before != U'社' && before != U'园' && before != U'院';
  }
  return last == U'县' || last == U'镇' || last == U'乡';
}

/// Takes province, city, district, street office off the front, as long as a name is left.
std::u32string_view without_regions(std::u32string_view text) {
  bool taken = true;
  while (taken) {
    taken = false;
    for (std::size_t end = 2; end <= 9 && end + 2 <= text.size(); ++end) {
      if (!ends_region(text, end)) continue;
      text.remove_prefix(end);
      taken = true;
      break;
    }
  }
  for (const std::u32string_view word :
       {std::u32string_view{U"小区"}, std::u32string_view{U"社区"}}) {
    if (text.size() >= word.size() + 2 && text.substr(text.size() - word.size()) == word) {
      text.remove_suffix(word.size());
    }
  }
  return text;
}

std::u32string joined(std::u32string_view text) {
  std::u32string out;
  for (const char32_t point : text) {
    if (point != U' ' && point != U',' && point != U'，') out.push_back(point);
  }
  return out;
}

}  // namespace

Address read_address(std::string_view text) {
  Address out;
  const std::u32string points = text::code_points(fold_name(text));
  if (std::ranges::none_of(points, is_han)) {
    out.community = read_words(text);
    return out;
  }
  for (std::size_t at = 0; at < points.size(); ++at) {
    const bool begins =
        is_number_character(points[at]) && (at == 0 || !is_number_character(points[at - 1]));
    if (!begins) continue;
    auto numbers = read_tail(std::u32string_view(points).substr(at));
    if (!numbers) continue;
    place_bare_numbers(*numbers);
    for (const Number& one : *numbers) {
      const std::uint16_t key = number_key(one.text);
      if (one.part == Part::building) out.building = key;
      if (one.part == Part::unit) out.unit = key;
      if (one.part == Part::room) out.room = key;
    }
    out.numbers = static_cast<std::uint16_t>(numbers->size());
    const std::u32string name = joined(std::u32string_view(points).substr(0, at));
    out.community = text::from_code_points(without_regions(name));
    return out;
  }
  out.community = text::from_code_points(without_regions(joined(points)));
  return out;
}

}  // namespace doorstep::linkage
