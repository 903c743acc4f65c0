#pragma once
/// \file Needs: what somebody asks for, with class, owner, due time and a state they can see. Each is a
/// duty; nothing is answered by falling silent (L6).

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "care/duty/duty.h"
#include "care/needs/note.h"
#include "care/needs/order.h"
#include "care/needs/reading.h"

namespace doorstep::needs {

struct Relay;

/// Somebody asked, and is owed an answer, then what they asked for.
inline constexpr duty::Kind owed{"need"};
/// A cry for help was heard in a text. Somebody takes it up at once; ended by what came of it.
inline constexpr duty::Kind emergency{"emergency", access::Class::health, true};

inline constexpr std::size_t text_length_max = 2000;  ///< Characters.

/// Who a need is for: its household, or no door that is known.
struct Receiver {
  Id<access::Household> household{};
  std::string path = {};
};

/// A need that is to be kept.
struct Asked {
  Receiver to = {};
  Origin origin = Origin::resident;
  Channel channel = Channel::page;
  Id<access::Household> sender_household{};  ///< Third party: whose link it came by.
  std::string sender = {};                   ///< Third party: who it is from, in their words.
  std::int64_t only_link = 0;  ///< The link that alone may read it (N26); 0: the household.
  std::optional<std::string> text = {};
  std::optional<Note> note = {};
  std::optional<Instant> need_by = {};
  Id<Relay> relay{};
  std::string relay_row = {};
  Reading reading = {};                   ///< Of the text; for a note alone its service and class.
  std::optional<Customer> customer = {};  ///< What is read of it goes into their order at once.
};

struct NeedRow {
  Id<Need> id{};
  Id<access::Household> household{};
  std::string path = {};
  Origin origin = Origin::resident;
  std::int64_t asked_by = 0;
  NeedClass of = NeedClass::other;
  std::string service = {};
  Urgency urgency = Urgency::routine;
  State state = State::waiting;
  Id<Order> order{};
  std::int64_t version = 0;
  std::optional<std::string> text = {};
  bool gone = false;
  std::optional<Instant> need_by = {};
  bool only_me = false;  ///< Private to who asked (N26): never in the household's order or account.
};

/// The columns of need in the order in which need_from() reads them, each after "n.".
inline constexpr std::string_view need_columns =
    "n.id, n.household_id, n.path, n.origin, n.asked_by, n.class, n.service, n.urgency, n.state,"
    " n.order_id, n.version, n.text, n.gone, n.need_by, n.only_link";
inline constexpr std::size_t need_column_count = 15;
[[nodiscard]] NeedRow need_from(const store::Row& row, std::size_t first = 0);

/// Not done, declined or cancelled.
[[nodiscard]] constexpr bool is_open(State state) {
  return state == State::waiting || state == State::asked_back || state == State::accepted;
}

/// A need inside the scope.
std::optional<NeedRow> find_need(const api::Context& context, Id<Need> id);
/// The lines that were read of it, or typed.
std::vector<Line> lines_of(store::Snapshot& db, Id<access::Community> community, Id<Need> need);

struct Recorded {
  NeedRow need;
  Instant due{};                      ///< By when somebody answers, or it has come.
  std::optional<Placed> placed = {};  ///< Where it was ordered.
};

/// Keeps it, with its lines and its duty; a cry for help opens a duty that presses at once. With a
/// customer its lines are in the order at once. Errors: those of the rule pack, place() and amend().
Result<Recorded> record(api::WriteContext& context, const Asked& asked);

/// Puts the lines into the household's order, with the need as what asked for them. Errors: those of
/// find_customer() and place(); conflict "need.private" (everybody there reads the order), "limit.household" (the hint names good and amount that is left).
Result<Placed> order_lines(api::WriteContext& context, NeedRow& need,
                           const std::vector<Line>& lines, bool diet);

/// Errors: conflict "limit.household".
Result<void> check_limits(api::Context& context, Id<access::Household> household,
                          const std::vector<Line>& lines);

/// Replaces what was read of the need by what a person says it means.
void write_lines(api::WriteContext& context, const NeedRow& need, const std::vector<Line>& lines);

/// Moves it to another state; its duty follows: met when done, excused when declined or cancelled, owed
/// until `until` when accepted. `reason` is a code, `answer` what the household is told.
void change(api::WriteContext& context, NeedRow& need, State state, std::string_view reason,
            const std::string& answer, std::optional<Instant> until = std::nullopt);

/// When somebody must have answered: soon for what is urgent, and before the time it is needed by (D20).
Result<Instant> answer_due(const api::Context& context, const Reading& reading,
                           std::optional<Instant> need_by);

}  // namespace doorstep::needs
