#include "care/registry/import_file.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/export_file.h"
#include "base/check.h"
#include "base/csv.h"
#include "base/text.h"
#include "base/xlsx.h"
#include "care/registry/door_text.h"

namespace doorstep::registry {
namespace {

/// Rows among which the header is looked for.
constexpr std::size_t head_rows = 30;

using Cells = std::vector<std::string>;

bool starts_like_another_format(std::string_view bytes) {
  constexpr std::array starts{std::string_view{"\xD0\xCF\x11\xE0"}, std::string_view{"%PDF"},
                              std::string_view{"\x1F\x8B"}};
  return std::ranges::any_of(starts, [&](std::string_view one) { return bytes.starts_with(one); });
}

Result<std::string> as_utf8(std::string_view bytes) {
  const Error wrong{ErrorKind::invalid, "import.encoding"};
  if (bytes.starts_with(csv::byte_order_mark)) bytes.remove_prefix(csv::byte_order_mark.size());
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return wrong;
  if (text::valid_utf8(bytes)) return std::string(bytes);
  auto decoded = text::from_gb18030(bytes);
  if (!decoded) return wrong;
  // Any two bytes are nearly always GB18030: what it makes of another encoding shows in characters
  // that nobody types.
  for (const char32_t point : text::code_points(std::string_view(*decoded).substr(0, 20'000))) {
    const bool control = point < 0x20 && point != '\n' && point != '\r' && point != '\t';
    if (control || (point >= 0x80 && point < 0xA0) || (point >= 0xE000 && point < 0xF900)) {
      return wrong;
    }
  }
  return std::move(*decoded);
}

/// The one of comma, semicolon and tab that the first line has most of.
char delimiter_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char c : {',', ';', '\t'}) {
    if (std::ranges::count(line, c) > std::ranges::count(line, best)) best = c;
  }
  return best;
}

bool blank(std::span<const std::string_view> fields) {
  return std::ranges::all_of(fields, [](std::string_view f) { return text::trim(f).empty(); });
}

/// A first line without a single known name, but with figures of its own, is data.
bool like_data(const Cells& header) {
  return std::ranges::any_of(header, [](const std::string& cell) {
    const std::string digits = text::digits(cell);
    return !digits.empty() && digits.size() * 2 >= text::length(text::trim(cell));
  });
}

/// Trimmed, without empty ones at the end.
Cells header_of(std::span<const std::string_view> fields) {
  Cells header;
  for (const std::string_view field : fields) header.emplace_back(text::trim(field));
  while (!header.empty() && header.back().empty()) header.pop_back();
  return header;
}

std::int64_t known_names(ImportKind kind, const Cells& header) {
  return std::ranges::count_if(match_columns(kind, header),
                               [](const auto& field) { return field.has_value(); });
}

/// Which of the first rows says what the columns are.
struct Header {
  std::size_t at = 0;
  std::int64_t known = 0;
  Cells names = {};
};

Header find_header(ImportKind kind, std::span<const Cells> head) {
  Header best;
  for (std::size_t at = 0; at < head.size(); ++at) {
    const std::vector<std::string_view> fields(head[at].begin(), head[at].end());
    Cells names = header_of(fields);
    const std::int64_t known = known_names(kind, names);
    if (at > 0 && known <= best.known) continue;
    best = {at, known, std::move(names)};
  }
  return best;
}

/// The last line of a list that this house wrote: who took it out.
bool says_who_took_it_out(std::span<const std::string_view> cells) {
  return !cells.empty() && text::trim(cells[0]) == api::export_mark;
}

/// Names that were masked when the list left the house would come back as people of that name.
bool says_masked(std::span<const std::string_view> cells) {
  const auto names = std::ranges::find(cells, "names");
  return names != cells.end() && names + 1 != cells.end() && names[1] == "masked";
}

/// Takes the rows behind the header into chunks.
class Chunks {
 public:
  Chunks(ImportFile& file, const Cells& header, ImportKind kind)
      : file_(file), header_(header), kind_(kind) {}

  /// `prefix`: a cell before the others.
  Result<void> add(const RowPlace& place, std::span<const std::string_view> cells,
                   const std::string* prefix = nullptr) {
    if (blank(cells)) return {};
    const bool ours = says_who_took_it_out(cells);
    if (ours && kind_ == ImportKind::residents && says_masked(cells)) {
      return Error{ErrorKind::invalid, "import.masked"};
    }
    if (ours || header_of(cells) == header_) {
      ++file_.source.left_out;
      return {};
    }
    if (++file_.rows > import_rows_max) {
      return Error{ErrorKind::too_large, "import.too_many_rows"};
    }
    number_ = std::to_string(row_number(place));
    record_.assign({number_});
    if (prefix != nullptr) record_.push_back(*prefix);
    record_.insert(record_.end(), cells.begin(), cells.end());
    csv::append_record(chunk_, record_, {.line_end = "\n"});
    if (++in_chunk_ == chunk_rows) end();
    return {};
  }
  void end() {
    if (in_chunk_ > 0) file_.chunks.push_back(std::exchange(chunk_, {}));
    in_chunk_ = 0;
  }

 private:
  ImportFile& file_;
  const Cells& header_;
  ImportKind kind_;
  std::string number_;
  std::vector<std::string_view> record_;
  std::string chunk_;
  std::size_t in_chunk_ = 0;
};

Result<ImportFile> read_csv(std::string_view bytes, ImportKind kind) {
  const std::string text = TRY(as_utf8(bytes));
  csv::Reader reader(csv::from_text(text), {.delimiter = delimiter_of(text), .same_width = false});
  std::vector<Cells> head;
  std::vector<std::int64_t> lines;
  while (head.size() < head_rows && TRY(reader.next())) {
    if (blank(reader.fields())) continue;
    head.emplace_back(reader.fields().begin(), reader.fields().end());
    lines.push_back(static_cast<std::int64_t>(reader.line()));
  }
  if (head.empty()) return Error{ErrorKind::invalid, "import.empty"};
  const Header header = find_header(kind, head);
  if (header.known == 0 && like_data(header.names)) {
    return Error{ErrorKind::invalid, "import.no_header"};
  }
  ImportFile file;
  file.header = header.names;
  file.header.resize(head[header.at].size());
  file.source.left_out = static_cast<std::int64_t>(header.at);
  Chunks chunks(file, header.names, kind);
  for (std::size_t at = header.at + 1; at < head.size(); ++at) {
    const std::vector<std::string_view> cells(head[at].begin(), head[at].end());
    TRY(chunks.add({.line = lines[at]}, cells));
  }
  while (head.size() == head_rows && TRY(reader.next())) {
    TRY(chunks.add({.line = static_cast<std::int64_t>(reader.line())}, reader.fields()));
  }
  chunks.end();
  return file;
}

/// "3栋", "12号楼": what a sheet for each building is called.
bool names_building(const std::string& name) {
  constexpr std::array words{std::string_view{"栋"}, std::string_view{"幢"}, std::string_view{"楼"},
                             std::string_view{"座"}};
  if (text::digits(name).empty()) return false;
  return std::ranges::any_of(words, [&](std::string_view word) {
    return text::simplified(text::trim(name)).ends_with(word);
  });
}

Header header_in(ImportKind kind, const xlsx::Sheet& sheet) {
  std::vector<Cells> head;
  for (std::size_t row = 0; row < std::min(sheet.rows(), head_rows); ++row) {
    const auto cells = sheet.cells(row);
    head.emplace_back(cells.begin(), cells.end());
  }
  return find_header(kind, head);
}

std::size_t widest(std::span<const xlsx::Sheet> sheets, std::span<const SheetRead> read) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    for (std::size_t row = 0; read[at].taken && row < sheets[at].rows(); ++row) {
      columns = std::max(columns, sheets[at].width(row));
    }
  }
  return columns;
}

Result<ImportFile> read_xlsx(std::string_view bytes, ImportKind kind) {
  const std::vector<xlsx::Sheet> sheets =
      TRY(xlsx::read(bytes, {.rows_max = import_rows_max + head_rows}));
  std::vector<Header> headers;
  const Header* best = nullptr;
  headers.reserve(sheets.size());
  for (const xlsx::Sheet& sheet : sheets) {
    headers.push_back(header_in(kind, sheet));
    if (sheet.rows() == 0 || sheet.hidden) continue;
    if (best == nullptr || headers.back().known > best->known) best = &headers.back();
  }
  if (best == nullptr) return Error{ErrorKind::invalid, "import.empty"};
  if (best->known == 0 && like_data(best->names)) {
    return Error{ErrorKind::invalid, "import.no_header"};
  }
  ImportFile file;
  bool buildings = true;
  std::int64_t taken = 0;
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    const bool same = sheets[at].rows() > 0 && headers[at].names == best->names;
    file.source.sheets.push_back({sheets[at].name, 0, same && !sheets[at].hidden});
    if (!file.source.sheets.back().taken) continue;
    ++taken;
    buildings = buildings && names_building(sheets[at].name);
  }
  const Mapping mapping = match_columns(kind, best->names);
  buildings = buildings && std::ranges::find(mapping, Field::building) == mapping.end();
  const bool named = taken > 1 || buildings;
  // A column that nobody named is still one: somebody wrote remarks there.
  file.header = best->names;
  file.header.resize(std::max(file.header.size(), widest(sheets, file.source.sheets)));
  if (named) file.header.insert(file.header.begin(), buildings ? "楼栋(工作表)" : "工作表");
  Chunks chunks(file, best->names, kind);
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    SheetRead& read = file.source.sheets[at];
    if (!read.taken) {
      read.rows = static_cast<std::int64_t>(sheets[at].rows());
      continue;
    }
    const std::int64_t before = file.rows;
    file.source.left_out += static_cast<std::int64_t>(headers[at].at);
    for (std::size_t row = headers[at].at + 1; row < sheets[at].rows(); ++row) {
      const RowPlace place{.sheet = static_cast<std::int64_t>(at) + 1,
                           .line = sheets[at].number(row)};
      TRY(chunks.add(place, sheets[at].cells(row), named ? &sheets[at].name : nullptr));
    }
    read.rows = file.rows - before;
  }
  chunks.end();
  return file;
}

/// A row's number: a mark that it is one of these, then the sheet, the line (a file of 20 MiB has no
/// more than 2^25) and the part. All stays below 2^53, which is exact in JSON.
constexpr std::int64_t number_mark = std::int64_t{1} << 51U;
constexpr int part_bits = 8;
constexpr int line_bits = 25;

}  // namespace

std::int64_t row_number(const RowPlace& place) {
  return number_mark | static_cast<std::int64_t>(
                           static_cast<std::uint64_t>(place.sheet) << (part_bits + line_bits) |
                           static_cast<std::uint64_t>(place.line) << part_bits |
                           static_cast<std::uint64_t>(place.part));
}

RowPlace row_place(std::int64_t number) {
  if (number < number_mark) return {.line = number};
  const auto bits = static_cast<std::uint64_t>(number ^ number_mark);
  const auto below = [](std::uint64_t value, int count) {
    return static_cast<std::int64_t>(value & ((std::uint64_t{1} << count) - 1));
  };
  return {static_cast<std::int64_t>(bits >> (part_bits + line_bits)),
          below(bits >> part_bits, line_bits), below(bits, part_bits)};
}

Result<ImportFile> read_import(std::string_view bytes, ImportKind kind) {
  if (bytes.size() > import_bytes_max) return Error{ErrorKind::too_large, "import.too_large"};
  if (starts_like_another_format(bytes)) return Error{ErrorKind::invalid, "import.not_table"};
  ImportFile file = TRY(xlsx::like_archive(bytes) ? read_xlsx(bytes, kind) : read_csv(bytes, kind));
  if (file.rows == 0) return Error{ErrorKind::invalid, "import.empty"};
  return file;
}

std::string record_of(const std::vector<std::string>& cells) {
  std::string out;
  const std::vector<std::string_view> fields(cells.begin(), cells.end());
  csv::append_record(out, fields, {.line_end = ""});
  return out;
}

std::vector<ImportLine> lines_of(std::string_view records) {
  std::vector<ImportLine> lines;
  csv::Reader reader(csv::from_text(records), {.same_width = false});
  while (true) {
    const Result<bool> next = reader.next();
    CHECK(next.ok());
    if (!*next) return lines;
    ImportLine line;
    const auto fields = reader.fields();
    std::from_chars(fields[0].data(), fields[0].data() + fields[0].size(), line.number);
    line.cells.assign(fields.begin() + 1, fields.end());
    lines.push_back(std::move(line));
  }
}

}  // namespace doorstep::registry
