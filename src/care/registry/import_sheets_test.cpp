/// \file Files as people have them: workbooks with titles, merged cells, a sheet for each building,
/// several persons in a cell, the landlord's phone in the tenant's row.

#include <fmt/format.h>

#include "access/accounts.h"
#include "access/secrets.h"
#include "base/xlsx_testing.h"
#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class ImportSheets : public RegistryHouse {
 protected:
  void SetUp() override {
    RegistryHouse::SetUp();
    import_file("dwellings", "楼栋,门牌\n1栋,101\n1栋,102\n2栋,101\n3栋,101\n");
  }
  /// "101" or "2栋101" and who lives there, by name.
  std::string names_behind(std::string_view door) {
    std::string names;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row :
           db.query("SELECT p.name FROM person p JOIN residence r ON r.person_id = p.id"
                    " JOIN household h ON h.community_id = r.community_id AND h.id = r.household_id"
                    " WHERE h.door = $1 ORDER BY p.name",
                    {door})) {
        names += (names.empty() ? "" : " ") + row.text(0);
      }
      return store::Answer{};
    });
    return names;
  }
  std::string reason(const std::string& batch, const std::string& state) {
    return member(get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=" + state),
                  "rows.0.reason");
  }
};
DOORSTEP_ON_BOTH_ENGINES(ImportSheets);

TEST_P(ImportSheets, A1_AWorkbookWithTitlesMergedCellsAndDatesIsRead) {
  const std::string rows =
      xlsx_rows({{"花园小区住户登记表"},
                 {"填表：王社工", "", "2026-03-01"},
                 {"楼栋", "房号", "姓名", "出生日期", "联系电话", "房东电话", "签字"},
                 {"1栋", "101", "张桂芳", "1946年11月26日", "13000000101", "13900000001", ""},
                 {"", "", "李国强", "1944/2/1", "13000000102", "", "按手印"},
                 {"楼栋", "房号", "姓名", "出生日期", "联系电话", "房东电话", "签字"},
                 {"", "102", "王敏", "", "13000000103", "", "", "下午在家"}});
  const std::string batch =
      read_file("residents", make_xlsx({{"说明", xlsx_rows({{"先读这里"}, {"每户一行"}})},
                                        {"名单", rows,
                                         "<mergeCell ref=\"A1:G1\"/><mergeCell ref=\"A4:A7\"/>"
                                         "<mergeCell ref=\"B4:B5\"/>"},
                                        {"旧名单", rows, "", "hidden"}}));
  const auto seen = show(batch);
  EXPECT_EQ(member(seen, "state"), "ready") << seen.body;
  EXPECT_EQ(member(seen, "counts.new"), "3") << seen.body;
  EXPECT_EQ(member(seen, "source.left_out"), "3");  // Two titles, and the header said again.
  EXPECT_EQ(member(seen, "source.sheets.0.taken"), "false");
  EXPECT_EQ(member(seen, "source.sheets.1.taken"), "true");
  EXPECT_EQ(member(seen, "source.sheets.1.rows"), "3");
  EXPECT_EQ(member(seen, "source.sheets.2.taken"), "false");
  const auto listed = get(at_the_shell, "/api/v1/imports/" + batch + "/rows");
  EXPECT_EQ(member(listed, "rows.0.number"), "4");
  EXPECT_EQ(member(listed, "rows.0.sheet"), "2");
  EXPECT_EQ(member(listed, "rows.2.number"), "7");
  tell(batch, "apply");
  EXPECT_EQ(names_behind("1栋101"), "张桂芳 李国强");
  EXPECT_EQ(names_behind("1栋102"), "王敏");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person WHERE born_on = '1946-11-26'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point WHERE value = '13900000001'"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point"), 3);
}

TEST_P(ImportSheets, A1_ASheetForEachBuildingSaysTheBuilding) {
  const auto sheet = [](const char* name) { return xlsx_rows({{"房号", "姓名"}, {"101", name}}); };
  const std::string batch = read_file(
      "residents",
      make_xlsx({{"1栋", sheet("张一")}, {"2栋", sheet("李二")}, {"3栋", sheet("王三")}}));
  EXPECT_EQ(member(show(batch), "counts.new"), "3") << show(batch).body;
  EXPECT_EQ(member(show(batch), "columns.0.field"), "building");
  tell(batch, "apply");
  EXPECT_EQ(names_behind("1栋101"), "张一");
  EXPECT_EQ(names_behind("3栋101"), "王三");
  // And once more: nothing is new.
  const std::string again = read_file(
      "residents",
      make_xlsx({{"1栋", sheet("张一")}, {"2栋", sheet("李二")}, {"3栋", sheet("王三")}}));
  EXPECT_EQ(member(show(again), "counts.same"), "3") << show(again).body;
}

TEST_P(ImportSheets, A1_SeveralPersonsInACellAreARowEach) {
  const std::string batch =
      read_file("residents",
                "楼栋,门牌,姓名,出生日期,电话\n"
                "1,101,\"张桂芳、李国强\",\"1946/11/26、1944/2/1\",13000000101\n"
                "1,102,王敏/赵小花,,13000000103/13000000104\n"
                "2,101,\"孙一，孙二\",1950-01-01,\n"
                "3,101,张三丰,,13000000105(房东)\n");
  const auto seen = show(batch);
  EXPECT_EQ(member(seen, "counts.new"), "5") << seen.body;
  EXPECT_EQ(member(seen, "counts.invalid"), "1");
  EXPECT_EQ(reason(batch, "invalid"), "import.several_persons");
  const auto fresh = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=new");
  EXPECT_EQ(member(fresh, "rows.1.number"), "2");
  EXPECT_EQ(member(fresh, "rows.1.part"), "2");
  EXPECT_EQ(member(fresh, "rows.1.reason"), "import.split");
  EXPECT_EQ(member(fresh, "rows.4.reason"), "import.others_phone");
  // Pages go on inside a line that was taken apart.
  const auto page = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?limit=1");
  const auto next = get(
      at_the_shell, "/api/v1/imports/" + batch + "/rows?limit=1&cursor=" + member(page, "next"));
  EXPECT_EQ(member(next, "rows.0.part"), "2") << next.body;
  tell(batch, "apply");
  EXPECT_EQ(names_behind("1栋101"), "张桂芳 李国强");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person WHERE name = '李国强' AND born_on = '1944-02-01'"),
            1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point_use"), 4);  // One phone is both their own.
  tell(batch, "undo");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 0);
}

TEST_P(ImportSheets, A1_LinesTakenApartArePutTogetherWhenTheColumnsAreSaidAnew) {
  const std::string batch =
      read_file("residents", "楼栋,门牌,姓名,户\n1,101,张一、张二,大张\n1,102,李三,\n");
  EXPECT_EQ(member(show(batch), "counts.new"), "3") << show(batch).body;
  EXPECT_EQ(post(at_the_shell, "/api/v1/imports/" + batch + "/mapping",
                 R"({"columns":["building","door",null,"name"]})")
                .status,
            200);
  work();
  EXPECT_EQ(member(show(batch), "counts.new"), "1") << show(batch).body;
  EXPECT_EQ(member(show(batch), "counts.invalid"), "1");  // No name.
  EXPECT_EQ(length(get(at_the_shell, "/api/v1/imports/" + batch + "/rows"), "rows"), 2U);
}

TEST_P(ImportSheets, A1_WhatTheColumnsMeanIsRememberedForTheNextFileOfTheSource) {
  const std::string file = "哪栋,哪户,谁\n1,101,张一\n";
  const std::string batch = read_file("residents", file);
  EXPECT_EQ(member(show(batch), "state"), "mapping");
  EXPECT_EQ(post(at_the_shell, "/api/v1/imports/" + batch + "/mapping",
                 R"({"columns":["building","door","name"]})")
                .status,
            200);
  work();
  tell(batch, "apply");
  const std::string next = read_file("residents", file + "1,102,李二\n");
  EXPECT_EQ(member(show(next), "state"), "ready") << show(next).body;
  EXPECT_EQ(member(show(next), "source.remembered"), "true");
  EXPECT_EQ(member(show(next), "counts.new"), "1");
  // Another header is another source.
  EXPECT_EQ(member(show(read_file("residents", "哪栋,哪户,谁呀\n1,101,张一\n")), "state"),
            "mapping");
}

TEST_P(ImportSheets, A1_WhatTheHouseWritesAsXlsxItReads) {
  const std::string batch = read_file("dwellings", "楼栋,门牌\n9栋,901\n9栋,\n");
  const auto file =
      get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=invalid&format=xlsx");
  const auto read = read_import(file.body, ImportKind::dwellings);
  ASSERT_TRUE(read.ok()) << read.error().code;
  // The one that was refused. The line that says who took the file out (N14) is none.
  EXPECT_EQ(read->rows, 1);
  EXPECT_EQ(read->source.left_out, 1);
  EXPECT_NE(read->chunks[0].find("import.door_missing"), std::string::npos) << read->chunks[0];
}

/// The list of households as a file: the one that may name people, and as everybody gets it.
class OwnFiles : public ImportSheets {
 protected:
  void SetUp() override {
    ImportSheets::SetUp();
    import_file(
        "residents",
        "楼栋,门牌,姓名,电话,备注\n1栋,101,张三,13912345678,\n1栋,102,李四,+33612345678,=狗\n"
        "2栋,101,王五,,\n2栋,101,赵六,,\n");
    const auto done = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      tx.run("UPDATE account SET password_hash = $1, totp_secret = $2, totp_confirmed = TRUE",
             {access::hash_password(password_), secret_});
      tx.journal({0, 0, "test.changed", 0, "~"});
      return store::Answer{};
    });
    ASSERT_TRUE(done.ok());
  }
  api::Response households(const std::string& format, bool named) {
    std::string path = "/api/v1/households?format=" + format;
    if (named) {
      clock().advance(std::chrono::minutes{2});  // A code is good once.
      const std::string permit =
          member(post(manager_, "/api/v1/exports/permits", R"({"reason":"handover"})"), "id");
      EXPECT_EQ(post(manager_, "/api/v1/exports/permits/confirm",
                     fmt::format(R"({{"permit":"{}","password":"{}","code":"{}"}})", permit,
                                 password_, access::totp_code(secret_, clock().now())))
                    .status,
                200);
      path += "&permit=" + permit;
    }
    return get(manager_, path);
  }

  api::As manager_ = staff(access::Role::manager);

 private:
  const std::string password_ = "eight doors on a floor";
  SystemRng rng_;
  const std::string secret_ = access::new_totp_secret(rng_);
};
DOORSTEP_ON_BOTH_ENGINES(OwnFiles);

TEST_P(OwnFiles, A1_AListThatLeftTheHouseWithItsNamesComesBackUnchanged) {
  for (const std::string format : {"csv", "xlsx"}) {
    const auto file = households(format, true);
    ASSERT_EQ(file.status, 200) << file.body;
    const std::string batch = read_file("residents", file.body);
    const auto shown = show(batch);
    EXPECT_EQ(member(shown, "state"), "ready") << shown.body;
    EXPECT_EQ(member(shown, "counts.invalid"), "0")
        << get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=invalid").body;
    EXPECT_EQ(member(shown, "counts.new"), "0") << shown.body;
    EXPECT_EQ(member(shown, "counts.changed"), "0") << shown.body;
    EXPECT_EQ(member(shown, "counts.same"), "4") << shown.body;
  }
}

TEST_P(OwnFiles, N14_AMaskedListDoesNotComeBackAsPeopleOfThatName) {
  for (const std::string format : {"csv", "xlsx"}) {
    const auto file = households(format, false);
    ASSERT_EQ(file.status, 200) << file.body;
    EXPECT_EQ(member(upload(at_the_shell, "/api/v1/imports?kind=residents", file.body), "code"),
              "import.masked");
  }
}

TEST(ImportNumbers, StandForSheetLineAndPartInTheOrderOfTheFile) {
  std::int64_t last = 0;
  for (const RowPlace& place :
       {RowPlace{0, 1, 0}, RowPlace{0, 2, 0}, RowPlace{0, 2, 1}, RowPlace{0, 2, 255},
        RowPlace{0, (1 << 25) - 1, 0}, RowPlace{1, 1, 0}, RowPlace{1000, 1'048'576, 12}}) {
    const std::int64_t number = row_number(place);
    EXPECT_GT(number, last);
    EXPECT_LT(number, std::int64_t{1} << 53U);
    EXPECT_EQ(row_place(number), place);
    last = number;
  }
  EXPECT_EQ(row_place(17), (RowPlace{0, 17, 0}));
}

}  // namespace
}  // namespace doorstep::registry
