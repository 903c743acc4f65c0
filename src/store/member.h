#pragma once
/// \file One request inside a group that shares a commit.

#include <functional>
#include <string>
#include <vector>

#include "store/store.h"

namespace doorstep::store {

/// What was asked of Store::write().
struct Request {
  std::function<Outcome(Transaction&)> work;
  std::function<void(Outcome)> done;
};

/// A request, what came of it in this try, and the journal entries it wrote.
struct Member {
  Request request;
  Outcome outcome = Answer{};
  std::vector<Sealed> entries = {};
};

/// The answer to an exception.
[[nodiscard]] Error unavailable(const std::exception& reason);

/// Calls `done`; an answer that is the store's own failure goes to the log.
void deliver(Member& member);

/// Runs `work` and turns whatever leaves it into an Outcome. `spoiled` is asked afterwards: a work
/// that swallowed a Failure may not be committed.
[[nodiscard]] Outcome run_work(const std::function<Outcome(Transaction&)>& work, Transaction& tx,
                               const std::function<const Failure*()>& spoiled);

}  // namespace doorstep::store
