#pragma once
/// \file The due set of a closing sheet: who was in it at the sheet before, who came, who left and why (N22). In
/// it is who is under observation and at home or at a central place, where a call reaches them.

#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::day {

struct Count {
  std::string word = {};
  std::int64_t count = 0;
  void fields(auto& f) {
    f("word", word);
    f("count", count);
  }
};

/// Yesterday + entered - left = today. Who moved from one household to another stays.
struct DuePeople {
  std::int64_t yesterday = 0;
  std::int64_t entered = 0;
  std::int64_t left = 0;
  std::int64_t today = 0;
  /// Why they left: a code of EndReason or Where, "moved_away"; the commonest first.
  std::vector<Count> reasons = {};

  void fields(auto& f) {
    f("yesterday", yesterday);
    f("entered", entered);
    f("left", left);
    f("today", today);
    f("reasons", reasons);
  }
};

/// In households: one is in it as long as somebody of it is, or nobody of it is registered. One that entered
/// and left between two sheets counts in neither.
struct DueSet {
  std::int64_t yesterday = 0;
  std::int64_t entered = 0;
  std::int64_t left = 0;
  std::int64_t today = 0;
  DuePeople people = {};

  void fields(auto& f) {
    f("yesterday", yesterday);
    f("entered", entered);
    f("left", left);
    f("today", today);
    f("people", people);
  }
};

/// Compares the due set of now with that of the sheet before, and keeps it for the next one.
DueSet reconcile(api::WriteContext& context);

}  // namespace doorstep::day
