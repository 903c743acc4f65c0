#pragma once
/// \file An uploaded table (CSV or XLSX) as UTF-8 rows in chunks, or the one reason why it cannot be
/// read. Files as people have them: titles above the header, the header again on every printed page,
/// a sheet for each building.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/body_limits.h"
#include "base/result.h"
#include "care/registry/import_fields.h"

namespace doorstep::registry {

using api::import_bytes_max;
inline constexpr std::int64_t import_rows_max = 200'000;
/// Rows of one chunk, and so of one slice of the job that reads it.
inline constexpr std::size_t chunk_rows = 2000;

/// A sheet of a workbook, and whether its rows are read.
struct SheetRead {
  std::string name = {};
  std::int64_t rows = 0;
  bool taken = false;  ///< Not: hidden, or under another header than the rows that are read.

  void fields(auto& f) {
    f("name", name);
    f("rows", rows);
    f("taken", taken);
  }
};

/// What of the file is no row.
struct ImportSource {
  std::int64_t left_out = 0;           ///< Lines above the header, and the header said again.
  std::vector<SheetRead> sheets = {};  ///< Empty for CSV.
  bool remembered = false;  ///< The columns mean what was said of the last file with this header.

  void fields(auto& f) {
    f("left_out", left_out);
    f("sheets", sheets);
    f("remembered", remembered);
  }
};

struct ImportFile {
  std::vector<std::string> header = {};
  std::vector<std::string> chunks = {};  ///< CSV records: the row's number, then its cells.
  std::int64_t rows = 0;
  ImportSource source = {};
};

/// Where a row stands in its file.
struct RowPlace {
  std::int64_t sheet = 0;  ///< From 1; 0 where the file has no sheets.
  std::int64_t line = 0;   ///< From 1.
  std::int64_t part = 0;   ///< From 1 where several persons stood in the line; else 0.

  friend bool operator==(const RowPlace&, const RowPlace&) = default;
};

/// One number in the order of the file, exact in JSON: sheet, line and part beside each other.
[[nodiscard]] std::int64_t row_number(const RowPlace& place);
/// Also of a number that is a line and nothing else, as imports were kept before there were sheets.
[[nodiscard]] RowPlace row_place(std::int64_t number);

/// One row of a file.
struct ImportLine {
  std::int64_t number = 0;  ///< row_number().
  std::vector<std::string> cells = {};

  friend bool operator==(const ImportLine&, const ImportLine&) = default;
};

/// CSV: UTF-8 with or without a mark, or else GB18030; delimited by commas, semicolons or tabs.
/// XLSX: every sheet that has the header of the best one; where there are several, or where nothing
/// else says the building, the name of the sheet is a column. The header is the row with the most
/// known names among the first ones. Rows without any text are left out. Errors: too_large
/// "import.too_large" (over 20 MiB), "import.too_many_rows"; invalid "import.empty" (no rows),
/// "import.encoding" (neither encoding), "import.not_table" (another format), "import.no_header"
/// (the first line holds data), "import.masked" (residents in a list of this house that left it without
/// their names), the codes of csv::Reader ("csv.unclosed_quote" ..) with the line as
/// hint, and those of xlsx::read() ("archive.damaged" ..).
Result<ImportFile> read_import(std::string_view bytes, ImportKind kind);

/// "张三、李四", "王五/赵六".
[[nodiscard]] bool names_several_persons(const std::string& name);
/// Several persons in one cell ("张三、李四") are a row each, with the phone, number and birthday that
/// stand at the same place of their cells; a phone that is alone is everybody's. Where the cells do
/// not fit to each other, or a piece is no name, the row stays as it is.
[[nodiscard]] std::vector<ImportLine> split_persons(const Mapping& mapping,
                                                    std::vector<ImportLine> lines);

/// A row's cells as one CSV record without an end of line, and back.
[[nodiscard]] std::string record_of(const std::vector<std::string>& cells);
/// Requires records that record_of() wrote, ended by line feeds, each after its number.
[[nodiscard]] std::vector<ImportLine> lines_of(std::string_view records);

}  // namespace doorstep::registry
