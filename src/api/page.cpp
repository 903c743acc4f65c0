#include "api/page.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include <unistd.h>
#include <xlsxwriter.h>

#include "base/check.h"

namespace doorstep::api {
namespace {

bool starts_a_formula(std::string_view text) {
  constexpr std::array starts{std::string_view{"="},  std::string_view{"+"},
                              std::string_view{"-"},  std::string_view{"@"},
                              std::string_view{"\t"}, std::string_view{"\r"},
                              std::string_view{"＝"}, std::string_view{"＋"},
                              std::string_view{"－"}, std::string_view{"＠"}};
  for (const std::string_view start : starts) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

/// RFC 4180 with a UTF-8 mark, so that a spreadsheet reads Chinese rightly.
class CsvTable final : public Table {
 public:
  explicit CsvTable(const Cells& header) {
    text_ = "\xEF\xBB\xBF";
    line(header);
  }
  void add(const Cells& cells) override { line(cells); }
  store::Answer finish() override {
    return {std::move(text_), "text/csv; charset=utf-8", "doorstep.csv"};
  }

 private:
  void line(const Cells& cells) {
    bool first = true;
    for (const std::string& cell : cells) {
      if (!std::exchange(first, false)) text_ += ',';
      const std::string safe = formula_safe(cell);
      if (safe.find_first_of(",\"\r\n") == std::string::npos) {
        text_ += safe;
        continue;
      }
      text_ += '"';
      for (const char c : safe) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
      text_ += '"';
    }
    text_ += "\r\n";
  }

  std::string text_;
};

/// Cells are always typed as text, so nothing is ever a formula or turned into a date.
class XlsxTable final : public Table {
 public:
  explicit XlsxTable(const Cells& header) {
    const int file = mkstemp(name_.data());
    CHECK(file >= 0);
    close(file);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(name_.c_str(), &options);
    CHECK(book_ != nullptr);
    sheet_ = workbook_add_worksheet(book_, nullptr);
    worksheet_freeze_panes(sheet_, 1, 0);
    add(header);
  }
  ~XlsxTable() override {
    if (book_ != nullptr) workbook_close(book_);
    unlink(name_.c_str());
  }
  XlsxTable(const XlsxTable&) = delete;
  XlsxTable& operator=(const XlsxTable&) = delete;

  void add(const Cells& cells) override {
    lxw_col_t column = 0;
    for (const std::string& cell : cells) {
      worksheet_write_string(sheet_, row_, column++, cell.c_str(), nullptr);
    }
    ++row_;
  }
  store::Answer finish() override {
    const lxw_error failed = workbook_close(std::exchange(book_, nullptr));
    if (failed != LXW_NO_ERROR) throw store::Failure("export.file", lxw_strerror(failed));
    std::ifstream file(name_, std::ios::binary);
    return {std::string(std::istreambuf_iterator<char>(file), {}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "doorstep.xlsx"};
  }

 private:
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;
  std::string name_ = "/tmp/doorstep-export-XXXXXX";
};

}  // namespace

std::string formula_safe(std::string_view text) {
  if (!starts_a_formula(text)) return std::string(text);
  // A plain number may begin with a sign.
  char* end = nullptr;
  std::string copy(text);
  std::strtod(copy.c_str(), &end);
  if (end == copy.c_str() + copy.size()) return copy;
  return "'" + copy;
}

std::unique_ptr<Table> Table::make(Format format, const Cells& header) {
  if (format == Format::xlsx) return std::make_unique<XlsxTable>(header);
  return std::make_unique<CsvTable>(header);
}

}  // namespace doorstep::api
