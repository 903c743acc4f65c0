#pragma once
/// \file What hangs at a door while an order is in force (C6): two labels of a household and a sensor, each
/// under a code of its own. None outlives the order, and each is taken down by a deadline (N16).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/duty/duty.h"

namespace doorstep::observation {

struct DoorControl;
struct Observation;

enum class ControlKind : std::uint8_t { door_label, ledger_label, sensor };

/// `printed`: made, and not yet where it belongs. `expired`: hangs on a day on which it may not.
enum class ControlState : std::uint8_t { printed, posted, expired, removed };

/// Taken down by then; the subject is the control. Met by its removal alone.
inline constexpr duty::Kind control_end{"control_end"};

struct Control {
  Id<DoorControl> id{};
  Id<access::Household> household{};
  ControlKind kind = ControlKind::door_label;
  std::string code = {};
  Day until_on{};  ///< The first day on which it may not hang there.
  ControlState state = ControlState::printed;

  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("code", code);
    f("until_on", until_on);
    f("state", state);
  }
};

/// Of a household, those that were taken down left out, in the order of their kinds.
std::vector<Control> controls_of(const api::Context& context, Id<access::Household> household);

/// One that stands, inside the scope.
std::optional<Control> find_control(const api::Context& context, Id<DoorControl> id);

/// The order in force on a household.
struct Order {
  Id<Observation> observation{};
  std::string path = {};
  Day ends_on{};
};
/// Absent where none is, or where they stay by choice (C5).
std::optional<Order> order_on(const api::Context& context, Id<access::Household> household);

/// Until which instant a control has to be gone that may hang there until `until_on`. Errors: those of
/// the rule pack.
Result<Instant> gone_by(const api::Context& context, Day until_on);

/// The order may end on another day, by whoever said so and why: its controls go on with it (N16), and
/// labels are printed anew, for the old day stands on them. Errors: as gone_by().
Result<void> follow_order(api::WriteContext& context, Id<access::Household> household);

/// The order is over: whatever hangs there is due from now on. How many there are. Errors: as gone_by().
Result<std::int64_t> end_controls(api::WriteContext& context, Id<access::Household> household);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::ControlKind> {
  static constexpr std::array words{std::string_view{"door_label"},
                                    std::string_view{"ledger_label"}, std::string_view{"sensor"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::ControlState> {
  static constexpr std::array words{std::string_view{"printed"}, std::string_view{"posted"},
                                    std::string_view{"expired"}, std::string_view{"removed"}};
};
