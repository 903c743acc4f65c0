#pragma once
/// \file An uploaded CSV file as UTF-8 rows in chunks, or the one reason why it cannot be read.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/registry/import_fields.h"

namespace doorstep::registry {

inline constexpr std::size_t import_bytes_max = std::size_t{20} << 20U;
inline constexpr std::int64_t import_rows_max = 200'000;
/// Rows of one chunk, and so of one slice of the job that reads it.
inline constexpr std::size_t chunk_rows = 2000;

struct ImportFile {
  std::vector<std::string> header = {};
  std::vector<std::string> chunks = {};  ///< CSV records: the line in the file, then its cells.
  std::int64_t rows = 0;
};

/// One row of a file.
struct ImportLine {
  std::int64_t number = 0;  ///< The line in the file, from 1.
  std::vector<std::string> cells = {};

  friend bool operator==(const ImportLine&, const ImportLine&) = default;
};

/// Reads UTF-8 with or without a mark, or else GB18030; delimited by commas, semicolons or tabs.
/// Rows without any text are left out. Errors: too_large "import.too_large" (over 20 MiB),
/// "import.too_many_rows"; invalid "import.empty" (no rows), "import.encoding" (neither encoding),
/// "import.not_csv" (a spreadsheet or archive), "import.no_header" (the first line holds data), and
/// the codes of csv::Reader ("csv.unclosed_quote" ..) with the line as hint.
Result<ImportFile> read_import(std::string_view bytes, ImportKind kind);

/// A row's cells as one CSV record without an end of line, and back.
[[nodiscard]] std::string record_of(const std::vector<std::string>& cells);
/// Requires records that record_of() wrote, ended by line feeds, each after its number.
[[nodiscard]] std::vector<ImportLine> lines_of(std::string_view records);

}  // namespace doorstep::registry
