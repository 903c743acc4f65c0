#include "base/xlsx.h"

#include <fstream>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "base/xlsx_testing.h"

namespace doorstep {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const xlsx::Sheet& sheet) {
  Rows rows;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const auto cells = sheet.cells(row);
    rows.emplace_back(cells.begin(), cells.end());
  }
  return rows;
}

Rows rows_in(const std::string& bytes) {
  const auto sheets = xlsx::read(bytes);
  EXPECT_TRUE(sheets.ok()) << sheets.error().code;
  return sheets.ok() ? rows_of(sheets->front()) : Rows{};
}

std::string fault(const std::string& bytes, const xlsx::Limits& limits = {}) {
  const auto sheets = xlsx::read(bytes, limits);
  return sheets.ok() ? "" : sheets.error().code;
}

TEST(Xlsx, ReadsWhatACellMeans) {
  const std::string strings =
      "<si><t>张阿姨</t><rPh><t>zhang</t></rPh></si><si><r><t>李</t></r><r><t>伯</t></r></si>";
  const std::string styles =
      "<numFmts><numFmt numFmtId=\"164\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot;day&quot;\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
      "numFmtId=\"165\"/>"
      "<xf numFmtId=\"31\"/></cellXfs>";
  const std::string cells =
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
      "<c r=\"C3\" s=\"1\"><v>21246</v></c><c s=\"2\"><v>21246</v></c><c s=\"3\"><v>21246</v></c>"
      "<c r=\"F3\"><v>13000000101</v></c><c r=\"G3\"><v>1.5</v></c>"
      "<c r=\"H3\" t=\"str\"><f>A1</f><v>10-2</v></c><c r=\"I3\" t=\"b\"><v>1</v></c>"
      "<c r=\"J3\" s=\"4\"><v>1.30000003E10</v></c><c r=\"L3\" t=\"s\"><v>99</v></c></row>";
  EXPECT_EQ(rows_in(make_xlsx({{"名单", cells}}, styles, strings)),
            (Rows{{"张阿姨", "李伯", "1958-03-02", "1958-03-02", "21246", "13000000101", "1.5",
                   "10-2", "TRUE", "13000000300"}}));
}

TEST(Xlsx, DaysAreCountedAsThatProgramCountsThem) {
  EXPECT_EQ(xlsx::date_text(1, false), "1900-01-01");
  EXPECT_EQ(xlsx::date_text(59, false), "1900-02-28");
  EXPECT_EQ(xlsx::date_text(61, false), "1900-03-01");
  EXPECT_EQ(xlsx::date_text(21246.75, false), "1958-03-02");
  EXPECT_EQ(xlsx::date_text(2958465, false), "9999-12-31");
  EXPECT_EQ(xlsx::date_text(19784, true), "1958-03-02");
  EXPECT_EQ(xlsx::date_text(0, false), "");
  EXPECT_EQ(xlsx::date_text(-5, false), "");
  EXPECT_EQ(xlsx::date_text(3e9, false), "");
}

TEST(Xlsx, WhatIsMergedDownTheRowsIsSaidInEachOfThem) {
  const Rows rows{{"登记表"},
                  {"楼栋", "房号", "姓名"},
                  {"1栋", "101", "张一"},
                  {"", "", "张二"},
                  {"", "102", "李三"}};
  EXPECT_EQ(rows_in(make_xlsx({{"a", xlsx_rows(rows),
                                "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A3:A5\"/>"
                                "<mergeCell ref=\"B3:B4\"/><mergeCell ref=\"C9:C99999999\"/>"
                                "<mergeCell ref=\"wrong\"/>"}})),
            (Rows{{"登记表"},
                  {"楼栋", "房号", "姓名"},
                  {"1栋", "101", "张一"},
                  {"1栋", "101", "张二"},
                  {"1栋", "102", "李三"}}));
}

TEST(Xlsx, FaultyFilesAreRefusedByTheirCode) {
  const std::vector<SheetText> one{{"a", xlsx_rows({{"1"}})}};
  EXPECT_EQ(fault(make_xlsx(one)), "");
  EXPECT_EQ(fault("PK\x03\x04 cut off"), "archive.damaged");
  EXPECT_EQ(fault(make_archive({{"word/document.xml", "<w/>"}})), "xlsx.no_sheet");
  auto parts = xlsx_parts(one);
  parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row>";
  EXPECT_EQ(fault(make_archive(parts)), "archive.damaged");
  parts["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
  EXPECT_EQ(fault(make_archive(parts)), "archive.entities");
  parts.erase("xl/worksheets/sheet1.xml");
  EXPECT_EQ(fault(make_archive(parts)), "archive.no_part");
  const Rows three{{"1"}, {"2"}, {"3"}};
  EXPECT_EQ(fault(make_xlsx({{"a", xlsx_rows(three)}}), {.rows_max = 2}), "xlsx.too_many_rows");
  EXPECT_EQ(fault(make_xlsx({{"a", "<row><c r=\"ZZ1\"><v>1</v></c></row>"}})), "archive.too_much");
  std::string bytes = make_xlsx(one);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    (void)fault(changed);  // Any answer but a crash.
    (void)fault(bytes.substr(0, at));
  }
}

/// A line of /proc/self/status in KiB.
std::int64_t memory_kib(const std::string& line) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != line + ":") continue;
    std::int64_t kib = 0;
    status >> kib;
    return kib;
  }
  return 0;
}

std::string bomb_in(const std::string& part, std::size_t bytes) {
  auto parts = xlsx_parts({{"a", xlsx_rows({{"1"}})}}, "", "<si><t>1</t></si>");
  parts[part].insert(parts[part].find('>') + 1, bytes, ' ');
  return make_archive(parts);
}

TEST(Xlsx, A1_BombsAreRefusedBeforeTheyUnpack) {
  // 300 MB out of some 300 kB; and one whose list says that it unpacks to 10 kB.
  const std::string sheet = "xl/worksheets/sheet1.xml";
  // One whose texts are within the ratio: a cell of 50 MB beside a part that packs badly.
  SystemRng rng;
  auto heavy = xlsx_parts({{"a", "<row><c t=\"inlineStr\"><is><t>" + std::string(50'000'000, 'x') +
                                     "</t></is></c></row>"}});
  heavy["xl/noise.bin"] = rng.bytes(600'000);
  std::vector<std::string> bombs{bomb_in(sheet, 300'000'000), "", make_archive(heavy),
                                 bomb_in("xl/sharedStrings.xml", 3'000'000),
                                 bomb_in("xl/workbook.xml", 3'000'000)};
  EXPECT_LT(bombs[0].size(), 2'000'000U);
  bombs[1] = bombs[0];
  constexpr std::size_t list_entry = 46;  // Bytes before a name in the archive's list.
  bool lied = false;
  for (auto at = bombs[1].find(sheet); at != std::string::npos; at = bombs[1].find(sheet, at + 1)) {
    if (at < list_entry || bombs[1].compare(at - list_entry, 4, "PK\x01\x02") != 0) continue;
    bombs[1].replace(at - 22, 4, std::string("\x10\x27\0\0", 4));
    lied = true;
  }
  EXPECT_TRUE(lied);
  heavy.clear();
  std::ofstream("/proc/self/clear_refs") << "5";  // The highest so far is what there is now.
  const std::int64_t before = memory_kib("VmHWM");
  for (const std::string& bomb : bombs) {
    const std::string code = fault(bomb);
    EXPECT_TRUE(code == "archive.too_much" || code == "archive.damaged") << code;
  }
  EXPECT_LT(memory_kib("VmHWM") - before, 64 * 1024);
}

}  // namespace
}  // namespace doorstep
