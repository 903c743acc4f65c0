#pragma once
/// \file The steps of a parcel and the order they are taken in (E13): disinfect, receive, door. Pure.

#include <optional>

#include "care/delivery/delivery.h"
#include "care/delivery/windows.h"

namespace doorstep::delivery {

enum class Step : std::uint8_t {
  expected,
  arrived,   ///< At a checkpoint.
  received,  ///< At the receiving point.
  disinfected,
  sorted,
  handed_over,  ///< From one point to another, by two people (E20).
  assigned,     ///< To a run, or to another run.
  unassigned,   ///< Taken out of its run again.
  out,          ///< Taken along by its carrier.
  delivered,
  proved,  ///< The door said so afterwards: a tap, a code, a picture (E22).
  undone,  ///< The carrier took back what was said last.
  moved,   ///< From a wrong door to the right one.
  held,
  resumed,  ///< It no longer waits for its reason.
  returned,
  lost,
  cancelled,
  edited,
  picked_up,  ///< At a shop, by a shuttle: it is on its way to a point (E19).
};

/// What a parcel has behind it.
struct Behind {
  State state = State::expected;
  bool received = false;
  bool disinfected = false;
  bool sorted = false;
};

/// Whether `step` may be taken now. Errors: conflict "step.receive_first", "step.disinfect_first",
/// "step.not_here" (it is not at a point), "step.not_out" (nobody has taken it along),
/// "parcel.closed" (delivered, returned, lost or cancelled), "parcel.came" (cancelling what was received).
Result<void> may(Step step, const Behind& parcel, Disinfect rule);

/// The state of a parcel that lies at a point and waits for nothing.
[[nodiscard]] State ready_state(const Behind& parcel);

[[nodiscard]] constexpr bool is_closed(State state) {
  return state == State::delivered || state == State::returned || state == State::lost ||
         state == State::cancelled;
}
/// It lies at a checkpoint or at the receiving point.
[[nodiscard]] constexpr bool is_at_point(State state) {
  return state == State::at_checkpoint || state == State::received || state == State::disinfected ||
         state == State::sorted || state == State::held;
}

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Step> {
  static constexpr std::array words{std::string_view{"expected"}, std::string_view{"arrived"},
                                    std::string_view{"received"}, std::string_view{"disinfected"},
                                    std::string_view{"sorted"},   std::string_view{"handed_over"},
                                    std::string_view{"assigned"}, std::string_view{"unassigned"},
                                    std::string_view{"out"},      std::string_view{"delivered"},
                                    std::string_view{"proved"},   std::string_view{"undone"},
                                    std::string_view{"moved"},    std::string_view{"held"},
                                    std::string_view{"resumed"},  std::string_view{"returned"},
                                    std::string_view{"lost"},     std::string_view{"cancelled"},
                                    std::string_view{"edited"},   std::string_view{"picked_up"}};
};
