#include "base/csv.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace doorstep::csv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Rows = std::vector<std::vector<std::string>>;

/// Hands out `piece` bytes at a time, so that every border falls inside a record once.
Source in_pieces(std::string_view text, std::size_t piece) {
  return [source = from_text(text), piece](char* to, std::size_t size) {
    return source(to, std::min(size, piece));
  };
}

Rows rows_of(std::string_view text, ReadOptions options = {}) {
  Reader reader(from_text(text), options);
  Rows rows;
  while (true) {
    const Result<bool> more = reader.next();
    EXPECT_TRUE(more.ok()) << more.error().hint;
    if (!more.ok() || !*more) return rows;
    rows.emplace_back(reader.fields().begin(), reader.fields().end());
  }
}

std::string fault_of(std::string_view text, ReadOptions options = {}) {
  Reader reader(from_text(text), options);
  while (true) {
    const Result<bool> more = reader.next();
    if (!more.ok()) {
      EXPECT_THAT(reader.fields(), IsEmpty());
      EXPECT_EQ(reader.next().error(), more.error()) << "a fault is lasting";
      EXPECT_TRUE(more.error().hint.starts_with("line " + std::to_string(reader.line()) + ": "));
      return more.error().code + " " + std::to_string(reader.line());
    }
    if (!*more) return "none";
  }
}

TEST(Csv, ReadsPlainAndQuotedFields) {
  EXPECT_EQ(rows_of("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("a,b\r\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("\"a\",\"b,c\"\n\"d\"\"e\",\"f\r\ng\"\n"),
            (Rows{{"a", "b,c"}, {"d\"e", "f\r\ng"}}));
  EXPECT_EQ(rows_of("\"\"\"\",\"\"\n"), (Rows{{"\"", ""}}));
  EXPECT_EQ(rows_of(",\n,\n"), (Rows{{"", ""}, {"", ""}}));
  EXPECT_EQ(rows_of("姓名,电话\n王某,13800000000\n"),
            (Rows{{"姓名", "电话"}, {"王某", "13800000000"}}));
  EXPECT_EQ(rows_of("a b , c\n"), (Rows{{"a b ", " c"}})) << "spaces belong to the field";
}

TEST(Csv, DropsTheByteOrderMarkOnce) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a\n"),
            (Rows{{"a"}}));
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"), Rows{});
  EXPECT_EQ(rows_of("\xEF\xBB\xBF\xEF\xBB\xBF"
                    "a\n"),
            (Rows{{"\xEF\xBB\xBF"
                   "a"}}));
}

TEST(Csv, SkipsEmptyLinesButNotAQuotedEmptyField) {
  EXPECT_EQ(rows_of(""), Rows{});
  EXPECT_EQ(rows_of("\n\r\n"), Rows{});
  EXPECT_EQ(rows_of("a\n\nb\n\n"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(rows_of("a\n\"\"\nb"), (Rows{{"a"}, {""}, {"b"}}));
}

TEST(Csv, CountsLines) {
  Reader reader(from_text("a,b\n\"x\ny\",1\r\n\nc,d"));
  std::vector<std::size_t> lines;
  while (*reader.next()) lines.push_back(reader.line());
  EXPECT_THAT(lines, ElementsAre(1, 2, 5));
}

TEST(Csv, NamesLineAndReasonOfAFault) {
  struct Case {
    std::string_view text;
    std::string_view fault;
  };
  const Case cases[] = {
      {"a\nb\"c\n", "csv.quote 2"},
      {"a\n\"b\"c\n", "csv.quote 2"},
      {"a\n\"b\n\nc\" \n", "csv.quote 4"},
      {"a\n\"b\n\nc", "csv.unclosed_quote 2"},
      {"a\n\"", "csv.unclosed_quote 2"},
      {"a\rb\n", "csv.carriage_return 1"},
      {"a\nb\r", "csv.carriage_return 2"},
      {std::string_view("a\n\0\n", 4), "csv.null_byte 2"},
      {std::string_view("a\n\"\n\0\"\n", 7), "csv.null_byte 3"},
      {"a\n\xFF\n", "csv.not_utf8 2"},
      {"a\n\"\n\n\xE7\x8E\"\n", "csv.not_utf8 4"},
      {"a\n\xED\xA0\x80\n", "csv.not_utf8 2"},
      {"a,b\n1,2\n3\n", "csv.width 3"},
      {"a,b\n1,2,3\n", "csv.width 2"},
  };
  for (const Case& one : cases) EXPECT_EQ(fault_of(one.text), one.fault) << one.text;
}

TEST(Csv, KeepsDeclaredLimits) {
  EXPECT_EQ(fault_of("a\nbcdef\n", {.record_bytes_max = 5}), "csv.record_too_long 2");
  EXPECT_EQ(fault_of("a\nbcde\n", {.record_bytes_max = 5}), "none");
  EXPECT_EQ(fault_of("a,b,c\n", {.fields_max = 2}), "csv.too_many_fields 1");
  const std::string endless = "\"" + std::string(std::size_t{3} << 20U, 'x');
  EXPECT_EQ(fault_of(endless), "csv.record_too_long 1");
}

TEST(Csv, TakesOtherDelimitersAndRaggedLinesWhenTold) {
  EXPECT_EQ(rows_of("a;b,c\n", {.delimiter = ';'}), (Rows{{"a", "b,c"}}));
  EXPECT_EQ(rows_of("a\tb\nc\n", {.delimiter = '\t', .same_width = false}),
            (Rows{{"a", "b"}, {"c"}}));
}

TEST(Csv, PiecesOfAnySizeGiveTheSameRecords) {
  std::string text = "\xEF\xBB\xBF";
  for (int i = 0; i < 4000; ++i) {
    const std::string number = std::to_string(i);
    append_record(text, {"row " + number, "\"多,行\n" + number, ""}, {.line_end = "\r\n"});
  }
  append_record(text, {"long", std::string(200'000, '"'), ""});
  const Rows expected = rows_of(text);
  ASSERT_EQ(expected.size(), 4001U);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 4096U, 65536U, 1000000U}) {
    Reader reader(in_pieces(text, piece));
    std::size_t at = 0;
    while (*reader.next()) {
      ASSERT_TRUE(std::ranges::equal(reader.fields(), expected[at])) << piece << " row " << at;
      ++at;
    }
    EXPECT_EQ(at, expected.size());
  }
}

TEST(Csv, WritesWhatItReads) {
  const Rows rows = {{"a", "", "b,c"}, {"\"", "\r\n", " "}, {"=1", "王某", "x"}};
  std::string text;
  for (const auto& row : rows) append_record(text, {row[0], row[1], row[2]});
  EXPECT_EQ(rows_of(text), rows);
  EXPECT_EQ(text, "a,,\"b,c\"\r\n\"\"\"\",\"\r\n\", \r\n=1,王某,x\r\n");
  std::string empty;
  append_record(empty, {""}, {.line_end = "\n"});
  EXPECT_EQ(empty, "\"\"\n");
}

TEST(Csv, DisarmsFormulasWhenTold) {
  std::string text;
  append_record(text, {"=1+1", "+86 1", "-", "@x", "a=b", "=\"x\""}, {.formula_safe = true});
  EXPECT_EQ(text, "'=1+1,'+86 1,'-,'@x,a=b,\"'=\"\"x\"\"\"\r\n");
}

}  // namespace
}  // namespace doorstep::csv
