#pragma once
/// \file Archives and workbooks made up for tests, byte by byte as they ask for.

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <zip.h>

#include "base/check.h"

namespace doorstep {

/// A ZIP archive of these files. Not `packed`: as they are, which costs a fuzzer a fifth of the time.
inline std::string make_archive(const std::map<std::string, std::string>& files,
                                bool packed = true) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  CHECK(archive != nullptr);
  for (const auto& [name, text] : files) {
    zip_source_t* part = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t at = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    CHECK(at >= 0 && zip_set_file_compression(archive, static_cast<zip_uint64_t>(at),
                                              packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 1) == 0);
  }
  CHECK(zip_close(archive) == 0);
  zip_stat_t about;
  CHECK(zip_source_open(source) == 0 && zip_source_stat(source, &about) == 0);
  std::string bytes(about.size, '\0');
  CHECK(zip_source_read(source, bytes.data(), bytes.size()) ==
        static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

/// What a sheet's file says beside its rows.
struct SheetText {
  std::string name;
  std::string rows;         ///< `<row>..</row>`: xlsx_rows() makes plain ones.
  std::string merges = {};  ///< `<mergeCell ref="A1:A3"/>`
  std::string state = {};   ///< `hidden`
};

/// Rows of inline texts, from line 1.
inline std::string xlsx_rows(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out += fmt::format("<row r=\"{}\">", row + 1);
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      if (rows[row][column].empty()) continue;
      out += fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                         static_cast<char>('A' + column), row + 1, rows[row][column]);
    }
    out += "</row>";
  }
  return out;
}

/// The parts of a workbook, to be changed by who wants a faulty one.
inline std::map<std::string, std::string> xlsx_parts(const std::vector<SheetText>& sheets,
                                                     const std::string& styles = {},
                                                     const std::string& strings = {}) {
  std::map<std::string, std::string> parts;
  std::string list;
  std::string relations;
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    const SheetText& sheet = sheets[at];
    list += fmt::format(R"(<sheet name="{}" sheetId="{}" {} r:id="rId{}"/>)", sheet.name, at + 1,
                        sheet.state.empty() ? "" : "state=\"" + sheet.state + "\"", at + 1);
    relations +=
        fmt::format(R"(<Relationship Id="rId{0}" Target="worksheets/sheet{0}.xml"/>)", at + 1);
    parts[fmt::format("xl/worksheets/sheet{}.xml", at + 1)] =
        "<worksheet><sheetData>" + sheet.rows + "</sheetData>" +
        (sheet.merges.empty() ? "" : "<mergeCells>" + sheet.merges + "</mergeCells>") +
        "</worksheet>";
  }
  parts["xl/workbook.xml"] = "<x:workbook xmlns:x=\"urn:x\" xmlns:r=\"urn:r\"><x:sheets>" + list +
                             "</x:sheets></x:workbook>";
  // A prefix on some of the elements: office programs differ in that.
  for (auto at = parts["xl/workbook.xml"].find("<sheet "); at != std::string::npos;
       at = parts["xl/workbook.xml"].find("<sheet ")) {
    parts["xl/workbook.xml"].replace(at, 7, "<x:sheet ");
  }
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
  if (!styles.empty()) parts["xl/styles.xml"] = "<styleSheet>" + styles + "</styleSheet>";
  if (!strings.empty()) parts["xl/sharedStrings.xml"] = "<sst>" + strings + "</sst>";
  return parts;
}

inline std::string make_xlsx(const std::vector<SheetText>& sheets, const std::string& styles = {},
                             const std::string& strings = {}) {
  return make_archive(xlsx_parts(sheets, styles, strings));
}

}  // namespace doorstep
