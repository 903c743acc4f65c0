#pragma once
/// \file What a carrier does at the doors, sent by the phone when it can, or keyed in from the printed
/// run sheet: the same actions by the same way, each once (N10, N28, E22).

#include <optional>
#include <string>
#include <vector>

#include "care/delivery/runs.h"

namespace doorstep::delivery {

/// Something at a door is not as it should be: somebody has to find out who is behind it (N24, N28).
inline constexpr duty::Kind welfare{"welfare", access::Class::door, true};

enum class ActionKind : std::uint8_t {
  take,  ///< Everything is in hand; the run is on its way.
  delivered,
  not_delivered,  ///< With a reason; the goods come back to the point.
  old_bag,        ///< Yesterday's bag is still at the door.
  wrong,          ///< Something is not right behind that door.
  moved,          ///< A bag lay at the wrong door and was taken to its own.
  undo,           ///< What was said last is taken back.
};

/// What says that goods are at the door without anybody meeting there (E22).
enum class Proof : std::uint8_t { photo, code, tap };

struct Action {
  std::string key = {};  ///< UUIDv7 of the phone; the same one counts once.
  ActionKind kind = ActionKind::take;
  std::optional<Id<access::Household>> household =
      {};  ///< Which door; none with `take` and `undo`.
  std::optional<std::vector<Id<Parcel>>> parcels = {};  ///< Absent: all of the run for that door.
  std::optional<Instant> at = {};                       ///< By the phone's clock.
  std::optional<Reason> reason = {};
  std::optional<std::string> code = {};  ///< The household's code, typed or scanned at the door.
  std::optional<std::string> undoes = {};

  void fields(auto& f) {
    f("key", key);
    f("kind", kind);
    f("household", household);
    f("parcels", parcels);
    f("at", at);
    f("reason", reason);
    f("code", code);
    f("undoes", undoes);
  }
};

struct ActionReceipt {
  std::string key = {};
  bool again = false;  ///< It was here already.
  Instant recorded_at{};
  RunState run = RunState::planned;

  void fields(auto& f) {
    f("key", key);
    f("again", again);
    f("recorded_at", recorded_at);
    f("run", run);
  }
};

/// Carries out one action of a run, once per key.
/// Errors: invalid "action.key" (not 16 to 64 characters), "action.household" (none was named),
/// "action.reason", "action.code" (not that door's); not_found "run.nothing_there" (no such goods are in
/// this run: they were given to somebody else); conflict "run.closed" (it was cancelled), "action.undo" (there is nothing to take back), and those of leave().
Result<ActionReceipt> carry_out(api::WriteContext& context, RunRow& run, const Action& action);

/// The code that proves presence at a household's door: four characters of its id's hash under the
/// installation's pepper, printed on the household's door slip.
[[nodiscard]] std::string door_code(const api::Context& context, Id<access::Household> household);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::ActionKind> {
  static constexpr std::array words{
      std::string_view{"take"},    std::string_view{"delivered"}, std::string_view{"not_delivered"},
      std::string_view{"old_bag"}, std::string_view{"wrong"},     std::string_view{"moved"},
      std::string_view{"undo"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::Proof> {
  static constexpr std::array words{std::string_view{"photo"}, std::string_view{"code"},
                                    std::string_view{"tap"}};
};
