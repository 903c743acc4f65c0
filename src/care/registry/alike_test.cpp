#include "care/registry/alike.h"

#include <set>

#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class Recognised : public RegistryHouse {
 protected:
  void SetUp() override {
    const std::string building = add_place("building", "1栋");
    const std::string entrance = add_place("entrance", "1单元", building);
    for (const char* door : {"101", "102", "103"}) {
      const std::string dwelling = add_place("dwelling", door, entrance);
      homes_.push_back(member(
          post(at_the_shell, "/api/v1/households", "{\"dwelling\":\"" + dwelling + "\"}"), "id"));
    }
  }

  /// Whatever was done: each person has the keys that they would be given now, and nobody else any.
  void TearDown() override {
    std::set<std::pair<std::int64_t, std::int64_t>> stored;
    std::set<std::pair<std::int64_t, std::int64_t>> wanted;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row : db.query("SELECT key, person_id FROM link_key")) {
        stored.emplace(row.integer(0), row.integer(1));
      }
      for (const store::Row& row : db.query("SELECT id, name, born_on FROM person")) {
        std::vector<std::string> phones;
        for (const store::Row& phone :
             db.query("SELECT c.value FROM contact_point_use u JOIN contact_point c"
                      " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
                      " WHERE u.person_id = $1",
                      {row.integer(0)})) {
          phones.push_back(phone.text(0));
        }
        std::vector<PersonKey> keys;
        append_link_keys(
            keys, {.id = row.id<Person>(0), .name = row.secret(1), .born_on = row.maybe_day(2)},
            phones);
        for (const PersonKey& one : keys) wanted.emplace(one.key, one.person);
      }
      return store::Answer{};
    });
    EXPECT_EQ(stored, wanted);
    EXPECT_FALSE(stored.empty());
    RegistryHouse::TearDown();
  }

  api::Response add(const api::As& as, std::size_t home, const std::string& fields) {
    return post(as, "/api/v1/households/" + homes_[home] + "/people", '{' + fields + '}');
  }
  std::string person(std::size_t home, const std::string& fields) {
    const auto answer = add(at_the_shell, home, fields);
    EXPECT_FALSE(member(answer, "id").empty()) << answer.body;
    return member(answer, "id");
  }
  std::int64_t people() { return count("SELECT COUNT(*) FROM person"); }

  std::vector<std::string> homes_;
  const std::string wang_ =
      R"("name":"王晓红","sex":"female","born_on":"1958-03-02","phone":"13000000301")";
};
DOORSTEP_ON_BOTH_ENGINES(Recognised);

TEST_P(Recognised, B5_WhoIsRegisteredAgainIsAskedAboutAndNothingIsSaved) {
  const std::string who = person(0, wang_);
  for (const char* again :
       {R"("name":"王晓红","born_on":"1958-03-02","phone":"130 0000 0301")",
        R"("name":"王小红","phone":"+86 130 0000 0301")",  // another writing of the same sound
        R"("name":"WANG Xiaohong","born_on":"1958-03-02")",
        R"("name":"王某","phone":"13000000301")"}) {
    const auto asked = add(at_the_shell, 1, again);
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(member(asked, "id"), "") << again;
    EXPECT_EQ(member(asked, "alike.0.person"), who) << again << asked.body;
    EXPECT_EQ(member(asked, "alike.0.household"), homes_[0]);
    EXPECT_EQ(member(asked, "alike.0.door"), "1栋1单元101");
    EXPECT_EQ(member(asked, "elsewhere"), "0");
  }
  EXPECT_EQ(people(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM journal WHERE kind = 'person.asked_about'"), 4);
  EXPECT_EQ(count("SELECT COUNT(*) FROM journal WHERE kind = 'person.asked_about'"
                  " AND data LIKE '%130%'"),
            0);
}

TEST_P(Recognised, B5_ASecondScanConfirmsAndMakesNobodyNew) {
  const std::string number = R"(,"id_number":"11010519491231002X")";
  const std::string zhang = R"("name":"张桂芳","phone":"13000000305")" + number;
  const std::string who = person(0, zhang + R"(,"channel":"scan")");
  clock().advance(std::chrono::hours{30});
  for (int again = 2; again <= 3; ++again) {
    const auto scanned = add(at_the_shell, 0, zhang + R"(,"channel":"scan")");
    EXPECT_EQ(member(scanned, "id"), who) << scanned.body;
    EXPECT_EQ(member(scanned, "confirmed"), "true");
    const auto sources = get(at_the_shell, "/api/v1/people/" + who + "/sources");
    EXPECT_EQ(length(sources, "rows"), 1U) << sources.body;
    EXPECT_EQ(member(sources, "rows.0.channel"), "scan");
    EXPECT_EQ(member(sources, "rows.0.times"), std::to_string(again));
    EXPECT_NE(member(sources, "rows.0.first_at"), member(sources, "rows.0.last_at"));
  }
  // Without a number: the same phone with another name is asked about, and never taken for them.
  const auto asked = add(at_the_shell, 1, R"("name":"周敏","phone":"13000000305")");
  EXPECT_EQ(member(asked, "id"), "");
  EXPECT_EQ(member(asked, "alike.0.likeness"), "phone") << asked.body;
  // Said to be the one who lives here, they are confirmed, too.
  const auto same = add(at_the_shell, 0, R"("name":"张桂芳","same_as":")" + who + '"');
  EXPECT_EQ(member(same, "confirmed"), "true") << same.body;
  EXPECT_EQ(people(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM journal WHERE kind = 'person.confirmed'"), 3);
}

TEST_P(Recognised, TheWorkerDecides) {
  const std::string who = person(0, wang_);
  const std::string other = person(1, wang_ + R"(,"is_new":true)");
  EXPECT_NE(other, who);
  EXPECT_EQ(people(), 2);
  // It is the one who moved away: the same person comes back.
  change("/api/v1/people/" + other + "/leave");
  EXPECT_EQ(member(add(at_the_shell, 2, wang_ + ",\"same_as\":\"" + who + '"'), "code"),
            "person.lives_elsewhere");
  const auto back = add(at_the_shell, 2, wang_ + ",\"same_as\":\"" + other + '"');
  EXPECT_EQ(member(back, "id"), other) << back.body;
  EXPECT_EQ(member(back, "known"), "true");
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(member(add(at_the_shell, 2, wang_ + R"(,"same_as":"0000000000001")"), "code"),
            "person.unknown");
}

TEST_P(Recognised, FamiliesAndStrangersAreNotAskedAbout) {
  person(0, wang_);
  // Who shares door and phone; a namesake by another day; a neighbour.
  person(0, R"("name":"李建国","sex":"male","born_on":"1955-01-20","phone":"13000000301")");
  person(0, R"("name":"李小军","sex":"male","born_on":"1988-07-12","phone":"13000000301")");
  person(1, R"("name":"王晓红","born_on":"1991-11-23","phone":"13900000102")");
  person(2, R"("name":"赵敏","born_on":"1970-05-05","phone":"13900000103")");
  EXPECT_EQ(people(), 5);
}

TEST_P(Recognised, WhomTheActorMayNotSeeAreOnlyCounted) {
  person(0, wang_);
  const std::string building = add_place("building", "2栋");
  const std::string dwelling =
      add_place("dwelling", "101", add_place("entrance", "1单元", building));
  const auto head = staff(access::Role::grid_head, path_of_place("building", "2栋"));
  const auto home = post(at_the_shell, "/api/v1/households", "{\"dwelling\":\"" + dwelling + "\"}");
  const auto asked =
      post(head, "/api/v1/households/" + member(home, "id") + "/people", '{' + wang_ + '}');
  EXPECT_EQ(member(asked, "elsewhere"), "1") << asked.body;
  EXPECT_EQ(length(asked, "alike"), 0U);
  EXPECT_EQ(asked.body.find("王"), std::string::npos);
  EXPECT_EQ(people(), 1);
}

TEST_P(Recognised, KeysFollowWhatIsKnown) {
  const std::string who = person(0, wang_);
  change("/api/v1/people/" + who, R"({"name":"汪晓虹","born_on":"1959-03-02"})");
  EXPECT_EQ(length(add(at_the_shell, 1, R"("name":"汪小红","born_on":"1959-03-02")"), "alike"), 1U);
  const auto added = change("/api/v1/households/" + homes_[0] + "/phones",
                            R"({"phone":"13500000009","person":")" + who + "\"}");
  EXPECT_EQ(length(add(at_the_shell, 1, R"("name":"周敏","phone":"13500000009")"), "alike"), 1U);
  EXPECT_EQ(send(at_the_shell, api::Method::remove,
                 "/api/v1/households/" + homes_[0] + "/phones/" + member(added, "id"))
                .status,
            200);
  person(1, R"("name":"周敏","phone":"13500000009")");
  change("/api/v1/people/" + who + "/move", "{\"household\":\"" + homes_[2] + "\"}");
  change("/api/v1/people/" + who + "/leave");
}

constexpr std::string_view header = "楼栋,单元,门牌,姓名,性别,出生日期,电话\n";

TEST_P(Recognised, B6_AnImportMovesWhomItIsSureOf) {
  const std::string who = person(0, wang_);
  clock().advance(std::chrono::hours{1});
  const std::string batch =
      import_file("residents", std::string(header) +
                                   "1栋,1单元,103,王曉紅,女,1958-03-02,13000000301\n"
                                   "1栋,1单元,103,周敏,女,1971-01-01,13900000104\n");
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence WHERE until_on IS NULL"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM import_row WHERE reason = 'import.moves'"), 1);
  EXPECT_EQ(member(get(at_the_shell, "/api/v1/counts"), "persons.cumulative"), "2");
  EXPECT_EQ(tell(batch, "undo").status, 200);
  EXPECT_EQ(people(), 1);
  const auto asked = add(at_the_shell, 1, wang_);
  EXPECT_EQ(member(asked, "alike.0.household"), homes_[0]) << asked.body;
  EXPECT_EQ(member(asked, "alike.0.name"), "王晓红");
  EXPECT_EQ(member(asked, "alike.0.person"), who);
}

TEST_P(Recognised, B20_AnImportLeavesTheDoubtfulToAPerson) {
  person(0, R"("name":"王晓红","born_on":"1958-03-02")");
  clock().advance(std::chrono::hours{1});
  const std::string batch =
      read_file("residents", std::string(header) + "1栋,1单元,103,王晓红,,1958-03-20,\n");
  EXPECT_EQ(member(show(batch), "counts.invalid"), "1") << show(batch).body;
  EXPECT_EQ(count("SELECT COUNT(*) FROM import_row WHERE reason = 'import.maybe_known'"), 1);
  tell(batch, "apply");
  EXPECT_EQ(people(), 1);
}

TEST_P(Recognised, B20_OnePersonFromThreeChannelsIsOneEntryWithThreeSources) {
  import_file("residents",
              std::string(header) + "1栋,1单元,101,王晓红,女,1958-03-02,13000000301\n");
  clock().advance(std::chrono::hours{1});
  const auto asked = add(at_the_shell, 0, wang_ + R"(,"channel":"door")");
  const std::string who = member(asked, "alike.0.person");
  add(at_the_shell, 0, wang_ + R"(,"channel":"door","same_as":")" + who + '"');
  clock().advance(std::chrono::hours{1});
  add(at_the_shell, 0, wang_ + R"(,"channel":"online","same_as":")" + who + '"');
  clock().advance(std::chrono::hours{1});
  // Another agency's list, which writes her otherwise, and the same list once more.
  const std::string list = std::string(header) + "1栋,1单元,101,王曉紅,女,1958-03-02,13000000301\n";
  import_file("residents", list);
  const std::string again = import_file("residents", list + "1栋,1单元,102,周敏,女,1971-01-01,\n");
  EXPECT_EQ(people(), 2);
  const auto sources = get(at_the_shell, "/api/v1/people/" + who + "/sources");
  ASSERT_EQ(length(sources, "rows"), 5U) << sources.body;
  const char* in_order[] = {"list", "door", "online", "list", "list"};
  for (std::size_t at = 0; at < 5; ++at) {
    EXPECT_EQ(member(sources, "rows." + std::to_string(at) + ".channel"), in_order[at]);
  }
  // Who was heard of otherwise is not taken back with a list; a list that is taken back names nobody.
  EXPECT_EQ(tell(again, "undo").status, 200);
  EXPECT_EQ(length(get(at_the_shell, "/api/v1/people/" + who + "/sources"), "rows"), 4U);
  EXPECT_EQ(people(), 1);
}

TEST_P(Recognised, ASecondChannelMakesNoSecondPerson) {
  import_file("residents", std::string(header) +
                               "1栋,1单元,101,张伟,男,1980-01-02,13000000101\n"
                               "1栋,1单元,102,李娜,女,1985-05-06,13000000102\n");
  clock().advance(std::chrono::hours{1});
  // As another agency writes them.
  import_file("residents", std::string(header) +
                               "1栋,1单元,101,張偉,男,1980-01-02,13000000101\n"
                               "1栋,1单元,102,LI Na,女,1985-05-06,13000000102\n");
  EXPECT_EQ(people(), 2);
}

}  // namespace
}  // namespace doorstep::registry
