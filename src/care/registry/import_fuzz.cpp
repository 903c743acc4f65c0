/// \file Fuzzer of the list import up to the registry: any bytes as a CSV file, or as the cells of a workbook's sheet,
/// give rows in chunks or one code, and every row what it wants or a reason. The first byte says what the file is.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "base/xlsx_testing.h"
#include "care/registry/import_file.h"
#include "care/registry/import_residents.h"

namespace {

using namespace doorstep;            // NOLINT(google-build-using-namespace): one file
using namespace doorstep::registry;  // NOLINT(google-build-using-namespace): one file

/// Lines of the input are rows, tabs part the cells; whatever would be markup is left out.
std::string workbook(std::string_view text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  for (const char one : text) {
    if (one == '\n') {
      rows.emplace_back(1);
    } else if (one == '\t' && rows.back().size() < 26) {
      rows.back().emplace_back();
    } else if (one != '<' && one != '&' && static_cast<unsigned char>(one) >= 0x20) {
      rows.back().back() += one;
    }
  }
  return make_archive(xlsx_parts({{"10栋", xlsx_rows(rows)}}), false);
}

void read(const std::string& bytes, ImportKind kind) {
  const auto file = read_import(bytes, kind);
  if (!file.ok()) {
    CHECK(!file.error().code.empty());
    return;
  }
  const Mapping mapping = match_columns(kind, file->header);
  CHECK(mapping.size() == file->header.size());
  std::int64_t rows = 0;
  for (const std::string& chunk : file->chunks) {
    auto lines = lines_of(chunk);
    for (const ImportLine& line : lines) {
      CHECK(row_number(row_place(line.number)) == line.number);
      CHECK(text::valid_utf8(record_of(line.cells)));
    }
    rows += static_cast<std::int64_t>(lines.size());
    if (kind != ImportKind::residents) continue;
    const auto split = split_persons(mapping, lines);
    CHECK(split.size() >= lines.size());
    const auto wanted =
        read_residents({mapping, "pepper", Day{std::chrono::days{19'324}}, true}, split);
    CHECK(wanted.size() == split.size());
    for (const auto& one : wanted) CHECK(one.ok() || !one.error().code.empty());
  }
  CHECK(rows == file->rows);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto kind = (data[0] & 1U) != 0 ? ImportKind::residents : ImportKind::dwellings;
  if ((data[0] & 6U) != 6) {
    read(std::string(text), kind);
  } else if (text::valid_utf8(text)) {
    read(workbook(text), kind);
  }
  return 0;
}
