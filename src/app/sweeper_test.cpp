// The clock's turn where its transaction is carried out twice, as PostgreSQL does after a conflict.

#include "app/sweeper.h"

#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::app {
namespace {

using std::chrono::hours;

class Turns : public registry::Compound {
 protected:
  /// The first try is carried out whole and then rolled back.
  store::Outcome second_time(const SystemWork& work) {
    const auto first =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          TRY(work(context));
          return Error{ErrorKind::unavailable, "store.busy"};
        });
    EXPECT_EQ(first.error().code, "store.busy");
    ++rolled_back_;
    return service().as_system(community(), work);
  }
  int rolled_back_ = 0;
};

TEST_P(Turns, AJumpIsNotedAlsoWhereTheFirstTryIsRolledBack) {
  sweep_all([&](const SystemWork& work) { return second_time(work); }, clock().now() - hours{26});
  EXPECT_EQ(rolled_back_, 1);
  EXPECT_EQ(count("SELECT count(*) FROM clock_hold"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'clock.jumped'"), 1);
}

TEST_P(Turns, N8_AWrongClockIsNoticedAtTheStart) {
  const auto start = [&] {
    look_at_start([&](const SystemWork& work) { return service().as_system(community(), work); });
    return count("SELECT count(*) FROM clock_hold WHERE reason = 'start'");
  };
  const Instant newest = clock().now();
  (void)service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
    context.journal("test.changed", 1, "");
    return store::Answer{};
  });
  for (const auto rest : {hours{0}, hours{24}}) {
    clock().set(newest + rest);
    EXPECT_EQ(start(), 0);
  }
  // A battery is empty and the clock begins in the past, or somebody set it a day ahead.
  clock().set(newest - std::chrono::minutes{6});
  EXPECT_EQ(start(), 1);
  const api::As manager_now = staff(access::Role::manager);
  EXPECT_EQ(api::member(get(manager_now, "/api/v1/call-round"), "pressing.clock.reason"), "start");
  EXPECT_EQ(post(manager_now, "/api/v1/clock/confirm").status, 200);
  clock().set(newest + hours{26});
  EXPECT_EQ(start(), 1);
}

TEST_P(Turns, ASteadyClockHoldsNothing) {
  sweep_all([&](const SystemWork& work) { return second_time(work); }, clock().now());
  EXPECT_EQ(count("SELECT count(*) FROM clock_hold"), 0);
}

DOORSTEP_ON_BOTH_ENGINES(Turns);

}  // namespace
}  // namespace doorstep::app
