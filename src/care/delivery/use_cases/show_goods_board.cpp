/// \file The doors that goods are on their way to: the board's lens "to deliver" (E9).

#include <algorithm>
#include <map>

#include "care/delivery/parcel.h"

namespace doorstep::delivery {

/// How the goods of one door stand; the one that presses most.
enum class DoorGoods : std::uint8_t {
  coming,   ///< It was said that they come, or they lie at a gate.
  waiting,  ///< At the receiving point.
  out,
  held,
  overdue,  ///< Their window is over, or the day's end is near (E9).
};

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::DoorGoods> {
  static constexpr std::array words{std::string_view{"coming"}, std::string_view{"waiting"},
                                    std::string_view{"out"}, std::string_view{"held"},
                                    std::string_view{"overdue"}};
};

namespace doorstep::delivery {
namespace {

struct Cell {
  std::string path;
  Id<access::Place> id;
  DoorGoods state = DoorGoods::coming;
  std::int64_t parcels = 0;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("s", state);
    f("n", parcels);
  }
};

struct GoodsBoard {
  Instant as_of{};
  std::int64_t parcels = 0;  ///< Came, and are not at their door: what is still to bring.
  std::int64_t overdue = 0;
  std::int64_t held = 0;
  std::int64_t unknown = 0;  ///< Of them: nobody knows whose they are.
  std::vector<Cell> cells;

  void fields(auto& f) {
    f("as_of", as_of);
    f("parcels", parcels);
    f("overdue", overdue);
    f("held", held);
    f("unknown", unknown);
    f("cells", cells);
  }
};

/// From when what is not at its door presses, whatever its window: so long before the day's end; a pack
/// without it means the end itself. Errors: those of the rule pack.
Result<Instant> red_from(const api::Context& context) {
  const Instant end = TRY(day_until(context.rules(), context.community.zone, context.now));
  const auto before = context.rules().integer("delivery.red_minutes");
  if (!before.ok() && before.error().code != "rules.missing") return before.error();
  return end - std::chrono::minutes{before.ok() ? *before : 0};
}

/// `red`: the hour after which what is for today presses.
DoorGoods state_of(State state, std::optional<Instant> due, Instant now, Instant red) {
  if (state == State::held) return DoorGoods::held;
  const bool today = due && *due < red + std::chrono::hours{12};
  if (state != State::expected && due && (*due <= now || (today && now >= red))) {
    return DoorGoods::overdue;
  }
  if (state == State::out) return DoorGoods::out;
  if (state == State::expected || state == State::at_checkpoint) return DoorGoods::coming;
  return DoorGoods::waiting;
}

/// Errors: those of the rule pack.
Result<GoodsBoard> show(api::Context& context, const api::Nothing&) {
  GoodsBoard board;
  board.as_of = context.now;
  const Instant red = TRY(red_from(context));
  std::map<std::int64_t, Cell> doors;
  context.db.each(
      "SELECT p.path, p.state, p.due_at, p.household_id FROM {parcels} p WHERE p.closed_at IS NULL",
      {}, [&](const store::Row& row) {
        const State state = api::from_word<State>(row.text(1)).value_or(State::held);
        const DoorGoods goods = state_of(state, row.maybe_instant(2), context.now, red);
        if (state != State::expected) {
          ++board.parcels;
          board.held += goods == DoorGoods::held ? 1 : 0;
          board.overdue += goods == DoorGoods::overdue ? 1 : 0;
          board.unknown += row.is_null(3) ? 1 : 0;
        }
        const auto dwelling = access::id_in_path(row.text(0), 'd');
        if (!dwelling) return true;
        Cell& cell = doors[*dwelling];
        cell.path = row.text(0);
        cell.id = Id<access::Place>{*dwelling};
        cell.state = std::max(cell.state, goods);
        ++cell.parcels;
        return true;
      });
  for (auto& [id, cell] : doors) board.cells.push_back(std::move(cell));
  return board;
}

}  // namespace

api::Endpoint show_goods_board() {
  return api::query("/api/v1/board/goods", "parcel.list",
                    "The doors that goods are on their way to", show);
}

}  // namespace doorstep::delivery
