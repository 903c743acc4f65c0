// From the words to the door: bought, received, disinfected, sorted, carried; and goods that nobody ordered.
// Through the endpoint on both engines.

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/supply/delivered.h"
#include "care/supply/testing.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;
using std::chrono::minutes;

class Chain : public SupplyHouse {
 protected:
  std::string account_of(const api::As& as) {
    return member(get(as, "/api/v1/session"), "account.id");
  }
  api::Response handle(std::string_view what, std::string_view json) {
    return post(manager, fmt::format("/api/v1/parcels/{}", what), json);
  }
  /// A volunteer's phone with a run of these parcels, taken up.
  api::As on_the_way(const std::string& carrier, const std::string& parcels) {
    const auto sent =
        post(manager, "/api/v1/runs",
             fmt::format(R"({{"runs":[{{"carrier":"{}","parcels":[{}]}}]}})", carrier, parcels));
    EXPECT_EQ(sent.status, 200) << sent.body;
    const std::string run = member(sent, "runs.0");
    const api::As phone{{}, member(post(manager, "/api/v1/runs/" + run + "/link"), "token")};
    EXPECT_EQ(act(phone, R"("kind":"take")").status, 200);
    return phone;
  }
  api::Response act(const api::As& phone, std::string_view json) {
    const std::string key = fmt::format("018e0000-0000-7000-8000-{:012}", ++keys_);
    return send(phone, api::Method::post, "/api/v1/run/actions",
                fmt::format(R"({{"key":"{}",{}}})", key, json), key);
  }

 private:
  int keys_ = 0;
};

TEST_P(Chain, D4_D13_FromTheWordsToTheDoorWithWhoAndWhen) {
  // D4: collected, one sheet, one purchase, an assigned carrier. D13: every step of it with who and when.
  const std::string home = household("1", "101");
  const api::As resident = link(home, true);
  ASSERT_EQ(post(resident, "/api/v1/needs", R"({"text":"鸡蛋10个"})").status, 200);
  ask("102", "鸡蛋20个");
  close();
  EXPECT_EQ(line("鸡蛋"), "30000 1350");
  ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
  id(post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})"));
  const std::string carrier = account_of(staff(access::Role::volunteer));
  const auto order = count(
      fmt::format("SELECT id FROM customer_order WHERE household_id = {}", *id_from_text(home)));
  const auto parcel = count(fmt::format("SELECT id FROM parcel WHERE origin_id = {}", order));
  std::string code;
  (void)store().read([&](store::Snapshot& db) -> store::Outcome {
    code = db.first("SELECT code FROM parcel WHERE id = $1", {parcel})->text(0);
    return store::Answer{};
  });
  const auto received = handle("receive", fmt::format(R"({{"scan":"{}"}})", code));
  ASSERT_EQ(received.status, 200) << received.body;
  clock().advance(minutes{1});
  ASSERT_EQ(handle("disinfect", R"({"all":true})").status, 200);
  clock().advance(minutes{1});
  const auto sorted = handle("sort", fmt::format(R"({{"scan":"{}"}})", code));
  ASSERT_EQ(sorted.status, 200) << sorted.body;
  clock().advance(minutes{1});
  const api::As phone = on_the_way(carrier, fmt::format(R"("{}")", id_text(parcel)));
  clock().advance(minutes{5});
  const auto brought = act(phone, fmt::format(R"("kind":"delivered","household":"{}")", home));
  ASSERT_EQ(brought.status, 200) << brought.body;
  const auto noticed =
      service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
        notice_delivered(context, 100);
        context.journal("test.changed", 1, "");
        return store::Answer{};
      });
  EXPECT_TRUE(noticed.ok());
  const auto shown = get(resident, "/api/v1/orders/" + id_text(order));
  EXPECT_EQ(member(shown, "state"), "delivered") << shown.body;
  std::vector<std::string> steps;
  Instant before{};
  for (std::size_t at = 0; at < length(shown, "steps"); ++at) {
    const std::string row = fmt::format("steps.{}.", at);
    steps.push_back(member(shown, row + "step"));
    const auto when = instant_from_text(member(shown, row + "at"));
    ASSERT_TRUE(when && *when >= before) << shown.body;
    before = *when;
  }
  for (const char* step : {"asked", "ordered", "closed", "settled", "expected", "received",
                           "disinfected", "sorted", "delivered"}) {
    EXPECT_NE(std::ranges::find(steps, step), steps.end()) << step << shown.body;
  }
  // The last hand is named: whose run it was.
  EXPECT_NE(member(shown, fmt::format("steps.{}.by", steps.size() - 1)), "") << shown.body;
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE state = 'done'"), 1);
}

TEST_P(Chain, D29_GoodsOfFourKindsComeWithoutAnOrder) {
  // D29: 「外卖、快递、果蔬、日用品」, bought privately, received by the door alone and carried like any other.
  id(post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})"));
  const std::string carrier = account_of(staff(access::Role::volunteer));
  std::string parcels;
  for (const auto& [goods, kind] : {std::pair{"takeaway", "meal"},
                                    {"courier", "parcel"},
                                    {"produce", "fresh"},
                                    {"daily", "parcel"}}) {
    const auto received = handle(
        "receive", fmt::format(R"({{"door":"1-1-101","goods":"{}","class":"{}"}})", goods, kind));
    ASSERT_EQ(received.status, 200) << received.body;
    EXPECT_EQ(member(received, "parcel.goods"), goods);
    parcels += fmt::format(R"({}"{}")", parcels.empty() ? "" : ",", member(received, "parcel.id"));
  }
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE origin_kind = 'none'"), 4);
  ASSERT_EQ(handle("disinfect", R"({"all":true})").status, 200);
  const api::As phone = on_the_way(carrier, parcels);
  ASSERT_EQ(act(phone, fmt::format(R"("kind":"delivered","household":"{}")", household("1", "101")))
                .status,
            200);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE state = 'delivered'"), 4);
}

DOORSTEP_ON_BOTH_ENGINES(Chain);

}  // namespace
}  // namespace doorstep::supply
