#include <algorithm>
#include <array>

#include "base/text.h"
#include "care/registry/import_file.h"

namespace doorstep::registry {
namespace {

/// More persons in one cell than a household has is something else.
constexpr std::size_t persons_max = 12;
constexpr std::u32string_view marks = U"、,，;；/／|\n&";
/// A slash stands inside a day.
constexpr std::u32string_view marks_of_days = U"、,，;；|\n&";

/// What stands between the marks; one piece where there are none.
std::vector<std::string> pieces_of(const std::string& cell, std::u32string_view between = marks) {
  std::vector<std::string> pieces;
  std::u32string piece;
  const auto end = [&] {
    const std::string text = text::from_code_points(piece);
    piece.clear();
    if (const auto trimmed = text::trim(text); !trimmed.empty()) pieces.emplace_back(trimmed);
  };
  for (const char32_t point : text::code_points(cell)) {
    if (between.find(point) != std::u32string_view::npos) {
      end();
    } else {
      piece += point;
    }
  }
  end();
  return pieces;
}

/// Two to four characters of a Chinese name, or letters in at least two words.
bool like_name(const std::string& piece) {
  const std::u32string points = text::code_points(piece);
  const bool han = std::ranges::all_of(
      points, [](char32_t c) { return (c >= 0x3400 && c < 0xA000) || c == U'·'; });
  if (han)
    return points.size() >= 2 && (points.size() <= 4 || points.find(U'·') != std::u32string::npos);
  return piece.find(' ') != std::string::npos && text::digits(piece).empty();
}

/// Fields of which each person has their own; some may be everybody's.
constexpr std::array own{Field::sex,     Field::document_kind, Field::issuer,  Field::id_number,
                         Field::born_on, Field::phone,         Field::relation};

bool may_be_everybodys(Field field) {
  return field == Field::phone || field == Field::document_kind || field == Field::issuer;
}

std::size_t column_of(const Mapping& mapping, Field field) {
  const auto at = std::ranges::find(mapping, std::optional(field));
  return static_cast<std::size_t>(at - mapping.begin());
}

/// A row for each person of a line; the line itself where it holds one, or cannot be taken apart.
void split(const Mapping& mapping, std::size_t names_at, ImportLine line,
           std::vector<ImportLine>& out) {
  const std::vector<std::string> names = pieces_of(line.cells[names_at]);
  const bool several = names.size() <= persons_max && names_several_persons(line.cells[names_at]);
  std::vector<ImportLine> rows;
  for (std::size_t part = 0; several && part < names.size(); ++part) {
    RowPlace place = row_place(line.number);
    place.part = static_cast<std::int64_t>(part) + 1;
    rows.push_back({row_number(place), line.cells});
    rows.back().cells[names_at] = names[part];
  }
  for (const Field field : own) {
    const std::size_t at = column_of(mapping, field);
    if (rows.empty() || at >= line.cells.size() || text::trim(line.cells[at]).empty()) continue;
    const std::vector<std::string> pieces =
        pieces_of(line.cells[at], field == Field::born_on ? marks_of_days : marks);
    if (pieces.size() == rows.size()) {
      for (std::size_t part = 0; part < rows.size(); ++part) rows[part].cells[at] = pieces[part];
    } else if (!may_be_everybodys(field) || pieces.size() != 1) {
      rows.clear();  // Whose it is cannot be known: a person has to say it.
    }
  }
  if (rows.empty()) {
    out.push_back(std::move(line));
  } else {
    std::ranges::move(rows, std::back_inserter(out));
  }
}

}  // namespace

bool names_several_persons(const std::string& name) {
  const std::vector<std::string> names = pieces_of(name);
  return names.size() > 1 && std::ranges::all_of(names, like_name);
}

std::vector<ImportLine> split_persons(const Mapping& mapping, std::vector<ImportLine> lines) {
  const std::size_t names_at = column_of(mapping, Field::name);
  const auto maybe = [&](const ImportLine& line) {
    return names_at < line.cells.size() &&
           line.cells[names_at].find_first_of(",;/|\n&\xE3\xEF") != std::string::npos;
  };
  // Nearly every list names one person a row: it is not copied.
  if (std::ranges::none_of(lines, maybe)) return lines;
  std::vector<ImportLine> out;
  for (ImportLine& line : lines) {
    if (maybe(line)) {
      split(mapping, names_at, std::move(line), out);
    } else {
      out.push_back(std::move(line));
    }
  }
  return out;
}

}  // namespace doorstep::registry
