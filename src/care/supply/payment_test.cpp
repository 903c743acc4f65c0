// N18: who is trusted pays, and what nobody has seen arrive is not paid; through the endpoint on both
// engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/supply/delivered.h"
#include "care/supply/ledger.h"
#include "care/supply/payment_claim.h"
#include "care/supply/testing.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;

class Payments : public SupplyHouse {
 protected:
  Payments() : home_(household("1", "101")) {
    ask("101", "鸡蛋10个，西红柿2斤");  // 4.50 + 5.60 = 10.10 yuan.
    close();
    EXPECT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
    own_ = link(home_, true);
    named_ = post(own_, "/api/v1/trusted", R"({"name":"女儿林梅"})");
    daughter_ = {{}, member(named_, "token"), api::Channel::network};
  }
  api::Response say(const api::As& as, int fen, std::string_view more = "") {
    return post(as, "/api/v1/payment-claims",
                fmt::format(R"({{"fen":{},"method":"wechat"{}}})", fen, more));
  }
  api::Response mine(const api::As& as) { return get(as, "/api/v1/payments/mine"); }
  api::Response decide(const std::string& claim, std::string_view json) {
    return post(manager, "/api/v1/payment-claims/" + claim + "/decide", json);
  }
  std::int64_t payments() {
    return count("SELECT count(*) FROM ledger_entry WHERE kind = 'payment'");
  }
  std::int64_t waiting() {
    return count("SELECT count(*) FROM duty WHERE kind = 'payment' AND closed_at IS NULL");
  }

  std::string home_;
  api::As own_;
  api::Response named_;
  api::As daughter_;
};

TEST_P(Payments, N18_WhoIsTrustedPaysAndItCountsOnceSomebodySawIt) {
  const auto seen = mine(daughter_);
  EXPECT_EQ(member(seen, "owed_fen"), "1010");
  EXPECT_EQ(member(seen, "orders.0.state"), "bought");
  EXPECT_EQ(member(seen, "orders.0.fen"), "1010");
  EXPECT_EQ(seen.body.find("鸡蛋"), std::string::npos);
  const std::string order = member(seen, "orders.0.id");
  const auto said =
      say(daughter_, 1010, fmt::format(R"(,"reference":"4200 11","order":"{}")", order));
  ASSERT_EQ(said.status, 200) << said.body;
  const std::string claim = member(said, "id");
  // Said is not paid.
  EXPECT_EQ(owed("101"), 1010);
  EXPECT_EQ(member(mine(own_), "owed_fen"), "1010");
  EXPECT_EQ(member(mine(own_), "waiting_fen"), "1010");
  EXPECT_EQ(member(mine(own_), "claims.0.state"), "claimed");
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(length(get(manager, "/api/v1/duties?kind=payment"), "rows"), 1U);
  const auto listed = get(manager, "/api/v1/payment-claims");
  EXPECT_EQ(member(listed, "rows.0.by"), "女儿林梅");
  EXPECT_EQ(member(listed, "rows.0.trusted"), "true");
  EXPECT_EQ(member(listed, "rows.0.reference"), "4200 11");
  EXPECT_EQ(member(listed, "rows.0.owed_fen"), "1010");
  // Two workers: booked once.
  const auto first = decide(claim, R"({"decision":"confirm"})");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(member(first, "owed_fen"), "0");
  EXPECT_EQ(member(decide(claim, R"({"decision":"confirm"})"), "entry"), member(first, "entry"));
  EXPECT_EQ(payments(), 1);
  EXPECT_EQ(owed("101"), 0);
  EXPECT_EQ(count("SELECT sum(amount_fen) FROM ledger_posting"), 0);
  EXPECT_EQ(count(fmt::format("SELECT order_id FROM ledger_entry WHERE kind = 'payment'")),
            *id_from_text(order));
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(member(decide(claim, R"({"decision":"reject","reason":"twice"})"), "code"),
            "payment.decided");
  EXPECT_EQ(member(mine(daughter_), "claims.0.state"), "confirmed");
  EXPECT_EQ(member(mine(own_), "claims.0.state"), "confirmed");
  EXPECT_EQ(length(get(manager, "/api/v1/payment-claims"), "rows"), 0U);
  // A mistake is corrected in the ledger, and the household reads it.
  EXPECT_EQ(
      post(manager, "/api/v1/ledger/" + member(first, "entry") + "/correct", R"({"note":"记错了"})")
          .status,
      200);
  EXPECT_EQ(member(mine(daughter_), "claims.0.state"), "corrected");
  EXPECT_EQ(member(mine(daughter_), "owed_fen"), "1010");
  EXPECT_EQ(member(mine(daughter_), "orders.0.fen"), "1010");
}

TEST_P(Payments, N18_WhoIsTrustedSeesThatItWasDelivered) {
  EXPECT_EQ(member(mine(daughter_), "orders.0.delivered_at"), "");
  const auto moved = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE parcel SET state = 'delivered', closed_at = $1", {clock().now()});
    tx.journal({community(), 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  ASSERT_TRUE(moved.ok());
  (void)service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
    notice_delivered(context, 100);
    return store::Answer{};
  });
  const auto seen = mine(daughter_);
  EXPECT_EQ(member(seen, "orders.0.state"), "delivered");
  EXPECT_NE(member(seen, "orders.0.delivered_at"), "");
}

TEST_P(Payments, N18_RejectedWithAReasonAndSaidAgain) {
  const std::string claim = member(say(own_, 1000), "id");
  EXPECT_EQ(member(decide(claim, R"({"decision":"reject"})"), "code"), "payment.reason");
  EXPECT_EQ(member(decide(claim, R"({"decision":"reject","reason":"other"})"), "code"),
            "payment.note");
  const std::string no = R"({"decision":"reject","reason":"other","note":"没看到"})";
  EXPECT_EQ(decide(claim, no).status, 200);
  EXPECT_EQ(decide(claim, no).status, 200);
  EXPECT_EQ(member(decide(claim, R"({"decision":"confirm"})"), "code"), "payment.decided");
  EXPECT_EQ(owed("101"), 1010);
  EXPECT_EQ(payments(), 0);
  EXPECT_EQ(waiting(), 0);
  const auto seen = mine(own_);
  EXPECT_EQ(member(seen, "claims.0.state"), "rejected");
  EXPECT_EQ(member(seen, "claims.0.note"), "没看到");
  EXPECT_EQ(member(seen, "waiting_fen"), "0");
  EXPECT_EQ(say(own_, 1000).status, 200);
}

TEST_P(Payments, N18_SlipsAreAskedBackAndOneTransferIsOne) {
  for (const int fen : {0, -5, 10'000'001}) {
    EXPECT_EQ(member(say(own_, fen), "code"), "money.amount") << fen;
  }
  const auto more = say(own_, 10100);
  EXPECT_EQ(member(more, "code"), "payment.more_than_owed");
  EXPECT_EQ(member(more, "hint"), "1010");
  EXPECT_EQ(say(own_, 600).status, 200);
  EXPECT_EQ(member(say(own_, 411), "hint"), "410");  // 600 of it was said to be paid.
  EXPECT_EQ(member(say(own_, 600), "code"), "payment.same_again");
  EXPECT_EQ(say(own_, 600, R"(,"sure":true)").status, 200);
  EXPECT_EQ(say(own_, 10, R"(,"sure":true,"reference":"7781")").status, 200);
  EXPECT_EQ(member(say(daughter_, 10, R"(,"sure":true,"reference":"7781")"), "code"),
            "payment.said_already");
  EXPECT_EQ(
      member(say(own_, 10, fmt::format(R"(,"sure":true,"reference":"{}")", std::string(65, '7'))),
             "code"),
      "payment.reference");
  EXPECT_EQ(member(say(own_, 10, R"(,"order":"0000000000009")"), "code"), "order.unknown");
  for (int n = 0; n < 7; ++n) {
    EXPECT_EQ(say(own_, 20 + n, R"(,"sure":true)").status, 200);
  }
  EXPECT_EQ(member(say(own_, 50, R"(,"sure":true)"), "code"), "payment.too_many");
  // The same transfer named by another door is shown to whoever decides.
  ask("102", "鸡蛋10个");
  EXPECT_EQ(say(link(household("1", "102"), true), 10, R"(,"sure":true,"reference":"7781")").status,
            200);
  const auto listed = get(manager, "/api/v1/payment-claims");
  EXPECT_EQ(member(listed, "rows.2.said_elsewhere"), "true");
  EXPECT_EQ(member(listed, "rows.0.said_elsewhere"), "false");
  EXPECT_EQ(payments(), 0);
}

TEST_P(Payments, N18_OneKeyIsOneClaim) {
  const std::string body = R"({"fen":1010,"method":"cash"})";
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(send(daughter_, api::Method::post, "/api/v1/payment-claims", body,
                   "018f3a5e-7b1c-7def-8123-456789abcdef")
                  .status,
              200);
  }
  EXPECT_EQ(count("SELECT count(*) FROM payment_claim"), 1);
}

TEST_P(Payments, N18_ALinkThatIsTakenBackSaysNothingMoreAndWhatItSaidStays) {
  const std::string claim = member(say(daughter_, 1010), "id");
  EXPECT_EQ(post(own_, "/api/v1/trusted/" + member(named_, "id") + "/revoke").status, 200);
  EXPECT_EQ(member(say(daughter_, 10), "code"), "link.revoked");
  EXPECT_EQ(member(mine(daughter_), "code"), "link.revoked");
  EXPECT_EQ(member(get(manager, "/api/v1/payment-claims"), "rows.0.by"), "女儿林梅");
  EXPECT_EQ(decide(claim, R"({"decision":"confirm"})").status, 200);
  EXPECT_EQ(owed("101"), 0);
}

TEST_P(Payments, N18_WhoIsTrustedReadsNoWordsOfOthers) {
  say(own_, 300, R"(,"reference":"我的单号")");
  say(daughter_, 200, R"(,"reference":"她的单号")");
  const auto hers = mine(daughter_);
  EXPECT_EQ(length(hers, "claims"), 1U);
  EXPECT_EQ(member(hers, "waiting_fen"), "500");
  EXPECT_EQ(hers.body.find("我的单号"), std::string::npos);
  EXPECT_EQ(length(mine(own_), "claims"), 2U);
  // A phone that nobody proved says that it paid, and learns nothing of what is owed.
  const api::As found = link(home_);
  EXPECT_EQ(member(mine(found), "owed_fen"), "");
  EXPECT_EQ(member(mine(found), "orders.0.state"), "bought");
  EXPECT_EQ(member(mine(found), "orders.0.fen"), "");
  EXPECT_EQ(length(mine(found), "claims"), 0U);
  EXPECT_EQ(say(found, 999'999).status, 200);
  EXPECT_EQ(length(mine(found), "claims"), 1U);
  EXPECT_EQ(member(get(manager, "/api/v1/payment-claims"), "rows.2.proved"), "false");
}

DOORSTEP_ON_BOTH_ENGINES(Payments);

}  // namespace
}  // namespace doorstep::supply
