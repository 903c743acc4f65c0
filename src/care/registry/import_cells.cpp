#include <algorithm>
#include <charconv>

#include "api/page.h"
#include "base/text.h"
#include "care/registry/import_slice.h"

namespace doorstep::registry {

namespace {

/// Without the apostrophe that our own tables put before what a spreadsheet would run.
std::string_view unguarded(std::string_view cell) {
  const bool guarded = cell.starts_with('\'') && api::formula_safe(cell.substr(1)) == cell;
  return guarded ? cell.substr(1) : cell;
}

}  // namespace

FieldCells::FieldCells(const Mapping& mapping, const ImportLine& line) {
  for (std::size_t at = 0; at < line.cells.size(); ++at) {
    if (at >= mapping.size()) {
      too_wide_ = too_wide_ || !text::trim(line.cells[at]).empty();
    } else if (mapping[at]) {
      cells_[static_cast<std::size_t>(*mapping[at])] =
          text::trim(text::nfkc(unguarded(line.cells[at])));
    }
  }
}

std::optional<Day> day_as_written(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char32_t point : text::code_points(text)) {
    if (point >= '0' && point <= '9') {
      parts.back().push_back(static_cast<char>(point));
    } else if (point == '-' || point == '/' || point == '.' || point == U'年' || point == U'月') {
      parts.emplace_back();
    } else if (point != U'日') {
      return std::nullopt;
    }
  }
  if (parts.size() == 1 && parts[0].size() == 8) {
    parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6, 2)};
  }
  if (parts.size() != 3 || parts[0].size() != 4) return std::nullopt;
  for (const std::size_t at : {1U, 2U}) {
    if (parts[at].size() == 1) parts[at].insert(0, "0");
  }
  return day_from_text(parts[0] + '-' + parts[1] + '-' + parts[2]);
}

}  // namespace doorstep::registry
