#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "care/registry/import_dwellings.h"

namespace doorstep::registry {
namespace {

Error invalid(const char* reason) {
  return {ErrorKind::invalid, reason};
}

/// "3", "3楼", "-1", "负1层".
std::optional<std::int64_t> small_number(std::string_view text) {
  std::string plain = text::fold(text);
  bool negative = false;
  for (const std::string_view sign : {"-", "负", "b"}) {
    if (!plain.starts_with(sign)) continue;
    negative = true;
    plain.erase(0, sign.size());
  }
  for (const std::string_view word : {"楼", "层", "f"}) {
    if (plain.ends_with(word)) plain.resize(plain.size() - word.size());
  }
  std::int64_t value = 0;
  const char* end = plain.data() + plain.size();
  const auto read = std::from_chars(plain.data(), end, value);
  if (plain.empty() || plain.size() > 3 || read.ec != std::errc{} || read.ptr != end) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

std::optional<bool> yes_or_no(std::string_view text) {
  const std::string plain = text::fold(text);
  constexpr std::array yes{"有", "是", "有电梯", "yes", "y", "true", "1", "t"};
  constexpr std::array no{"无", "否", "没有", "无电梯", "no", "n", "false", "0", "f"};
  if (std::ranges::find(yes, plain) != yes.end()) return true;
  if (std::ranges::find(no, plain) != no.end()) return false;
  return std::nullopt;
}

/// A bare number gets the word for its level: "10" is written "10栋".
std::string with_word(std::string name, const char* word) {
  const bool bare = !name.empty() && text::digits(name).size() == name.size();
  return bare ? name + word : name;
}

}  // namespace

Result<WantedDwelling> read_dwelling(const FieldCells& cells) {
  WantedDwelling wanted;
  if (cells.too_wide()) return invalid("import.width");
  if (cells[Field::building].empty()) return invalid("import.building_missing");
  if (cells[Field::door].empty()) return invalid("import.door_missing");
  for (const Field field :
       {Field::compound, Field::grid, Field::building, Field::entrance, Field::door}) {
    if (!cells[field].empty()) TRY(clean_place_name(cells[field]));
  }
  wanted.compound = cells[Field::compound];
  wanted.grid = with_word(cells[Field::grid], "网格");
  wanted.building = with_word(cells[Field::building], "栋");
  wanted.entrance = with_word(cells[Field::entrance], "单元");
  wanted.door = cells[Field::door];
  if (!cells[Field::floor].empty()) {
    wanted.floor = small_number(cells[Field::floor]);
    if (!wanted.floor || !check_floors({}, wanted.floor).ok()) return invalid("import.floor");
  }
  if (!cells[Field::floors].empty()) {
    wanted.floors = small_number(cells[Field::floors]);
    if (!wanted.floors || !check_floors(wanted.floors, {}).ok()) return invalid("import.floors");
  }
  if (!cells[Field::lift].empty()) {
    wanted.lift = yes_or_no(cells[Field::lift]);
    if (!wanted.lift) return invalid("import.lift");
  }
  return wanted;
}

}  // namespace doorstep::registry
