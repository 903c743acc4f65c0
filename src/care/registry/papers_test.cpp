// Paper that bears the address: refused until it is proved, in the order of the doors, and listed once the address
// is another one; through the API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::registry {
namespace {

using api::length;
using api::member;

class Papers : public Compound {
 protected:
  api::Response print(int number) {
    return post(manager, "/api/v1/places/" + building(number) + "/links", R"({"name":"纸条"})");
  }
};

TEST_P(Papers, N2_NothingPrintsUntilTheAddressIsProved) {
  EXPECT_EQ(member(print(1), "code"), "address.unproved");
  settings({.public_url = "http://127.0.0.1:8080", .demo = false});
  EXPECT_EQ(member(print(1), "code"), "address.this_machine");
  prove_address("http://127.0.0.1:8080");
  EXPECT_EQ(member(print(1), "code"), "address.this_machine");
  settings({.public_url = "https://door.example", .demo = false});
  EXPECT_EQ(count("SELECT count(*) FROM link_token"), 0);
  prove_address();
  const auto slips = print(1);
  ASSERT_EQ(slips.status, 200) << slips.body;
  ASSERT_EQ(length(slips, "rows"), 6U);
  // From the top floor down, as somebody walks them.
  std::string doors;
  for (int at = 0; at < 6; ++at) doors += member(slips, fmt::format("rows.{}.door", at)) + ' ';
  EXPECT_EQ(doors, "1栋1单元301 1栋1单元302 1栋1单元201 1栋1单元202 1栋1单元101 1栋1单元102 ");
  EXPECT_EQ(length(print(1), "rows"), 0U);  // Each has one.
}

TEST_P(Papers, N2_AChangedAddressListsWhatToPrintAgain) {
  prove_address();
  ASSERT_EQ(print(1).status, 200);
  ASSERT_EQ(print(2).status, 200);
  EXPECT_EQ(length(get(manager, "/api/v1/papers"), "rows"), 0U);
  settings({.public_url = "https://new.example", .demo = false});
  const auto old = get(manager, "/api/v1/papers?limit=5");
  ASSERT_EQ(length(old, "rows"), 5U);
  EXPECT_EQ(member(old, "rows.0.kind"), "slip");
  EXPECT_EQ(member(old, "rows.0.building_name"), "1栋");
  EXPECT_EQ(member(old, "rows.0.url"), "https://door.example");
  const auto rest = get(manager, "/api/v1/papers?limit=50&cursor=" + member(old, "next"));
  EXPECT_EQ(length(rest, "rows"), 7U);
  // Another address is another proof.
  EXPECT_EQ(member(print(1), "code"), "address.unproved");
  prove_address("https://new.example");
  EXPECT_EQ(length(print(1), "rows"), 6U);
  EXPECT_EQ(length(get(manager, "/api/v1/papers"), "rows"), 6U);
  const auto gone = get(manager, "/api/v1/papers");
  const std::string paper = "/api/v1/papers/" + member(gone, "rows.0.id") + "/remove";
  EXPECT_EQ(post(manager, paper).status, 200);
  EXPECT_EQ(post(manager, paper).status, 200);
  EXPECT_EQ(length(get(manager, "/api/v1/papers"), "rows"), 5U);
  EXPECT_EQ(member(post(manager, "/api/v1/papers/0000000000001/remove"), "code"), "paper.unknown");
}

TEST_P(Papers, N1_ASlipFromBeforeThereWereCodesIsNamedAndMadeAnewWhereThatIsAsked) {
  prove_address();
  ASSERT_EQ(print(1).status, 200);
  const std::string slips = "/api/v1/places/" + building(1) + "/door-slips";
  const auto uncoded = [&] {
    std::string doors;
    const auto shown = get(manager, slips);
    for (std::size_t at = 0; at < length(shown, "rows"); ++at) {
      const std::string row = fmt::format("rows.{}.", at);
      if (member(shown, row + "uncoded") == "true") doors += member(shown, row + "door") + ' ';
    }
    return doors;
  };
  EXPECT_EQ(uncoded(), "");
  // As two of them were left by a program that printed none.
  const auto dropped = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    for (const char* door : {"101", "302"}) {
      tx.run("DELETE FROM claim_code WHERE household_id = $1",
             {*id_from_text(household("1", door))});
    }
    tx.journal({0, 0, "test.changed", 0, "~"});
    return store::Answer{};
  });
  ASSERT_TRUE(dropped.ok());
  EXPECT_EQ(uncoded(), "1栋1单元302 1栋1单元101 ");
  EXPECT_EQ(length(print(1), "rows"), 0U);  // Who has a link gets no second one unasked.
  const auto anew = post(manager, "/api/v1/places/" + building(1) + "/links",
                         R"({"name":"纸条","uncoded":true})");
  ASSERT_EQ(length(anew, "rows"), 2U) << anew.body;
  EXPECT_EQ(member(anew, "rows.0.claim_code").size(), 9U) << anew.body;
  EXPECT_EQ(uncoded(), "");
}

TEST_P(Papers, N1_WithDeskPhoneAndPaperNoLinkIsMade) {
  prove_address();
  ASSERT_EQ(post(manager, "/api/v1/reach", R"({"mode":"desk"})").status, 200);
  EXPECT_EQ(member(get(manager, "/api/v1/session"), "reach"), "desk");
  EXPECT_EQ(member(print(1), "code"), "reach.desk");
  const std::string home = "/api/v1/households/" + household("1", "101");
  EXPECT_EQ(member(post(manager, home + "/links", R"({"name":"手机"})"), "code"), "reach.desk");
  EXPECT_EQ(
      member(post(manager, "/api/v1/trusted",
                  fmt::format(R"({{"household":"{}","name":"女儿"}})", household("1", "101"))),
             "code"),
      "reach.desk");
  EXPECT_EQ(count("SELECT count(*) FROM link_token"), 0);
  // What is read at the door works without any address.
  EXPECT_EQ(length(get(manager, "/api/v1/places/" + building(1) + "/door-slips"), "rows"), 6U);
}

DOORSTEP_ON_BOTH_ENGINES(Papers);

}  // namespace
}  // namespace doorstep::registry
