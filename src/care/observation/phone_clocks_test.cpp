// The server's clock against the phones that report, through the API on both engines.

#include "care/observation/phone_clocks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/clock.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;
using std::chrono::hours;
using std::chrono::minutes;

class PhoneClocks : public registry::Compound {
 protected:
  PhoneClocks() {
    for (const int building_number : {1, 2}) {
      for (const char* door : {"101", "102", "201", "202", "301", "302"}) {
        homes_.push_back(household(std::to_string(building_number), door));
      }
    }
  }
  /// A report from a phone of its own that shows `shown`.
  void report(std::size_t home, Instant shown) {
    const auto answer = post(link(homes_.at(home)), "/api/v1/check-ins?sent_at=" + to_text(shown),
                             R"({"wellbeing":"fine"})");
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  void turn() {
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          TRY(watch_phones(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }
  std::string doubt(std::string_view what) {
    return member(get(staff(access::Role::manager), "/api/v1/call-round"),
                  "pressing.clock." + std::string(what));
  }

  std::vector<std::string> homes_;
};

TEST_P(PhoneClocks, N8_MostPhonesAgainstTheServerHoldReleasesAndSayHowMany) {
  // The clock is set 26 hours ahead: the phones know better.
  const Instant real = clock().now();
  clock().set(real + hours{26});
  manager = staff(access::Role::manager);
  for (std::size_t at = 0; at < 10; ++at) report(at, real);
  report(10, clock().now());
  turn();
  EXPECT_EQ(doubt("reason"), "phones");
  EXPECT_EQ(doubt("phones"), "10");
  EXPECT_EQ(doubt("expected"), to_text(real));
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'clock.jumped'"), 1);
  // More of them are counted, in the same hold.
  report(11, real);
  turn();
  EXPECT_EQ(doubt("phones"), "11");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'clock.jumped'"), 1);
  // Who says that it is right is believed for a day.
  EXPECT_EQ(post(staff(access::Role::manager), "/api/v1/clock/confirm").status, 200);
  turn();
  EXPECT_EQ(doubt("reason"), "");
}

TEST_P(PhoneClocks, N8_AJumpThatIsSeenTellsHowManyPhonesAgree) {
  const Instant real = clock().now();
  clock().set(real + hours{26});
  manager = staff(access::Role::manager);
  (void)service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
    duty::watch_clock(context, real);
    return store::Answer{};
  });
  for (std::size_t at = 0; at < 3; ++at) report(at, real);
  turn();
  EXPECT_EQ(doubt("reason"), "jumped");
  EXPECT_EQ(doubt("phones"), "3");
}

TEST_P(PhoneClocks, N8_AFewWrongPhonesAreTheirOwnTrouble) {
  const Instant now = clock().now();
  report(0, now + hours{8});
  report(1, now - hours{30});
  turn();
  EXPECT_EQ(doubt("reason"), "");  // Two phones say nothing.
  report(2, now + minutes{6});
  for (std::size_t at = 3; at < 6; ++at) report(at, now + minutes{at});
  turn();
  EXPECT_EQ(doubt("reason"), "");  // Half of them are right.
  // The same phone again is one phone.
  for (int times = 0; times < 5; ++times) {
    const api::As one = link(homes_[6]);
    EXPECT_EQ(
        post(one, "/api/v1/check-ins?sent_at=" + to_text(now), R"({"wellbeing":"fine"})").status,
        200);
  }
  clock().advance(hours{2});
  turn();
  EXPECT_EQ(doubt("reason"), "");  // And what was long ago says nothing either.
}

DOORSTEP_ON_BOTH_ENGINES(PhoneClocks);

}  // namespace
}  // namespace doorstep::observation
