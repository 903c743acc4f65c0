#pragma once
/// \file The board: every door of the scope as a cell, with its state under the lens "safe".

#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"
#include "care/observation/windows.h"

namespace doorstep::day {

using observation::SafeState;

/// One dwelling. With several households it shows the worst state of them.
struct Cell {
  Id<access::Place> id{};
  std::string path = {};
  std::string door = {};  ///< "301".
  std::int64_t floor = 0;
  SafeState state = SafeState::empty;
  std::int64_t households = 0;
  bool care = false;  ///< One of them is looked after more closely; false to who reads no names.
};

/// How many households are in each state; the parts add up to `total`.
struct Counts {
  std::int64_t safe = 0;
  std::int64_t due = 0;
  std::int64_t overdue = 0;
  std::int64_t alarm = 0;
  std::int64_t none = 0;
  std::int64_t released = 0;
  std::int64_t empty = 0;  ///< Dwellings without a household.
  std::int64_t total = 0;

  void add(SafeState state);
  void fields(auto& f) {
    f("safe", safe);
    f("due", due);
    f("overdue", overdue);
    f("alarm", alarm);
    f("none", none);
    f("released", released);
    f("empty", empty);
    f("total", total);
  }
};

/// Cells of the scope below `prefix`, in the order of their paths. Who may not know about health
/// sees an alarm as safe. Errors: those of deciding_window.
Result<std::vector<Cell>> cells_below(api::Context& context, std::string_view prefix,
                                      Counts& counts);

/// The seq of the newest sealed entry that this picture holds: live updates go on from there.
std::int64_t seq_of(api::Context& context);

}  // namespace doorstep::day
