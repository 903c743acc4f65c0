#include "care/registry/import_file.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "base/csv.h"
#include "base/text.h"

namespace doorstep::registry {
namespace {

bool starts_like_another_format(std::string_view bytes) {
  constexpr std::array starts{std::string_view{"PK\x03\x04"}, std::string_view{"\xD0\xCF\x11\xE0"},
                              std::string_view{"%PDF"}, std::string_view{"\x1F\x8B"}};
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
bool like_data(const std::vector<std::string>& header) {
  return std::ranges::any_of(header, [](const std::string& cell) {
    const std::string digits = text::digits(cell);
    return !digits.empty() && digits.size() * 2 >= text::length(text::trim(cell));
  });
}

Error too_many_rows() {
  return {ErrorKind::too_large, "import.too_many_rows"};
}

Result<void> read_rows(csv::Reader& reader, ImportFile& file) {
  std::string chunk;
  std::size_t in_chunk = 0;
  std::vector<std::string_view> record;
  const csv::WriteOptions options{.line_end = "\n"};
  while (TRY(reader.next())) {
    if (blank(reader.fields())) continue;
    if (++file.rows > import_rows_max) return too_many_rows();
    const std::string number = std::to_string(reader.line());
    record.assign({number});
    record.insert(record.end(), reader.fields().begin(), reader.fields().end());
    csv::append_record(chunk, record, options);
    if (++in_chunk == chunk_rows) {
      file.chunks.push_back(std::exchange(chunk, {}));
      in_chunk = 0;
    }
  }
  if (in_chunk > 0) file.chunks.push_back(std::move(chunk));
  return {};
}

}  // namespace

Result<ImportFile> read_import(std::string_view bytes, ImportKind kind) {
  if (bytes.size() > import_bytes_max) return Error{ErrorKind::too_large, "import.too_large"};
  if (starts_like_another_format(bytes)) return Error{ErrorKind::invalid, "import.not_csv"};
  const std::string text = TRY(as_utf8(bytes));
  csv::Reader reader(csv::from_text(text), {.delimiter = delimiter_of(text), .same_width = false});
  ImportFile file;
  bool started = TRY(reader.next());
  while (started && blank(reader.fields())) started = TRY(reader.next());
  if (!started) return Error{ErrorKind::invalid, "import.empty"};
  for (const std::string_view cell : reader.fields()) {
    file.header.emplace_back(text::trim(cell));
  }
  const Mapping mapping = match_columns(kind, file.header);
  const bool nothing_known =
      std::ranges::none_of(mapping, [](const auto& field) { return field.has_value(); });
  if (nothing_known && like_data(file.header)) {
    return Error{ErrorKind::invalid, "import.no_header"};
  }
  TRY(read_rows(reader, file));
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
