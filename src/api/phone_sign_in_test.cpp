// A phone is signed in from a desk, and a session that is left alone sleeps until its PIN.

#include "api/phone_sign_in.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/pin.h"
#include "api/testing.h"

namespace doorstep::api {
namespace {

using access::Role;

class Phones : public House {
 protected:
  Phones() { desk_ = staff(Role::worker); }

  std::string begin() { return member(post(desk_, "/api/v1/session/phone"), "token"); }
  Response claim(const std::string& token) {
    return post(nobody, "/api/v1/session/phone/claim",
                fmt::format(R"({{"token":"{}","device":"iPhone MicroMessenger"}})", token));
  }
  Response confirm(const std::string& token, const std::string& number) {
    return post(desk_, "/api/v1/session/phone/confirm",
                fmt::format(R"({{"token":"{}","number":{}}})", token, number));
  }
  Response enter(const std::string& claimed) {
    return post(nobody, "/api/v1/session/phone/enter", fmt::format(R"({{"claim":"{}"}})", claimed));
  }
  std::string state(const std::string& token) {
    return member(
        post(desk_, "/api/v1/session/phone/watch", fmt::format(R"({{"token":"{}"}})", token)),
        "state");
  }
  static As as(const Response& signed_in) { return {signed_in.session, {}, Channel::network}; }

  As desk_;
};

TEST_P(Phones, OneIsSignedInOnceTheDeskHasTypedItsNumber) {
  const std::string token = begin();
  EXPECT_EQ(state(token), "waiting");
  EXPECT_EQ(member(confirm(token, "123"), "code"), "phone.not_opened");
  const auto claimed = claim(token);
  ASSERT_EQ(claimed.status, 200) << claimed.body;
  EXPECT_EQ(state(token), "claimed");
  const std::string secret = member(claimed, "claim");
  const auto early = enter(secret);
  EXPECT_EQ(member(early, "ok"), "false");
  EXPECT_NE(early.cookie, Response::Cookie::set);
  ASSERT_EQ(confirm(token, member(claimed, "number")).status, 200);
  EXPECT_EQ(state(token), "confirmed");
  const auto entered = enter(secret);
  ASSERT_EQ(entered.cookie, Response::Cookie::set) << entered.body;
  EXPECT_EQ(member(get(as(entered), "/api/v1/session"), "account.id"),
            member(get(desk_, "/api/v1/session"), "account.id"));
  // Once; and the list says what it is.
  EXPECT_EQ(enter(secret).status, 401);
  const auto listed = get(desk_, "/api/v1/sessions");
  EXPECT_EQ(length(listed, "rows"), 2U);
  EXPECT_NE(listed.body.find(R"("way":"phone","device":"iPhone WeChat")"), std::string::npos)
      << listed.body;
  // It signs in no other phone.
  EXPECT_EQ(member(post(as(entered), "/api/v1/session/phone"), "code"), "phone.from_phone");
}

TEST_P(Phones, APhotographOfTheCodeIsNotEnough) {
  const std::string token = begin();
  const auto thief = claim(token);
  const auto own = claim(token);
  EXPECT_EQ(member(own, "code"), "phone.twice");
  EXPECT_EQ(state(token), "over");
  EXPECT_EQ(confirm(token, member(thief, "number")).status, 401);
  EXPECT_EQ(enter(member(thief, "claim")).status, 401);
}

TEST_P(Phones, ThreeWrongNumbersVoidIt) {
  const std::string token = begin();
  const auto claimed = claim(token);
  for (int nth = 0; nth < 3; ++nth) {
    EXPECT_EQ(member(confirm(token, "99"), "code"), "phone.number");
  }
  EXPECT_EQ(member(confirm(token, member(claimed, "number")), "code"), "phone.unknown");
  EXPECT_EQ(enter(member(claimed, "claim")).status, 401);
}

TEST_P(Phones, ItLastsTwoMinutesAndEndsWithTheDesk) {
  const std::string over = begin();
  clock().advance(std::chrono::minutes{2});
  EXPECT_EQ(member(claim(over), "code"), "phone.unknown");
  EXPECT_EQ(state(over), "over");
  // A new one voids the one before; another desk may not confirm it.
  const std::string older = begin();
  const std::string token = begin();
  EXPECT_EQ(claim(older).status, 401);
  const auto claimed = claim(token);
  const As other = staff(Role::manager);
  EXPECT_EQ(post(other, "/api/v1/session/phone/confirm",
                 fmt::format(R"({{"token":"{}","number":{}}})", token, member(claimed, "number")))
                .status,
            401);
  ASSERT_EQ(confirm(token, member(claimed, "number")).status, 200);
  EXPECT_EQ(send(desk_, Method::remove, "/api/v1/session").status, 200);
  EXPECT_EQ(enter(member(claimed, "claim")).status, 401);
}

DOORSTEP_ON_BOTH_ENGINES(Phones);

class Pins : public House {
 protected:
  Pins() { who_ = staff(Role::worker); }

  Response set(std::string_view pin, int minutes = 5) {
    return post(who_, "/api/v1/session/pin",
                fmt::format(R"({{"pin":"{}","minutes":{}}})", pin, minutes));
  }
  Response unlock(const As& as, std::string_view pin) {
    return post(as, "/api/v1/session/unlock", fmt::format(R"({{"pin":"{}"}})", pin));
  }
  std::string code() { return member(get(who_, "/api/v1/session"), "code"); }

  As who_;
};

TEST_P(Pins, ASessionThatIsLeftAloneSleepsUntilItsPin) {
  ASSERT_EQ(set("480213").status, 200);
  clock().advance(std::chrono::minutes{4});
  EXPECT_EQ(get(who_, "/api/v1/session").status, 200);  // A page that asks keeps nothing awake.
  EXPECT_EQ(post(who_, "/api/v1/session/awake", R"({"awake":true})").status, 200);
  clock().advance(std::chrono::minutes{4});
  EXPECT_EQ(get(who_, "/api/v1/session").status, 200);
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(code(), "session.pin");
  // Asleep it changes nothing either, its PIN least of all.
  EXPECT_EQ(member(set("135792"), "code"), "session.pin");
  EXPECT_EQ(post(who_, "/api/v1/session/awake", R"({"awake":true})").status, 401);
  EXPECT_EQ(member(unlock(who_, "480214"), "code"), "pin.wrong");
  EXPECT_EQ(member(unlock(who_, "480213"), "minutes"), "5");
  EXPECT_EQ(get(who_, "/api/v1/session").status, 200);
  EXPECT_EQ(post(who_, "/api/v1/session/awake", R"({"awake":false})").status, 200);
  EXPECT_EQ(code(), "session.pin");
  EXPECT_EQ(send(who_, Method::remove, "/api/v1/session").status, 200);
  EXPECT_EQ(unlock(who_, "480213").status, 401);
}

TEST_P(Pins, FiveWrongOnesEndTheSession) {
  ASSERT_EQ(set("480213").status, 200);
  for (int nth = 0; nth < 4; ++nth) EXPECT_EQ(member(unlock(who_, "000001"), "code"), "pin.wrong");
  EXPECT_EQ(member(unlock(who_, "000001"), "code"), "session.none");
  EXPECT_EQ(unlock(who_, "480213").status, 401);
  EXPECT_EQ(code(), "session.none");
}

TEST_P(Pins, IsGoodOnOneDeviceAndNotEasilyGuessed) {
  for (const std::string_view weak : {"123456", "987654", "777777"}) {
    EXPECT_EQ(member(set(weak), "code"), "pin.weak");
  }
  EXPECT_EQ(member(set("48021"), "code"), "pin.digits");
  EXPECT_EQ(member(set("480213", 0), "code"), "pin.minutes");
  ASSERT_EQ(set("480213").status, 200);
  EXPECT_EQ(unlock(nobody, "480213").status, 401);
  EXPECT_EQ(unlock(staff(Role::worker), "480213").status, 401);
  EXPECT_EQ(count("SELECT count(*) FROM session WHERE pin_hash LIKE '$argon2id$%'"), 1);
  EXPECT_EQ(post(who_, "/api/v1/session/pin", "{}").status, 200);
  clock().advance(std::chrono::hours{2});
  EXPECT_EQ(get(who_, "/api/v1/session").status, 200);
}

DOORSTEP_ON_BOTH_ENGINES(Pins);

}  // namespace
}  // namespace doorstep::api
