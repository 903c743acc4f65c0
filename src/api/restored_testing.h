#pragma once
/// \file For tests: a store as it is after its backup was put back (N6).

#include <gtest/gtest.h>

#include "store/restored.h"

namespace doorstep::api {

/// From a backup of a day and two hours before.
inline void restore(store::Store& store, Instant now) {
  const auto outcome = store.write_now([&](store::Transaction& tx) -> store::Outcome {
    store::mark_restored(
        {[&](std::string_view sql, const store::Values& values) { return tx.query(sql, values); },
         [&](std::string_view sql, const store::Values& values) { tx.run(sql, values); }},
        {7, now, now - std::chrono::hours{26}, 1});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

}  // namespace doorstep::api
