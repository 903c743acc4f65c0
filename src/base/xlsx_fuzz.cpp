/// \file Fuzzer of the workbook reader: any bytes as an archive, and any text as a sheet inside a sound
/// one, give rows or a code, within the limits.

#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/xlsx.h"
#include "base/xlsx_testing.h"

namespace {

constexpr std::size_t rows_max = 50;

void read(const std::string& bytes) {
  const auto sheets = doorstep::xlsx::read(bytes, {.rows_max = rows_max, .text_max = 1 << 16});
  if (!sheets.ok()) {
    CHECK(!sheets.error().code.empty());
    return;
  }
  std::size_t rows = 0;
  for (const doorstep::xlsx::Sheet& sheet : *sheets) {
    rows += sheet.rows();
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
      CHECK(row == 0 || sheet.number(row) > sheet.number(row - 1));
      CHECK(sheet.cells(row).size() == sheet.width(row));
    }
  }
  CHECK(rows <= rows_max);
}

/// Packing would be most of the time of an input; what is packed comes as bytes of an archive.
std::string workbook(const std::string& rows, const std::string& styles = {},
                     const std::string& strings = {}) {
  return doorstep::make_archive(doorstep::xlsx_parts({{"a", rows}}, styles, strings), false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 4) {
    case 0: read(text); break;
    case 1: read(workbook(text)); break;
    case 2: read(workbook("<row><c s=\"1\"><v>21246</v></c></row>", text)); break;
    default: read(workbook("<row><c t=\"s\"><v>0</v></c></row>", "", text));
  }
  return 0;
}
