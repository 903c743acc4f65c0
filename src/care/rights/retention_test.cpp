// Who may be erased, by whom, and what goes by itself when its period is over.

#include "care/rights/retention.h"

#include <fmt/format.h>

#include "care/registry/compound.h"
#include "care/rights/plan.h"
#include "store/migrations.h"

namespace doorstep::rights {
namespace {

class Retention : public registry::Compound {
 protected:
  void SetUp() override { home_ = household("1", "202"); }

  std::string person(const std::string& name, const std::string& phone = "") {
    const std::string with = phone.empty() ? "" : R"(,"phone":")" + phone + '"';
    return id(post(manager, "/api/v1/households/" + home_ + "/people",
                   R"({"name":")" + name + '"' + with + '}'));
  }
  api::Response erase(const api::As& as, const std::string& who) {
    return post(as, "/api/v1/people/" + who + "/erase", R"({"cause":"asked"})");
  }
  void run(std::string_view sql, const store::Values& values) {
    const auto done = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      tx.run(sql, values);
      return store::Answer{};
    });
    ASSERT_TRUE(done.ok()) << sql << done.error().hint;
  }
  std::string observe() {
    const auto opened = post(manager, "/api/v1/observations",
                             R"({"household":")" + home_ + R"(","ground":"area"})");
    EXPECT_EQ(opened.status, 200) << opened.body;
    return id_text(count("SELECT id FROM observation WHERE ended_at IS NULL AND household_id = " +
                         std::to_string(number(home_))));
  }
  std::int64_t number(const std::string& id) { return *id_from_text(id); }

  /// One day of the clock, as the server goes through it.
  void day() {
    const auto each = [&](auto work) {
      const auto done = service().as_system(
          community(), [&](api::WriteContext& context) { return work(context); });
      ASSERT_TRUE(done.ok()) << done.error().code << done.error().hint;
    };
    for (std::size_t at = 0; at < expiries().size(); ++at) {
      bool more = true;
      while (more && !HasFailure()) {
        each([&](api::WriteContext& context) -> store::Outcome {
          more = TRY(expire(context, at, 2));
          return store::Answer{};
        });
      }
    }
    Day before{};
    each([&](api::WriteContext& context) -> store::Outcome {
      before = TRY(period_begins(context));
      return store::Answer{};
    });
    std::vector<Id<registry::Person>> people;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      people = left_before(db, Id<access::Community>{community()}, before, 100);
      return store::Answer{};
    });
    bool more = true;
    each([&](api::WriteContext& context) -> store::Outcome {
      (void)TRY(plan_erasures(context, people));
      return store::Answer{};
    });
    while (more && !HasFailure()) {
      each([&](api::WriteContext& context) -> store::Outcome {
        more = TRY(erase_next(context));
        return store::Answer{};
      });
    }
  }

  /// Sessions do not last that long: the manager signs in again.
  void pass(int days) {
    clock().advance(std::chrono::hours{24 * days});
    manager = staff(access::Role::manager);
  }

  std::string home_;
};

TEST_P(Retention, N11_WhoLivesWithOthersLeavesTheirTextsWithoutTheName) {
  const std::string gone = person("王建国", "13900001111");
  const std::string stays = person("李小红", "13900002222");
  EXPECT_EQ(post(manager, "/api/v1/messages",
                 R"({"household":")" + home_ + R"(","body":"王建国的药，打13900001111"})")
                .status,
            200);
  const auto answer = erase(manager, gone);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(count("SELECT count(*) FROM message WHERE body LIKE '%的药%' AND body NOT LIKE '%王%'"
                  " AND body NOT LIKE '%1111%'"),
            1);
  EXPECT_EQ(count("SELECT count(*) FROM contact_point WHERE value = '13900001111'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM contact_point WHERE value = '13900002222'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM household WHERE ended_at IS NULL AND id = " +
                  std::to_string(number(home_))),
            1);
  const auto shown = get(manager, "/api/v1/erasures/" + api::member(answer, "id"));
  EXPECT_EQ(api::member(shown, "certificate.person"), gone) << shown.body;
  EXPECT_EQ(shown.body.find("王建国"), std::string::npos);
  EXPECT_EQ(api::length(shown, "certificate.households"), 0U);
  EXPECT_EQ(erase(manager, gone).status, 404);
  EXPECT_EQ(erase(manager, stays).status, 200);
  EXPECT_EQ(
      count("SELECT count(*) FROM message WHERE household_id = " + std::to_string(number(home_))),
      0);
}

TEST_P(Retention, N11_WhoIsWatchedOverIsNotErased) {
  const std::string who = person("赵一");
  const std::string observation = observe();
  EXPECT_EQ(api::member(erase(manager, who), "code"), "erasure.observed");
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"transferred"})")
          .status,
      200);
  // Ended a moment ago: what goes is evidence still, so it takes another person.
  const auto first = erase(manager, who);
  EXPECT_EQ(api::member(first, "state"), "asked") << first.body;
  EXPECT_EQ(api::member(erase(manager, who), "code"), "erasure.second_person");
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '赵一'"), 1);
  const auto second = erase(staff(access::Role::manager), who);
  EXPECT_EQ(api::member(second, "state"), "done") << second.body;
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '赵一'"), 0);
}

TEST_P(Retention, N11_FifteenDaysAfterTheReleaseOneIsEnough) {
  const std::string who = person("赵二");
  const std::string observation = observe();
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"transferred"})")
          .status,
      200);
  pass(15);
  EXPECT_EQ(api::member(erase(manager, who), "state"), "done");
}

TEST_P(Retention, N11_WhoLeftNinetyDaysAgoIsListedThreeDaysAndThenErased) {
  const std::string who = person("钱三");
  EXPECT_EQ(post(manager, "/api/v1/people/" + who + "/leave", R"({"note":"搬走了"})").status, 200);
  pass(90);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM erasure"), 0);
  pass(1);
  day();
  const auto listed = get(manager, "/api/v1/erasures");
  EXPECT_EQ(api::member(listed, "rows.0.name"), "钱三") << listed.body;
  EXPECT_EQ(api::member(listed, "rows.0.state"), "planned");
  pass(2);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '钱三'"), 1);
  pass(1);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '钱三'"), 0);
  EXPECT_EQ(api::member(get(manager, "/api/v1/erasures"), "rows.0.cause"), "expired");
}

TEST_P(Retention, N11_TheManagerHoldsSomebodyAndLetsThemGoAgain) {
  const std::string who = person("孙四");
  EXPECT_EQ(post(manager, "/api/v1/people/" + who + "/leave", R"({"note":"搬走了"})").status, 200);
  pass(91);
  day();
  const std::string planned = api::member(get(manager, "/api/v1/erasures"), "rows.0.id");
  EXPECT_EQ(post(manager, "/api/v1/erasures/" + planned + "/hold", R"({"reason":"court"})").status,
            200);
  pass(30);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '孙四'"), 1);
  EXPECT_EQ(post(manager, "/api/v1/erasures/" + planned + "/hold", R"({"reason":"none"})").status,
            200);
  pass(3);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '孙四'"), 0);
  EXPECT_EQ(
      api::member(post(manager, "/api/v1/erasures/" + planned + "/hold", R"({"reason":"court"})"),
                  "code"),
      "erasure.done");
}

TEST_P(Retention, N11_WhoCameBackIsTakenOffTheList) {
  const std::string who = person("周五");
  EXPECT_EQ(post(manager, "/api/v1/people/" + who + "/leave", R"({"note":"搬走了"})").status, 200);
  pass(91);
  day();
  EXPECT_EQ(post(manager, "/api/v1/people/" + who + "/move", R"({"household":")" + home_ + R"("})")
                .status,
            200);
  pass(4);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM erasure"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '周五'"), 1);
}

TEST_P(Retention, N11_WhatWasWrittenGoesAfterThirtyDaysAndNotBefore) {
  const auto write = [&] {
    EXPECT_EQ(post(manager, "/api/v1/messages", R"({"household":")" + home_ + R"(","body":"你好"})")
                  .status,
              200);
  };
  for (int n = 0; n < 5; ++n) write();
  pass(29);
  write();
  day();
  EXPECT_EQ(count("SELECT count(*) FROM message"), 6);
  pass(2);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM message"), 1);
  day();
  EXPECT_EQ(count("SELECT count(*) FROM message"), 1);
}

TEST_P(Retention, N11_ARestoredCopyErasesAgainWhatTheCertificateNames) {
  const std::string who = person("吴六", "13900006666");
  const auto done = erase(manager, who);
  ASSERT_EQ(api::member(done, "state"), "done") << done.body;
  std::vector<std::string> lines;
  (void)store().read([&](store::Snapshot& db) -> store::Outcome {
    lines = erasure_lines(db);
    return store::Answer{};
  });
  ASSERT_EQ(lines.size(), 1U);
  const auto certificate = certificate_from_line(lines[0], store().journal_key());
  ASSERT_TRUE(certificate.ok());
  EXPECT_EQ(certificate->person, who);
  std::string forged = lines[0];
  forged.replace(forged.find(who), 1, who[0] == '0' ? "1" : "0");
  EXPECT_EQ(certificate_from_line(forged, store().journal_key()).error().code, "erasure.line");
  // As a backup of before has it: they live there, and nothing is known of an erasure.
  run("DELETE FROM erasure WHERE community_id = $1", {community()});
  run("UPDATE person SET name = '吴六' WHERE id = $1", {number(who)});
  run("UPDATE household SET ended_at = NULL WHERE id = $1", {number(home_)});
  run("INSERT INTO residence (community_id, id, person_id, household_id, relation, from_on)"
      " VALUES ($1, 77, $2, $3, '', '2022-11-01')",
      {community(), number(who), number(home_)});
  SystemRng rng;
  IdSource ids(rng);
  for (const bool first : {true, false}) {
    const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      EXPECT_EQ(erase_again(tx, ids, *certificate, lines[0], clock().now(), Day{}), first);
      return store::Answer{};
    });
    ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  }
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '吴六'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM residence WHERE id = 77"), 0);
  EXPECT_TRUE(store::verify_journal(store()).problems.empty());
}

TEST_P(Retention, N11_VerifyNoticesSomebodyWhoIsThereAgain) {
  const std::string who = person("郑七");
  ASSERT_EQ(api::member(erase(manager, who), "state"), "done");
  const auto problems = [&] {
    std::vector<std::string> found;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      found = check_erasures(db, store().journal_key());
      return store::Answer{};
    });
    return found.size();
  };
  EXPECT_EQ(problems(), 0U);
  run("UPDATE person SET name = '郑七' WHERE id = $1", {number(who)});
  EXPECT_EQ(problems(), 1U);
  run("UPDATE erasure SET certificate = certificate || ' ' WHERE person_id = $1", {number(who)});
  EXPECT_EQ(problems(), 2U);
}

DOORSTEP_ON_BOTH_ENGINES(Retention);

}  // namespace
}  // namespace doorstep::rights
