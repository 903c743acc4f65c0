#pragma once
/// \file Watched: the Compound with households under observation and a clock that is told what time it is, for tests.

#include <string_view>

#include <fmt/format.h>

#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::day {

class Watched : public registry::Compound {
 protected:
  /// What the clock does at that time.
  void tick(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) { return turn(context); });
    EXPECT_TRUE(outcome.ok());
  }
  /// A household of building 1; `more`: further members, each after a comma.
  void observe(std::string_view door, std::string_view more = "") {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"{}}})",
                               household("1", door), more))
                  .status,
              200);
  }
  virtual store::Outcome turn(api::WriteContext& context) {
    TRY(duty::sweep(context, 1000));
    return store::Answer{};
  }
};

}  // namespace doorstep::day
