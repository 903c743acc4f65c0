#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class Import : public RegistryHouse {};
DOORSTEP_ON_BOTH_ENGINES(Import);

constexpr std::string_view dwellings =
    "网格,楼栋,单元,楼层,门牌,电梯\n一网格,1栋,1单元,1,101,无\n一网格,1栋,1单元,1,102,无\n"
    "二网格,2栋,1单元,7,701,有\n";

constexpr std::string_view residents =
    "楼栋,单元,门牌,姓名,性别,出生日期,电话,关系,备注\n"
    "1栋,1单元,101,张阿姨,女,1946-11-26,13000000101,本人,敲门后请等一等\n"
    "1栋,1单元,101,李伯,男,1944-02-01,13000000101,丈夫,\n"
    "2栋,1单元,701,王敏,女,,13000000701,本人,\n";

TEST_P(Import, A1_FuminMakesTwentyBuildingsSixtyEightEntrancesAndNineHundredFiftyDwellings) {
  const std::string batch = read_file("dwellings", embedded("demo/fumin-dwellings.csv"));
  const auto seen = show(batch);
  EXPECT_EQ(member(seen, "state"), "ready") << seen.body;
  EXPECT_EQ(member(seen, "preview.buildings"), "20");
  EXPECT_EQ(member(seen, "preview.entrances"), "68");
  EXPECT_EQ(member(seen, "preview.dwellings"), "950");
  EXPECT_EQ(member(seen, "counts.new"), "950");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place"), 0);

  tell(batch, "apply");
  EXPECT_EQ(member(show(batch), "state"), "applied") << show(batch).body;
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'grid'"), 5);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'building'"), 20);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'entrance'"), 68);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'dwelling'"), 950);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'entrance' AND floors = 7"
                  " AND lift = FALSE"),
            68);

  import_file("residents", embedded("demo/fumin-residents.csv"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM household"), 950);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1987);
  const auto counts = get(at_the_shell, "/api/v1/counts");
  EXPECT_EQ(member(counts, "persons.current"), "1987");
  EXPECT_EQ(member(counts, "households.current"), "950");

  for (const char* kind : {"dwellings", "residents"}) {
    const std::string again = read_file(kind, embedded("demo/fumin-" + std::string(kind) + ".csv"));
    const auto same = show(again);
    EXPECT_EQ(member(same, "counts.same"), kind == std::string_view("dwellings") ? "950" : "1987")
        << same.body;
    EXPECT_EQ(member(same, "counts.new"), "0");
    EXPECT_EQ(member(same, "counts.changed"), "0");
    tell(again, "apply");
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1987);
  EXPECT_EQ(count("SELECT COUNT(*) FROM place"), 5 + 20 + 68 + 950);
}

/// A list as agencies push it: some known, some of those twice, some new, some that cannot be used.
std::string pushed_list(std::int64_t rows) {
  const std::string known(embedded("demo/fumin-residents.csv"));
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < known.size();) {
    const std::size_t to = std::min(known.find('\n', from), known.size());
    lines.push_back(known.substr(from, to - from));
    from = to + 1;
  }
  const std::size_t people = lines.size() - 1;
  std::string list = lines[0] + '\n';
  const auto columns = std::ranges::count(lines[0], ',');
  for (std::int64_t at = 0; at < rows; ++at) {
    std::string line = lines[1 + static_cast<std::size_t>(at) % people];
    // Past the known ones: who is new, at the same doors, under names nobody else has.
    if (static_cast<std::size_t>(at) >= 2 * people) {
      const auto cell = [&](int number) {
        std::size_t from = 0;
        for (; number > 0; --number) from = line.find(',', from) + 1;
        return line.substr(from, line.find(',', from) - from);
      };
      static constexpr std::array<std::string_view, 16> names{"安", "柏", "程", "东", "恩", "帆",
                                                              "刚", "涵", "佳", "凯", "岚", "铭",
                                                              "宁", "鹏", "晴", "锐"};
      const auto digit = [&](std::int64_t by) {
        return std::string(names[static_cast<std::size_t>(at / by) % names.size()]);
      };
      line = cell(0) + ',' + cell(1) + ',' + cell(2) + ',' + digit(1) + digit(16) + digit(256) +
             digit(4096) + ",,,";
      line += at % 10 == 0 ? "1300" : fmt::format("139{:08}", at);
      line += std::string(static_cast<std::size_t>(std::max<std::ptrdiff_t>(columns - 6, 0)), ',');
    }
    list += line + '\n';
  }
  return list;
}

TEST_P(Import, B8_EveryRowOfAPushListIsAccountedFor) {
  import_fumin();
  const std::string before = std::to_string(count("SELECT COUNT(*) FROM person"));
  constexpr std::int64_t rows = 15974;
  const std::string batch = read_file("residents", pushed_list(rows));
  const auto sum = [&](const api::Response& shown) {
    std::int64_t all = 0;
    for (const char* what : {"matched", "new", "duplicate", "invalid"}) {
      all += std::stoll(member(shown, std::string("account.") + what));
    }
    return all;
  };
  const auto seen = show(batch);
  EXPECT_EQ(member(seen, "state"), "ready") << seen.body;
  EXPECT_EQ(member(seen, "total"), "15974");
  EXPECT_EQ(sum(seen), rows) << seen.body;
  EXPECT_EQ(member(seen, "account.matched"), before);
  EXPECT_EQ(member(seen, "account.duplicate"), before);
  EXPECT_EQ(member(seen, "account.invalid"), "1200");  // Every tenth phone of the new is none.
  tell(batch, "apply");
  const auto done = show(batch);
  EXPECT_EQ(member(done, "state"), "applied");
  EXPECT_EQ(sum(done), rows) << done.body;
  EXPECT_EQ(member(done, "account.matched"), before);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"),
            std::stoll(before) + std::stoll(member(done, "account.new")));
  // The same list again makes nobody.
  const auto again = show(read_file("residents", pushed_list(rows) + "\n"));
  EXPECT_EQ(member(again, "account.new"), "0") << again.body;
  EXPECT_EQ(sum(again), rows);
}

TEST_P(Import, A1_UndoingTakesEverythingBack) {
  const std::string first = import_file("dwellings", dwellings);
  const std::string second = import_file("residents", residents);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point"), 2);
  tell(first, "undo");  // Households hang on the dwellings: nothing can go.
  EXPECT_EQ(member(show(first), "counts.applied"), "2") << show(first).body;
  const auto rows = get(at_the_shell, "/api/v1/imports/" + first + "/rows?state=applied");
  EXPECT_EQ(member(rows, "rows.0.reason"), "import.undo_in_use") << rows.body;

  tell(second, "undo");
  EXPECT_EQ(member(show(second), "state"), "undone");
  EXPECT_EQ(member(show(second), "counts.undone"), "3") << show(second).body;
  for (const char* table :
       {"person", "household", "residence", "contact_point", "contact_point_use"}) {
    EXPECT_EQ(count("SELECT COUNT(*) FROM " + std::string(table)), 0) << table;
  }
  tell(first, "undo");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM search_key"), 0);
}

TEST_P(Import, A1_UndoingRestoresWhatWasChangedUnlessItWasChangedSince) {
  import_file("dwellings", dwellings);
  import_file("residents", residents);
  const std::string batch = import_file(
      "residents",
      "楼栋,单元,门牌,姓名,性别,出生日期,电话,关系\n"
      "2栋,1单元,701,王敏,女,1980-05-06,13000000702,户主\n1栋,1单元,101,李伯,男,,,老伴\n");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person WHERE born_on = '1980-05-06'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 3);
  const std::string person = id_text(count("SELECT id FROM person WHERE name = '王敏'"));
  change("/api/v1/people/" + person, R"({"born_on":"1981-05-06"})");
  tell(batch, "undo");
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence WHERE relation = '丈夫'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person WHERE born_on = '1981-05-06'"), 1);
  const auto rows = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=applied");
  EXPECT_EQ(length(rows, "rows"), 1U);
  EXPECT_EQ(member(rows, "rows.0.reason"), "import.undo_changed_since");
}

TEST_P(Import, A1_WrongRowsAreNamedAndTheOthersApplied) {
  import_file("dwellings", dwellings);
  const std::string batch = read_file("residents",
                                      "楼栋,单元,门牌,姓名,性别,身份证号,出生日期,电话\n"
                                      "1,1,101,甲一,男,,1950-01-01,13000000001\n"  // 2: right
                                      "9,1,101,甲二,男,,,\n"                    // 3: no such door
                                      "1,1,101,,男,,,\n"                        // 4: no name
                                      "1,1,101,甲三,X,,,\n"                     // 5
                                      "1,1,101,甲四,男,110105194912310021,,\n"  // 6: check digit
                                      "1,1,101,甲五,男,,1950-02-30,\n"          // 7
                                      "1,1,101,甲六,男,,2199-01-01,\n"          // 8
                                      "1,1,101,甲七,男,,,123\n"                 // 9
                                      "1,1,101,甲八,男,11010519491231002X,,\n"  // 10: says a woman
                                      "1,1,101,甲一,男,,1950-01-01,\n"          // 11: twice
                                      "1,1,101,甲九,男,,,,,more\n"              // 12
                                      "1,1,,甲十,男,,,\n");                     // 13
  const auto rows = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=invalid");
  const std::vector<std::string> reasons{
      "import.unknown_door",     "person.name",    "import.sex",         "person.id_number",
      "import.born_on",          "person.born_on", "phone.invalid",      "person.id_contradicts",
      "import.duplicate_person", "import.width",   "import.door_missing"};
  ASSERT_EQ(length(rows, "rows"), reasons.size()) << rows.body;
  for (std::size_t at = 0; at < reasons.size(); ++at) {
    const std::string row = "rows." + std::to_string(at);
    EXPECT_EQ(member(rows, row + ".reason"), reasons[at]);
    EXPECT_EQ(member(rows, row + ".number"), std::to_string(at + 3));
  }
  const auto file =
      get(at_the_shell,
          "/api/v1/imports/" + batch + "/rows?state=invalid&format=csv&permit=" +
              member(post(at_the_shell, "/api/v1/exports/permits", R"({"reason":"correction"})"),
                     "id"));
  EXPECT_NE(file.body.find("import.unknown_door"), std::string::npos);
  EXPECT_NE(file.body.find("甲二"), std::string::npos);
  tell(batch, "apply");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1);
}

TEST_P(Import, A1_DoorsThatComeTwiceAreNamed) {
  const std::string batch = read_file(
      "dwellings", "building,entrance,door\n1,1,101\n1栋,一单元,101室\n1,1,102\n,1,103\n1,1,\n");
  EXPECT_EQ(member(show(batch), "counts.new"), "2");
  const auto rows = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=invalid");
  EXPECT_EQ(member(rows, "rows.0.reason"), "import.duplicate_door") << rows.body;
  EXPECT_EQ(member(rows, "rows.1.reason"), "import.building_missing");
  EXPECT_EQ(member(rows, "rows.2.reason"), "import.door_missing");
}

TEST_P(Import, A1_EncodingsAndDelimitersAreFoundOut) {
  const std::string gb18030 = "\xC2\xA5\xB6\xB0,\xC3\xC5\xC5\xC6\n1,101\n";  // 楼栋,门牌
  for (const std::string& file :
       {std::string("\xEF\xBB\xBF楼栋,门牌\r\n1,101\r\n"), gb18030, std::string("樓棟;門牌\n1;101"),
        std::string("building\tdoor\n1\t101\n"),
        std::string("楼 栋（必填）,门牌号*\n1,101\n,\n")}) {
    const std::string batch = read_file("dwellings", file);
    EXPECT_EQ(member(show(batch), "state"), "ready") << file << show(batch).body;
    EXPECT_EQ(member(show(batch), "counts.new"), "1") << file;
  }
}

TEST_P(Import, A1_FilesThatCannotBeReadAreRefusedWhole) {
  const auto code = [&](std::string_view bytes) {
    return member(upload(at_the_shell, "/api/v1/imports?kind=dwellings", bytes), "code");
  };
  EXPECT_EQ(code(""), "import.empty");
  EXPECT_EQ(code("楼栋,门牌\n"), "import.empty");
  EXPECT_EQ(code("楼栋,门牌\n1,\"101\n"), "csv.unclosed_quote");
  EXPECT_EQ(code("楼栋,门牌\n1,10\"1\n"), "csv.quote");
  EXPECT_EQ(code("1,101\n2,201\n"), "import.no_header");
  EXPECT_EQ(code("PK\x03\x04zip"), "archive.damaged");
  EXPECT_EQ(code("\xD0\xCF\x11\xE0 old"), "import.not_table");
  EXPECT_EQ(code("\xFF\xFE\x11\x22"), "import.encoding");
  EXPECT_EQ(code("楼栋,门牌\n1,\xE6\xA5\xFF\n"), "import.encoding");
  EXPECT_EQ(code(std::string(import_bytes_max + 1, 'x')), "import.too_large");
  std::string rows = "楼栋,门牌\n";
  for (std::int64_t at = 0; at <= import_rows_max; ++at) rows += "1,1\n";
  EXPECT_EQ(code(rows), "import.too_many_rows");
  EXPECT_EQ(count("SELECT COUNT(*) FROM import_batch"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM import_chunk"), 0);
}

TEST_P(Import, A1_UnknownColumnsAreAskedFor) {
  const std::string batch = read_file("dwellings", "哪栋,哪户,别的\n1,101,x\n");
  EXPECT_EQ(member(show(batch), "state"), "mapping");
  EXPECT_EQ(member(show(batch), "columns.1.sample.0"), "101");
  const std::string path = "/api/v1/imports/" + batch + "/mapping";
  EXPECT_EQ(member(post(at_the_shell, path, R"({"columns":["building",null]})"), "code"),
            "import.mapping");
  EXPECT_EQ(member(post(at_the_shell, path, R"({"columns":["building",null,null]})"), "code"),
            "import.mapping");
  EXPECT_EQ(post(at_the_shell, path, R"({"columns":["building","door",null]})").status, 200);
  work();
  EXPECT_EQ(member(show(batch), "counts.new"), "1") << show(batch).body;
}

TEST_P(Import, A1_ColumnsThatAreSaidAnewAfterAPreviewMakeANewOne) {
  const std::string batch =
      read_file("dwellings", "楼栋,单元,门牌,旧门牌\n1,1,101,901\n1,1,,902\n");
  EXPECT_EQ(member(show(batch), "counts.invalid"), "1");
  EXPECT_EQ(post(at_the_shell, "/api/v1/imports/" + batch + "/mapping",
                 R"({"columns":["building","entrance",null,"door"]})")
                .status,
            200);
  work();
  EXPECT_EQ(member(show(batch), "counts.new"), "2") << show(batch).body;
  EXPECT_EQ(member(show(batch), "counts.invalid"), "0");
  tell(batch, "apply");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'dwelling' AND name IN ('901', '902')"),
            2);
}

TEST_P(Import, A1_TwoPhonesThatEndAlikeAreOneKeyOfTheirOwner) {
  import_file("dwellings", dwellings);
  import_file("residents",
              "楼栋,单元,门牌,姓名,电话\n"
              "1,1,101,张一,13000000101、13900000101\n");
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM search_key WHERE key = 't0101'"), 1);
}

TEST_P(Import, A1_CancellingLeavesNothingAndMayBeUndone) {
  const std::string batch = read_file("dwellings", dwellings);
  EXPECT_EQ(tell(batch, "cancel").status, 200);
  EXPECT_EQ(member(show(batch), "state"), "cancelled");
  EXPECT_EQ(member(tell(batch, "apply"), "code"), "import.state");
  EXPECT_EQ(member(tell(batch, "undo"), "code"), "import.state");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place"), 0);

  const std::string other = read_file("dwellings", dwellings);
  change("/api/v1/imports/" + other + "/apply");
  change("/api/v1/imports/" + other + "/cancel");
  work();
  EXPECT_EQ(member(show(other), "state"), "cancelled");
}

TEST_P(Import, A1_AJobThatDiedGoesOnInAnotherServer) {
  std::string file = "楼栋,单元,门牌\n";
  for (int door = 1; door <= 1200; ++door) {
    file += std::to_string(door / 400 + 1) + ",1," + std::to_string(door % 400) + "\n";
  }
  const auto batch = member(upload(at_the_shell, "/api/v1/imports?kind=dwellings", file), "id");
  SystemRng rng;
  // Each slice by jobs that remember nothing of the others.
  for (const char* verb : {"read", "apply"}) {
    if (verb == std::string_view("apply")) {
      change("/api/v1/imports/" + batch + "/apply");
    }
    for (int slice = 0; slice < 5; ++slice) {
      auto jobs = import_jobs(store(), rng);
      const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
        const auto id = tx.first("SELECT id FROM job WHERE state IN ('waiting', 'running')", {});
        if (!id) return store::Answer{};
        auto job = *store::find_job(tx, community(), id->integer(0));
        TRY(jobs.at(job.kind).slice(tx, job, clock().now()));
        tx.run("UPDATE job SET state = $1, done = $2, cursor = $3 WHERE id = $4",
               {job.state == "waiting" ? "running" : job.state, job.done, job.cursor, job.id});
        return store::Answer{};
      });
      ASSERT_TRUE(outcome.ok()) << outcome.error().code;
    }
  }
  EXPECT_EQ(member(show(batch), "state"), "applied") << show(batch).body;
  EXPECT_EQ(member(show(batch), "counts.applied"), "1200");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE kind = 'dwelling'"), 1200);
}

TEST_P(Import, AMoveToAnotherDoorMakesNoSecondPerson) {
  import_file("dwellings", dwellings);
  import_file("residents",
              "楼栋,单元,门牌,姓名,身份证号,电话\n"
              "1,1,101,张一,11010519491231002X,13000000101\n");
  const std::string batch = import_file("residents",
                                        "楼栋,单元,门牌,姓名,身份证号\n"
                                        "2,1,701,张一,11010519491231002X\n");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence WHERE until_on IS NULL"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence"), 2);
  const auto rows = get(at_the_shell, "/api/v1/imports/" + batch + "/rows");
  EXPECT_EQ(member(rows, "rows.0.reason"), "import.moves") << rows.body;
  tell(batch, "undo");
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence WHERE until_on IS NULL"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point_use"), 1);
}

TEST_P(Import, OnlyWhoHasTheWholeCommunityMayImport) {
  const std::string grid = add_place("grid", "一网格");
  const auto head = staff(access::Role::grid_head, path_of_place("grid", "一网格"));
  EXPECT_EQ(upload(head, "/api/v1/imports?kind=dwellings", dwellings).status, 403);
  const auto manager = staff(access::Role::manager);
  EXPECT_EQ(upload(manager, "/api/v1/imports?kind=dwellings", dwellings).status, 200);
}

}  // namespace
}  // namespace doorstep::registry
