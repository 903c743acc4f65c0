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

TEST_P(Turns, ASteadyClockHoldsNothing) {
  sweep_all([&](const SystemWork& work) { return second_time(work); }, clock().now());
  EXPECT_EQ(count("SELECT count(*) FROM clock_hold"), 0);
}

DOORSTEP_ON_BOTH_ENGINES(Turns);

}  // namespace
}  // namespace doorstep::app
