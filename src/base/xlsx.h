#pragma once
/// \file The sheets of an XLSX workbook as rows of text, as a person reads them: dates as
/// "1958-03-02", whole numbers without a point, a cell that is merged down the rows said in each of
/// them. Source: ECMA-376, part 1 (SpreadsheetML).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/xml_archive.h"

namespace doorstep::xlsx {

struct Limits {
  ArchiveLimits archive = {};
  std::size_t rows_max = 200'000;  ///< With text, of all sheets together.
  std::size_t columns_max = 256;
  std::size_t sheets_max = 1000;
  std::size_t text_max = std::size_t{48} << 20U;   ///< Bytes of all that is kept of a sheet.
  std::size_t cell_max = std::size_t{128} << 10U;  ///< Bytes of one cell: 32,767 characters.
  std::size_t merges_max = 200'000;
};

/// The rows of a sheet that hold any text, from the top.
class Sheet {
 public:
  std::string name = {};
  bool hidden = false;

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  /// As the sheet numbers it, from 1.
  [[nodiscard]] std::int64_t number(std::size_t row) const { return rows_[row].number; }
  /// From the first column to the last one with text. Valid as long as the sheet is.
  [[nodiscard]] std::vector<std::string_view> cells(std::size_t row) const;
  [[nodiscard]] std::size_t width(std::size_t row) const {
    return rows_[row].cells.empty() ? 0 : rows_[row].cells.back().column + std::size_t{1};
  }

 private:
  friend class SheetReader;
  struct Cell {
    std::uint32_t from;
    std::uint32_t length;
    std::uint16_t column;
  };
  struct Row {
    std::int64_t number;
    std::vector<Cell> cells;
  };

  std::string text_;
  std::vector<Row> rows_;
};

/// Errors: those of XmlArchive; invalid "xlsx.no_sheet"; too_large "xlsx.too_many_rows",
/// "archive.too_much" (columns or text over a limit).
Result<std::vector<Sheet>> read(std::string_view bytes, const Limits& limits = {});

/// Whether the bytes begin like a ZIP archive, as every XLSX does.
[[nodiscard]] bool like_archive(std::string_view bytes);

/// What a date's serial number means: days since the beginning of 1900 as that program counts them
/// (with a 29 February 1900), or since that of 1904. Empty outside the years 1900 to 9999.
[[nodiscard]] std::string date_text(double serial, bool from_1904);

}  // namespace doorstep::xlsx
