// What leaves the house as a file: masked, or with names for a named role that says why and signs in again; through the
// API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "access/secrets.h"
#include "api/export_file.h"
#include "api/testing.h"

namespace doorstep::api {
namespace {

using access::Role;

TEST(Masked, OfANameTheFirstCharacterStaysAndOfANumberTheLastTwoDigits) {
  EXPECT_EQ(masked("张三"), "张**");
  EXPECT_EQ(masked("张三、欧阳四"), "张**、欧**");
  EXPECT_EQ(masked("13900001234、0755-88"), "***34、***88");
  EXPECT_EQ(masked("A"), "A**");
  EXPECT_EQ(masked(R"([{"name":"张三"}])"), "**");
  EXPECT_EQ(masked("true"), "**");
  EXPECT_EQ(masked(""), "");
}

constexpr std::string_view password = "eight doors on a floor";

class Exports : public House {
 protected:
  Exports() {
    const auto grid = id(post(manager, "/api/v1/places", R"({"kind":"grid","name":"一网格"})"));
    const auto building =
        id(post(manager, "/api/v1/places",
                fmt::format(R"({{"kind":"building","parent":"{}","name":"1栋"}})", grid)));
    const auto dwelling =
        id(post(manager, "/api/v1/places",
                fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"101"}})", building)));
    const auto household = id(post(manager, "/api/v1/households",
                                   fmt::format(R"({{"dwelling":"{}","label":"张家"}})", dwelling)));
    const std::string home = "/api/v1/households/" + household;
    id(post(manager, home + "/people", R"({"name":"张三丰"})"));
    id(post(manager, home + "/phones", R"({"phone":"13912345678"})"));
    change("UPDATE account SET password_hash = $1, totp_secret = $2, totp_confirmed = TRUE",
           {access::hash_password(password), secret_});
  }

  static std::string id(const Response& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return member(answer, "id");
  }
  void change(std::string_view sql, const store::Values& values) {
    const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      tx.run(sql, values);
      tx.journal({0, 0, "test.changed", 0, "~"});
      return store::Answer{};
    });
    EXPECT_TRUE(outcome.ok());
  }
  Response ask(const As& as) {
    return post(as, "/api/v1/exports/permits", R"({"reason":"handover"})");
  }
  Response confirm(const As& as, const std::string& permit, std::string_view word = password) {
    clock().advance(std::chrono::minutes{2});  // A code is good once.
    return post(as, "/api/v1/exports/permits/confirm",
                fmt::format(R"({{"permit":"{}","password":"{}","code":"{}"}})", permit, word,
                            access::totp_code(secret_, clock().now())));
  }
  Response file(const As& as, std::string_view more = "", std::string_view format = "csv") {
    return get(as, fmt::format("/api/v1/households?format={}{}", format, more));
  }

  As manager = staff(Role::manager);
  SystemRng rng_;
  const std::string secret_ = access::new_totp_secret(rng_);
};

TEST_P(Exports, N14_NamesAndNumbersAreMaskedAndTheFileSaysWhoTookIt) {
  const auto taken = file(manager);
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_NE(taken.body.find("张**"), std::string::npos) << taken.body;
  EXPECT_NE(taken.body.find("***78"), std::string::npos) << taken.body;
  EXPECT_EQ(taken.body.find("张三丰"), std::string::npos);
  EXPECT_EQ(taken.body.find("139123"), std::string::npos);
  EXPECT_NE(taken.body.find("1栋101"), std::string::npos) << taken.body;  // The door stays.
  EXPECT_NE(taken.body.find(",by,员工1,at,2022-11-28T01:26:00.000Z,rows,1,names,masked"),
            std::string::npos)
      << taken.body;
  const auto listed = get(manager, "/api/v1/exports");
  const std::string number = member(listed, "rows.0.id");
  EXPECT_EQ(taken.file_name, "doorstep-" + number + ".csv");
  EXPECT_NE(taken.body.find("#export," + number), std::string::npos);
  EXPECT_EQ(member(listed, "rows.0.list"), "household.list");
  EXPECT_EQ(member(listed, "rows.0.rows"), "1");
  EXPECT_EQ(member(listed, "rows.0.names"), "false");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'export.made'"), 1);
  // On the screen names stand as before.
  EXPECT_NE(get(manager, "/api/v1/households").body.find("张三丰"), std::string::npos);
}

TEST_P(Exports, N14_WhoSaysWhyAndSignsInAgainGetsNamesOnce) {
  const std::string permit = id(ask(manager));
  EXPECT_EQ(member(file(manager, "&permit=" + permit), "code"), "export.permit");
  const auto wrong = confirm(manager, permit, "another word");
  EXPECT_EQ(wrong.status, 403);
  EXPECT_EQ(member(wrong, "code"), "session.wrong");
  EXPECT_EQ(member(file(manager, "&permit=" + permit), "code"), "export.permit");
  ASSERT_EQ(confirm(manager, permit).status, 200);
  const auto taken = file(manager, "&permit=" + permit);
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_NE(taken.body.find("张三丰"), std::string::npos);
  EXPECT_NE(taken.body.find("13912345678"), std::string::npos);
  EXPECT_NE(taken.body.find("names,shown,reason,handover"), std::string::npos) << taken.body;
  EXPECT_EQ(member(file(manager, "&permit=" + permit), "code"), "export.permit");
  (void)file(manager, "", "xlsx");
  const auto listed = get(manager, "/api/v1/exports");
  EXPECT_EQ(member(listed, "rows.1.reason"), "handover");
  EXPECT_EQ(member(listed, "rows.0.format"), "xlsx");
  EXPECT_EQ(member(listed, "counts.0.by"), "员工1");
  EXPECT_EQ(member(listed, "counts.0.files"), "2");
  EXPECT_EQ(member(listed, "counts.0.named"), "1");
}

TEST_P(Exports, N14_APermitIsNobodyElsesAndLapses) {
  const As other = staff(Role::manager);
  change("UPDATE account SET password_hash = $1, totp_secret = $2, totp_confirmed = TRUE",
         {access::hash_password(password), secret_});
  const std::string permit = id(ask(manager));
  EXPECT_EQ(member(confirm(other, permit), "code"), "export.permit");
  ASSERT_EQ(confirm(manager, permit).status, 200);
  EXPECT_EQ(member(file(other, "&permit=" + permit), "code"), "export.permit");
  clock().advance(permit_length);
  EXPECT_EQ(member(file(manager, "&permit=" + permit), "code"), "export.permit");
  EXPECT_EQ(member(confirm(manager, permit), "code"), "export.permit");
}

TEST_P(Exports, N14_AWorkerTakesNoNamesOut) {
  const As worker = staff(Role::worker);
  EXPECT_EQ(member(ask(worker), "code"), "access.denied");
  const auto taken = file(worker);
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.body.find("张三丰"), std::string::npos);
  EXPECT_EQ(file(worker, "&permit=" + id(ask(manager))).status, 403);
}

TEST_P(Exports, N14_FiveWrongPasswordsLockHereToo) {
  const std::string permit = id(ask(manager));
  for (int failure = 0; failure < 5; ++failure) {
    EXPECT_EQ(confirm(manager, permit, "another word").status, 403);
  }
  EXPECT_EQ(confirm(manager, permit).status, 429);
}

TEST_P(Exports, N14_WhatASpreadsheetWouldRunStaysText) {
  const auto rows = get(manager, "/api/v1/households");
  EXPECT_EQ(post(manager, "/api/v1/households/" + member(rows, "rows.0.id"),
                 R"({"label":"","access_notes":"=1+1"})")
                .status,
            200);
  EXPECT_NE(file(manager).body.find("'=1+1"), std::string::npos);
  EXPECT_EQ(file(manager).body.find("''=1+1"), std::string::npos);
}

DOORSTEP_ON_BOTH_ENGINES(Exports);

}  // namespace
}  // namespace doorstep::api
