#include "base/xlsx.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include <date/date.h>
#include <fmt/format.h>

namespace doorstep::xlsx {
namespace {

Error too_much() {
  return {ErrorKind::too_large, "archive.too_much"};
}

std::string_view value_of(XmlAttributes attributes, std::string_view name) {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Which file an id stands for.
class Relations final : public XmlReader {
 public:
  std::map<std::string, std::string, std::less<>> targets;

  void begin(std::string_view element, XmlAttributes attributes) override {
    if (element != "Relationship") return;
    targets.emplace(value_of(attributes, "Id"), value_of(attributes, "Target"));
  }
  void end(std::string_view /*element*/) override {}
  void text(std::string_view /*piece*/) override {}
};

class Workbook final : public XmlReader {
 public:
  struct Listed {
    std::string name;
    std::string relation;
    bool hidden = false;
  };
  std::vector<Listed> sheets;
  bool from_1904 = false;

  void begin(std::string_view element, XmlAttributes attributes) override {
    if (element == "workbookPr") {
      const auto value = value_of(attributes, "date1904");
      from_1904 = value == "1" || value == "true";
    }
    if (element != "sheet") return;
    const auto state = value_of(attributes, "state");
    sheets.push_back({std::string(value_of(attributes, "name")),
                      std::string(value_of(attributes, "id")),
                      state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view /*element*/) override {}
  void text(std::string_view /*piece*/) override {}
};

/// Whether a format code shows a day: it has a letter of a date outside quotes and brackets.
bool shows_day(std::string_view code) {
  bool quoted = false;
  bool bracket = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '"') quoted = !quoted;
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (c == '\\') ++at;
    if (quoted || bracket || c == '\\') continue;
    if (c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e') return true;
  }
  return false;
}

/// Of the formats that are not written down in the file; the ones from 27 on are those of East Asia.
bool builtin_shows_day(int format) {
  return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) ||
         format == 36 || (format >= 50 && format <= 54) || format == 57 || format == 58;
}

class Styles final : public XmlReader {
 public:
  std::vector<bool> days;  ///< By the number that a cell names.

  void begin(std::string_view element, XmlAttributes attributes) override {
    if (element == "numFmt") {
      const auto id = number_in<int>(value_of(attributes, "numFmtId"));
      if (id) formats_[*id] = shows_day(value_of(attributes, "formatCode"));
    }
    if (element == "cellXfs") within_ = true;
    if (element != "xf" || !within_) return;
    const int id = number_in<int>(value_of(attributes, "numFmtId")).value_or(0);
    const auto known = formats_.find(id);
    days.push_back(known == formats_.end() ? builtin_shows_day(id) : known->second);
  }
  void end(std::string_view element) override { within_ = within_ && element != "cellXfs"; }
  void text(std::string_view /*piece*/) override {}

 private:
  std::map<int, bool> formats_;
  bool within_ = false;
};

/// The texts that cells name by their number.
class Strings final : public XmlReader {
 public:
  explicit Strings(std::size_t text_max) : text_max_(text_max) {}

  void begin(std::string_view element, XmlAttributes /*attributes*/) override {
    if (element == "si") starts_.push_back(text_.size());
    if (element == "t") in_text_ = true;
    if (element == "rPh") phonetic_ = true;
  }
  void end(std::string_view element) override {
    if (element == "t") in_text_ = false;
    if (element == "rPh") phonetic_ = false;
  }
  void text(std::string_view piece) override {
    if (in_text_ && !phonetic_) text_ += piece;
  }
  [[nodiscard]] bool wants_more() const override { return !over(); }
  [[nodiscard]] bool over() const {
    return text_.size() + starts_.size() * sizeof(std::size_t) > text_max_;
  }
  [[nodiscard]] std::string_view at(std::size_t number) const {
    if (number >= starts_.size()) return {};
    const std::size_t to = number + 1 < starts_.size() ? starts_[number + 1] : text_.size();
    return std::string_view(text_).substr(starts_[number], to - starts_[number]);
  }

 private:
  std::size_t text_max_;
  std::string text_;
  std::vector<std::size_t> starts_;
  bool in_text_ = false;
  bool phonetic_ = false;
};

struct Meaning {
  const Strings& strings;
  const Styles& styles;
  bool from_1904;
};

/// A number as people write it: an identity or phone number is one too.
std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e18) return fmt::format("{:.0f}", value);
  return fmt::format("{:.15g}", value);
}

struct Reference {
  std::size_t column = 0;  ///< From 0.
  std::int64_t row = 0;    ///< From 1.
};

std::optional<Reference> reference(std::string_view text) {
  Reference out;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 3; ++at) {
    out.column = out.column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
  }
  const auto row = number_in<std::int64_t>(text.substr(at));
  if (at == 0 || !row) return std::nullopt;
  --out.column;
  out.row = *row;
  return out;
}

}  // namespace

class SheetReader final : public XmlReader {
 public:
  SheetReader(Sheet& sheet, const Meaning& meaning, const Limits& limits, std::size_t rows_left)
      : sheet_(sheet), meaning_(meaning), limits_(limits), rows_left_(rows_left) {}

  void begin(std::string_view element, XmlAttributes attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view piece) override {
    if (!in_value_ || phonetic_) return;
    value_ += piece;
    if (value_.size() > limits_.cell_max) fault_ = too_much();
  }
  [[nodiscard]] bool wants_more() const override { return !fault_; }

  /// After the whole sheet: what is merged down the rows, and the fault if there was one.
  Result<void> finish();

 private:
  struct Merge {
    Reference from;
    Reference to;
  };

  void end_cell();
  [[nodiscard]] std::string meaning_of_value() const;
  void keep(std::string_view text);
  bool fill(const Merge& merge, std::size_t& steps);

  Sheet& sheet_;
  const Meaning& meaning_;
  const Limits& limits_;
  std::size_t rows_left_;
  std::size_t kept_ = 0;  ///< Bytes.
  std::int64_t row_ = 0;
  std::size_t column_ = 0;
  bool started_row_ = false;  ///< The row has a cell with text.
  std::string type_;
  bool day_ = false;
  std::string value_;
  bool in_value_ = false;
  bool phonetic_ = false;
  std::vector<Merge> merges_;
  std::optional<Error> fault_;
};

void SheetReader::begin(std::string_view element, XmlAttributes attributes) {
  if (element == "row") {
    row_ = std::max(row_ + 1, number_in<std::int64_t>(value_of(attributes, "r")).value_or(0));
    column_ = 0;
    started_row_ = false;
  } else if (element == "c") {
    if (const auto at = reference(value_of(attributes, "r"))) column_ = at->column;
    type_ = value_of(attributes, "t");
    const auto style = number_in<std::size_t>(value_of(attributes, "s")).value_or(0);
    day_ = style < meaning_.styles.days.size() && meaning_.styles.days[style];
    value_.clear();
  } else if (element == "v" || element == "t") {
    in_value_ = true;
  } else if (element == "rPh") {
    phonetic_ = true;
  } else if (element == "mergeCell") {
    const auto area = value_of(attributes, "ref");
    const auto colon = area.find(':');
    const auto from = reference(area.substr(0, colon));
    const auto to = colon == area.npos ? from : reference(area.substr(colon + 1));
    if (from && to && to->row > from->row) merges_.push_back({*from, *to});
    if (merges_.size() > limits_.merges_max) fault_ = too_much();
  }
}

void SheetReader::end(std::string_view element) {
  if (element == "v" || element == "t") in_value_ = false;
  if (element == "rPh") phonetic_ = false;
  if (element == "c") end_cell();
}

std::string SheetReader::meaning_of_value() const {
  if (type_ == "s") {
    const auto number = number_in<std::size_t>(value_);
    return number ? std::string(meaning_.strings.at(*number)) : std::string();
  }
  if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
  if (!type_.empty() && type_ != "n") return value_;  // inlineStr, str, e, d
  const auto number = number_in<double>(value_);
  if (!number) return value_;
  if (day_) {
    if (std::string day = date_text(*number, meaning_.from_1904); !day.empty()) return day;
  }
  return number_text(*number);
}

void SheetReader::end_cell() {
  const std::string text = meaning_of_value();
  if (text.find_first_not_of(" \t\r\n") != std::string::npos) keep(text);
  ++column_;
}

void SheetReader::keep(std::string_view text) {
  kept_ += text.size() + sizeof(Sheet::Cell);
  if (column_ >= limits_.columns_max || kept_ > limits_.text_max) {
    fault_ = too_much();
    return;
  }
  if (!started_row_) {
    if (sheet_.rows_.size() >= rows_left_) {
      fault_ = Error{ErrorKind::too_large, "xlsx.too_many_rows"};
      return;
    }
    started_row_ = true;
    sheet_.rows_.push_back({row_, {}});
  }
  auto& cells = sheet_.rows_.back().cells;
  // In the order of the columns, whatever the file does: a second cell of a column is left out.
  if (!cells.empty() && cells.back().column >= column_) return;
  cells.push_back({static_cast<std::uint32_t>(sheet_.text_.size()),
                   static_cast<std::uint32_t>(text.size()), static_cast<std::uint16_t>(column_)});
  sheet_.text_ += text;
}

/// False where there is too much of it.
bool SheetReader::fill(const Merge& merge, std::size_t& steps) {
  auto& rows = sheet_.rows_;
  auto row = std::ranges::lower_bound(rows, merge.from.row, {}, &Sheet::Row::number);
  if (row == rows.end() || row->number != merge.from.row) return true;
  const auto said = std::ranges::find(row->cells, merge.from.column, &Sheet::Cell::column);
  if (said == row->cells.end()) return true;
  const Sheet::Cell cell = *said;
  for (++row; row != rows.end() && row->number <= merge.to.row; ++row) {
    if (++steps > limits_.rows_max * 16) return false;
    const auto at = std::ranges::lower_bound(row->cells, cell.column, {}, &Sheet::Cell::column);
    if (at == row->cells.end() || at->column != cell.column) row->cells.insert(at, cell);
  }
  return true;
}

Result<void> SheetReader::finish() {
  if (fault_) return *fault_;
  // Down the rows alone: across the columns a merge is a title, and not each column's value.
  std::size_t steps = 0;
  for (const Merge& merge : merges_) {
    if (!fill(merge, steps)) return too_much();
  }
  return {};
}

std::vector<std::string_view> Sheet::cells(std::size_t row) const {
  std::vector<std::string_view> out;
  out.resize(width(row));
  for (const Cell& cell : rows_[row].cells) {
    out[cell.column] = std::string_view(text_).substr(cell.from, cell.length);
  }
  return out;
}

bool like_archive(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04");
}

std::string date_text(double serial, bool from_1904) {
  const double day = std::floor(serial);
  const double latest = 2'958'465;  // 31 December 9999
  if (!(day >= 1) || day > latest) return {};
  auto days = date::days{static_cast<int>(day)};
  // Up to its 29 February 1900, which never was, that program is a day behind.
  const date::sys_days start = from_1904  ? date::sys_days{date::year{1904} / 1 / 1}
                               : day < 61 ? date::sys_days{date::year{1899} / 12 / 31}
                                          : date::sys_days{date::year{1899} / 12 / 30};
  return date::format("%F", start + days);
}

Result<std::vector<Sheet>> read(std::string_view bytes, const Limits& limits) {
  XmlArchive archive = TRY(XmlArchive::open(bytes, limits.archive));
  const Error none{ErrorKind::invalid, "xlsx.no_sheet"};
  if (!archive.holds("xl/workbook.xml")) return none;
  Workbook workbook;
  TRY(archive.read("xl/workbook.xml", workbook));
  Relations relations;
  TRY(archive.read("xl/_rels/workbook.xml.rels", relations));
  Styles styles;
  if (archive.holds("xl/styles.xml")) TRY(archive.read("xl/styles.xml", styles));
  Strings strings(limits.text_max);
  if (archive.holds("xl/sharedStrings.xml")) {
    TRY(archive.read("xl/sharedStrings.xml", strings));
    if (strings.over()) return too_much();
  }
  if (workbook.sheets.size() > limits.sheets_max) return too_much();
  const Meaning meaning{strings, styles, workbook.from_1904};
  std::vector<Sheet> sheets;
  std::size_t rows_left = limits.rows_max;
  for (const Workbook::Listed& listed : workbook.sheets) {
    const auto target = relations.targets.find(listed.relation);
    if (target == relations.targets.end()) continue;
    const std::string& path = target->second;
    const std::string part = path.starts_with('/') ? path.substr(1) : "xl/" + path;
    // A chart has a sheet of its own, without rows.
    if (!part.starts_with("xl/worksheets/")) continue;
    Sheet sheet;
    sheet.name = listed.name;
    sheet.hidden = listed.hidden;
    SheetReader reader(sheet, meaning, limits, rows_left);
    TRY(archive.read(part, reader));
    TRY(reader.finish());
    rows_left -= sheet.rows();
    sheets.push_back(std::move(sheet));
  }
  if (sheets.empty()) return none;
  return sheets;
}

}  // namespace doorstep::xlsx
