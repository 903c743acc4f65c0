// How people reach the house: what each mode offers, and what shows that a second device opened the address.

#include "api/reach.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing.h"

namespace doorstep::api {
namespace {

Reach judged(ReachMode mode, std::string_view url, bool proved) {
  Reach reach;
  reach.mode = mode;
  reach.declared = true;
  reach.url = url;
  if (proved) reach.proved_at = Instant{};
  judge_reach(reach);
  return reach;
}

/// One letter for each feature in the order of ReachFeature: "+" works, "-" does not.
std::string works(const Reach& reach) {
  std::string all;
  for (const FeatureState& one : reach.features) all += one.works ? '+' : '-';
  return all;
}

TEST(Reach, N1_EachModeOffersWhatItCan) {
  struct Row {
    ReachMode mode;
    std::string_view url;
    bool proved;
    std::string_view refusal;
    std::string_view works;
  };
  using enum ReachMode;
  const std::array<Row, 10> rows{{
      {desk, "http://10.0.0.2:8080", true, "reach.desk", "+-----"},
      {desk, "https://a.example", true, "reach.desk", "+-----"},
      {local, "http://10.0.0.2:8080", true, "", "+++---"},
      {local, "http://10.0.0.2:8080", false, "address.unproved", "++----"},
      {local, "https://10.0.0.2", true, "", "+++-++"},
      {local, "http://127.0.0.1:8080", true, "address.this_machine", "+-----"},
      {local, "", false, "address.missing", "+-----"},
      {public_, "https://a.example", true, "", "++++++"},
      {public_, "https://a.example", false, "address.unproved", "++-+++"},
      {public_, "http://a.example", true, "reach.no_https", "++----"},
  }};
  for (const Row& row : rows) {
    const Reach reach = judged(row.mode, row.url, row.proved);
    EXPECT_EQ(reach.print_refusal.value_or(""), row.refusal) << row.url;
    EXPECT_EQ(works(reach), row.works) << word(row.mode) << ' ' << row.url;
    for (const FeatureState& one : reach.features) EXPECT_EQ(one.works, !one.reason);
  }
}

TEST(Reach, N2_KnowsWhatOnlyThisMachineOpens) {
  for (const std::string_view url :
       {"http://127.0.0.1:8080", "http://127.9.9.9", "http://localhost", "HTTP://LocalHost:80/x",
        "http://[::1]:8080", "http://0.0.0.0:8080", "http://a.localhost", "", "door.example"}) {
    EXPECT_TRUE(is_local_url(url)) << url;
  }
  for (const std::string_view url :
       {"http://192.168.1.20:8080", "https://door.example", "http://[fe80::1]:8080",
        "http://localhost.example", "http://1270.0.0.1.example"}) {
    EXPECT_FALSE(is_local_url(url)) << url;
  }
  EXPECT_EQ(origin_of("https://A.Example:443/x?y#z"), "https://a.example");
  EXPECT_EQ(origin_of("http://a.example:8080"), "http://a.example:8080");
  EXPECT_EQ(origin_of("ftp://a.example"), "");
}

TEST(Reach, N2_TheSameDeviceIsNoSecondOne) {
  const std::string home = "http://192.168.1.20:8080";
  const std::string abroad = "https://door.example";
  const ProofEnd desk{"192.168.1.5", "Firefox 1366"};
  const ProofEnd phone{"192.168.1.77", "MicroMessenger 360"};
  const auto judge = [&](const std::string& url, const std::string& origin,
                         const ProofEnd& opened) {
    return judge_proof(url, origin, desk, opened).value_or("");
  };
  EXPECT_EQ(judge(home, home, phone), "");
  EXPECT_EQ(judge(home, "http://127.0.0.1:8080", phone), "proof.other_address");
  ProofEnd other = phone;
  other.signed_in = true;
  EXPECT_EQ(judge(home, home, other), "proof.signed_in");
  other = phone;
  other.own_machine = true;
  EXPECT_EQ(judge(home, home, other), "proof.this_machine");
  other = phone;
  other.peer = desk.peer;  // Another browser on the desk's machine.
  EXPECT_EQ(judge(home, home, other), "proof.same_device");
  EXPECT_EQ(judge(abroad, abroad, other),
            "");               // Behind the router that the desk is behind as well.
  other.device = desk.device;  // A private window.
  EXPECT_EQ(judge(abroad, abroad, other), "proof.same_device");
}

class Reaching : public House {
 protected:
  Response open(const As& as, std::string_view token, std::string_view peer,
                std::string_view device, bool desk,
                std::string_view origin = "https://door.example") {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/reach/open";
    request.body = fmt::format(R"({{"token":"{}","origin":"{}","device":"{}","desk":{}}})", token,
                               origin, device, desk);
    request.session = as.session;
    request.same_site = true;
    request.peer = peer;
    return service().call(request);
  }
};

TEST_P(Reaching, N2_NothingIsProvedUntilASecondDeviceSpeaks) {
  const As manager = staff(access::Role::manager);
  EXPECT_EQ(member(get(manager, "/api/v1/reach"), "print_refusal"), "address.unproved");
  const auto asked = post(manager, "/api/v1/reach/proofs");
  ASSERT_EQ(asked.status, 200) << asked.body;
  const std::string token = member(asked, "token");
  EXPECT_EQ(member(asked, "url"), "https://door.example/l/proof#" + token);
  // Before the desk itself has spoken nobody can be told from it.
  EXPECT_EQ(member(open(nobody, token, "203.0.113.9", "phone", false), "code"), "proof.not_shown");
  EXPECT_EQ(member(open(nobody, token, "203.0.113.5", "desk", true), "code"), "session.none");
  EXPECT_EQ(open(manager, token, "203.0.113.5", "desk", true).status, 200);
  EXPECT_EQ(member(open(manager, token, "203.0.113.5", "desk", false), "code"), "proof.signed_in");
  EXPECT_EQ(member(open(nobody, token, "203.0.113.5", "desk", false), "code"), "proof.same_device");
  EXPECT_EQ(member(open(nobody, token, "127.0.0.1", "phone", false), "code"), "proof.this_machine");
  EXPECT_EQ(
      member(open(nobody, token, "203.0.113.9", "phone", false, "https://old.example"), "code"),
      "proof.other_address");
  EXPECT_EQ(member(open(nobody, "0123456789abcdef", "203.0.113.9", "phone", false), "code"),
            "proof.unknown");
  EXPECT_EQ(member(get(manager, "/api/v1/reach"), "print_refusal"), "address.unproved");
  EXPECT_EQ(member(open(nobody, token, "203.0.113.9", "phone", false), "proved"), "true");
  EXPECT_EQ(member(open(nobody, token, "203.0.113.9", "phone", false), "proved"), "true");
  EXPECT_EQ(member(get(manager, "/api/v1/reach"), "print_refusal"), "");
  // What was asked a quarter of an hour ago proves nothing.
  const std::string late = member(post(manager, "/api/v1/reach/proofs"), "token");
  clock().advance(std::chrono::minutes{16});
  EXPECT_EQ(member(open(manager, late, "203.0.113.5", "desk", true), "code"), "proof.unknown");
}

TEST_P(Reaching, N2_AnotherAddressIsProvedAnew) {
  const As manager = staff(access::Role::manager);
  const auto serve = [&](std::string_view url) {
    const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      note_address(tx, url, clock().now());
      return store::Answer{};
    });
    EXPECT_TRUE(outcome.ok());
    settings({.public_url = std::string(url), .demo = false});
  };
  const auto refusal = [&] { return member(get(manager, "/api/v1/reach"), "print_refusal"); };
  const auto prove = [&] {
    const std::string token = member(post(manager, "/api/v1/reach/proofs"), "token");
    open(manager, token, "203.0.113.5", "desk", true);
    return open(nobody, token, "203.0.113.9", "phone", false).status;
  };
  serve("https://door.example");
  EXPECT_EQ(prove(), 200);
  serve("https://door.example");  // Started again: as it was.
  EXPECT_EQ(refusal(), "");
  serve("https://other.example");
  EXPECT_EQ(refusal(), "address.unproved");
  serve("https://door.example");  // Nobody knows what stands there now.
  EXPECT_EQ(refusal(), "address.unproved");
}

TEST_P(Reaching, N1_TheModeIsDeclaredByWhoRunsTheHouse) {
  const As manager = staff(access::Role::manager);
  EXPECT_EQ(member(get(manager, "/api/v1/reach"), "mode"), "public");
  EXPECT_EQ(member(get(manager, "/api/v1/reach"), "declared"), "false");
  const auto desk = post(manager, "/api/v1/reach", R"({"mode":"desk"})");
  EXPECT_EQ(member(desk, "mode"), "desk");
  EXPECT_EQ(member(desk, "features.1.reason"), "reach.desk");
  EXPECT_EQ(member(post(manager, "/api/v1/reach/proofs"), "code"), "reach.desk");
  EXPECT_EQ(post(manager, "/api/v1/reach", R"({"mode":"pigeon"})").status, 422);
  EXPECT_EQ(post(staff(access::Role::worker), "/api/v1/reach", R"({"mode":"local"})").status, 403);
  EXPECT_EQ(member(get(staff(access::Role::worker), "/api/v1/reach"), "declared"), "true");
}

DOORSTEP_ON_BOTH_ENGINES(Reaching);

}  // namespace
}  // namespace doorstep::api
