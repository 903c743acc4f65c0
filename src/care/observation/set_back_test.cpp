// A clock that ran a day ahead and is set right: nobody counts as reached for tomorrow, and what presses
// keeps its minutes.

#include "care/observation/set_back.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class SetBack : public registry::Compound {
 protected:
  std::int64_t contact(std::string_view column, std::string_view door) {
    return count(fmt::format("SELECT {} FROM duty WHERE kind = 'contact' AND subject_id = {}",
                             column, *id_from_text(household("1", door))));
  }
};

TEST_P(SetBack, N8_NobodyIsReachedForTomorrowAndWhatPressesGoesOn) {
  post(manager, "/api/v1/observations",
       fmt::format(R"({{"place":"{}","ground":"area"}})", building(1)));
  const std::int64_t today = contact("due_at", "101");
  const Instant before = clock().now();  // 09:26 in Shanghai; the window ends at 10:00.
  const api::As phone = link(household("1", "101"));
  clock().advance(hours{25});  // 10:26 of tomorrow.
  post(phone, "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  (void)service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
    TRY(duty::sweep(context, 100));
    return store::Answer{};
  });
  EXPECT_GT(contact("due_at", "101"), today + hours{24} / std::chrono::milliseconds{1});
  const Instant wrong = clock().now() + minutes{5};
  clock().set(before + minutes{5});
  const auto outcome =
      service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
        TRY(clock_set_back(context, wrong));
        return store::Answer{};
      });
  EXPECT_TRUE(outcome.ok());
  // Reached today, owed tomorrow; the others are owed today again, and were raised for nothing.
  EXPECT_EQ(contact("due_at", "101"), today + hours{24} / std::chrono::milliseconds{1});
  EXPECT_EQ(contact("next_at", "102"), today);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'contact' AND state <> 'waiting'"), 0);
}

DOORSTEP_ON_BOTH_ENGINES(SetBack);

}  // namespace
}  // namespace doorstep::observation
