// Who moves to another community (B6), through the endpoints on both engines: the sender answers for them
// until the receiver has taken them over, and there is never a second person.

#include "care/observation/transfer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/observation/moves.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::length;
using api::member;

class Transfers : public registry::Compound {
 protected:
  Transfers()
      : there_(another_community("邻社区")), receiver_(staff(access::Role::manager, "", there_)) {
    const auto place = [&](const char* kind, const char* name, const std::string& parent) {
      return id(post(receiver_, "/api/v1/places",
                     fmt::format(R"({{"kind":"{}","name":"{}"{}}})", kind, name,
                                 parent.empty() ? "" : R"(,"parent":")" + parent + '"')));
    };
    const std::string entrance =
        place("entrance", "1单元", place("building", "9栋", place("grid", "一网格", "")));
    const std::string dwelling = id(post(
        receiver_, "/api/v1/places",
        fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"501","floor":5}})", entrance)));
    home_ = id(post(receiver_, "/api/v1/households", R"({"dwelling":")" + dwelling + "\"}"));
  }
  std::string offer() {
    return id(post(manager, "/api/v1/people/" + zhang + "/transfer",
                   fmt::format(R"({{"community":"{}","address":"9栋501","note":"每周三透析"}})",
                               id_text(there_))));
  }
  api::Response accept(const std::string& transfer) {
    return post(receiver_, "/api/v1/arrivals/" + transfer + "/accept",
                R"({"household":")" + home_ + R"(","relation":"母亲"})");
  }
  /// A turn of the clock of both.
  void turn() {
    for (const std::int64_t one : {community(), there_}) {
      const auto outcome =
          service().as_system(one, [](api::WriteContext& context) -> store::Outcome {
            TRY(follow_moves(context));
            return store::Answer{};
          });
      EXPECT_TRUE(outcome.ok());
    }
  }
  std::int64_t owed(std::string_view kind, std::int64_t in) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND community_id = {}"
                    " AND closed_at IS NULL",
                    kind, in));
  }
  std::int64_t phones(std::int64_t in) {
    return count(
        fmt::format("SELECT count(*) FROM contact_point_use WHERE community_id = {}"
                    " AND person_id = {}",
                    in, *id_from_text(zhang)));
  }
  std::int64_t lives(std::int64_t in, bool now) {
    return count(
        fmt::format("SELECT count(*) FROM residence WHERE community_id = {}"
                    " AND person_id = {} AND until_on IS {}NULL",
                    in, *id_from_text(zhang), now ? "" : "NOT "));
  }
  std::int64_t missed() { return count("SELECT count(*) FROM missed_now WHERE why = 'no_duty'"); }

  std::int64_t there_;
  api::As receiver_;
  std::string home_;
};

TEST_P(Transfers, B6_AnotherCommunityTakesOverAndThePersonStaysOne) {
  const std::int64_t people = count("SELECT count(*) FROM person");
  post(manager, "/api/v1/households/" + household("1", "101") + "/phones",
       R"({"phone":"13912345678","person":")" + zhang + "\"}");
  ASSERT_EQ(post(manager, "/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"case_contact","person":"{}"}})",
                             household("1", "101"), zhang))
                .status,
            200);
  const std::string transfer = offer();
  turn();
  // Until it is accepted everything is the sender's, and both owe something.
  EXPECT_EQ(lives(community(), true), 1);
  EXPECT_EQ(lives(there_, true), 0);
  EXPECT_EQ(owed("contact", community()), 1);
  EXPECT_EQ(owed("contact", there_), 0);
  EXPECT_EQ(owed("handover", community()), 1);
  EXPECT_EQ(owed("takeover", there_), 1);
  const auto arriving = get(receiver_, "/api/v1/arrivals");
  EXPECT_EQ(member(arriving, "rows.0.note"), "每周三透析");
  // Masked, until somebody says why (N13).
  EXPECT_EQ(member(arriving, "rows.0.phone"), "***01");
  EXPECT_EQ(member(arriving, "rows.0.observed"), "true");
  const std::string reveal = "/api/v1/arrivals/" + transfer + "/reveal";
  EXPECT_EQ(post(receiver_, reveal, "{}").status, 422);
  EXPECT_EQ(member(post(receiver_, reveal, R"({"reason":"call_back"})"), "phones.0.number"),
            "13000000301");
  // The household that leaves reads who there looked, and why.
  const auto looks = get(link(household("1", "101"), true), "/api/v1/looks");
  EXPECT_NE(looks.body.find(R"("reason":"call_back")"), std::string::npos) << looks.body;

  ASSERT_EQ(accept(transfer).status, 200);
  // At once, before any clock: nobody stands between the two.
  EXPECT_EQ(owed("contact", there_), 1);
  turn();
  EXPECT_EQ(lives(community(), true), 0);
  EXPECT_EQ(lives(community(), false), 1);  // The history stays.
  EXPECT_EQ(lives(there_, true), 1);
  EXPECT_EQ(owed("contact", community()), 0);
  EXPECT_EQ(owed("contact", there_), 1);
  EXPECT_EQ(owed("handover", community()), 0);
  EXPECT_EQ(owed("takeover", there_), 0);
  EXPECT_EQ(count("SELECT count(*) FROM person"), people);
  EXPECT_EQ(missed(), 0);
  EXPECT_EQ(phones(community()), 0);
  EXPECT_EQ(phones(there_), 2);
  EXPECT_EQ(member(get(manager, "/api/v1/transfers"), "rows.0.state"), "accepted");
  EXPECT_EQ(member(get(receiver_, "/api/v1/arrivals"), "rows.0.note"), "");
  EXPECT_EQ(accept(transfer).status, 409);
  // The sender can no longer change who is not theirs.
  EXPECT_EQ(post(manager, "/api/v1/people/" + zhang, R"({"sex":"female"})").status, 404);
  EXPECT_EQ(post(receiver_, "/api/v1/people/" + zhang, R"({"sex":"female"})").status, 200);
}

TEST_P(Transfers, B6_WhoIsDeclinedStaysTheSendersAndSomebodyHearsOfIt) {
  const std::string transfer = offer();
  turn();
  ASSERT_EQ(post(receiver_, "/api/v1/arrivals/" + transfer + "/decline").status, 200);
  turn();
  EXPECT_EQ(lives(community(), true), 1);
  EXPECT_EQ(owed("takeover", there_), 0);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'handover' AND state = 'raised'"), 1);
  // Offered again, and taken back: nothing is owed.
  const std::string again = offer();
  EXPECT_EQ(post(manager, "/api/v1/transfers/" + again + "/withdraw").status, 200);
  turn();
  EXPECT_EQ(owed("handover", community()), 0);
  EXPECT_EQ(accept(again).status, 409);
}

TEST_P(Transfers, B6_OnlyTheReceiverAnswersAndOnlyOnceIsOffered) {
  const std::string transfer = offer();
  const std::string path = "/api/v1/people/" + zhang + "/transfer";
  const std::string there = R"({"community":")" + id_text(there_) + "\"}";
  EXPECT_EQ(post(manager, path, there).status, 409);
  EXPECT_EQ(post(manager, path, R"({"community":")" + id_text(community()) + "\"}").status, 422);
  EXPECT_EQ(post(manager, "/api/v1/arrivals/" + transfer + "/accept",
                 R"({"household":")" + household("2", "202") + "\"}")
                .status,
            404);
  EXPECT_EQ(post(receiver_, "/api/v1/transfers/" + transfer + "/withdraw").status, 404);
  EXPECT_EQ(post(receiver_, path, there).status, 404);
  EXPECT_EQ(length(get(manager, "/api/v1/arrivals"), "rows"), 0U);
  EXPECT_EQ(post(receiver_, "/api/v1/arrivals/" + transfer + "/accept",
                 R"({"household":")" + household("1", "101") + "\"}")
                .status,
            404);
  EXPECT_EQ(lives(community(), true), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Transfers);

}  // namespace
}  // namespace doorstep::observation
