/// \file Show the doors at which something of some kinds is owed: a lens of the board.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "care/duty/duty.h"

namespace doorstep::duty {
namespace {

/// How what is owed at a door stands, least urgent first; the most urgent of them is shown.
enum class DoorDuty : std::uint8_t {
  waiting,  ///< Not due yet, or paused.
  taken,    ///< Somebody is on it.
  raised,   ///< Somebody has to take it up.
  climbed,  ///< Nobody did in time.
};

}  // namespace
}  // namespace doorstep::duty

template <>
struct doorstep::api::Choices<doorstep::duty::DoorDuty> {
  static constexpr std::array words{std::string_view{"waiting"}, std::string_view{"taken"},
                                    std::string_view{"raised"}, std::string_view{"climbed"}};
};

namespace doorstep::duty {
namespace {

constexpr std::size_t kinds_max = 20;

struct Request {
  std::string kinds;  ///< With commas between: "need,medicine".

  void fields(auto& f) { f("kinds", kinds); }
};

struct Cell {
  Id<access::Place> id;  ///< Dwelling.
  DoorDuty state = DoorDuty::waiting;
  std::int64_t duties = 0;

  void fields(auto& f) {
    f("id", id);
    f("s", state);
    f("n", duties);
  }
};

struct Answer {
  Instant as_of{};
  std::vector<Cell> cells;
  std::int64_t elsewhere = 0;  ///< Owed at no door: to a building or the whole community.

  void fields(auto& f) {
    f("as_of", as_of);
    f("cells", cells);
    f("elsewhere", elsewhere);
  }
};

DoorDuty standing(State state, Rung level) {
  if (state == State::acknowledged) return DoorDuty::taken;
  if (state != State::raised) return DoorDuty::waiting;
  return level == Rung::worker ? DoorDuty::raised : DoorDuty::climbed;
}

/// Errors: invalid "field.kinds" (none, or more than 20).
Result<std::vector<std::string>> kinds_of(std::string_view text) {
  std::vector<std::string> kinds;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    kinds.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  if (kinds.empty() || kinds.size() > kinds_max) return Error{ErrorKind::invalid, "field.kinds"};
  return kinds;
}

/// Errors: as kinds_of(). A kind that nothing is owed of has no doors.
Result<Answer> show(api::Context& context, const Request& request) {
  store::Values values;
  std::string places;
  for (const std::string& kind : TRY(kinds_of(request.kinds))) {
    values.emplace_back(kind);
    places += fmt::format("{}${}", places.empty() ? "" : ", ", values.size());
  }
  Answer answer;
  answer.as_of = context.now;
  std::map<std::int64_t, Cell> doors;
  context.db.each(
      "SELECT d.path, d.state, d.level FROM {duties} d WHERE d.closed_at IS NULL"
      " AND d.kind IN (" +
          places + ")",
      values, [&](const store::Row& row) {
        const auto dwelling = access::id_in_path(row.text(0), 'd');
        if (!dwelling) {
          ++answer.elsewhere;
          return true;
        }
        Cell& cell = doors[*dwelling];
        cell.id = Id<access::Place>{*dwelling};
        cell.state = std::max(cell.state,
                              standing(*api::from_word<State>(row.text(1)),
                                       api::from_word<Rung>(row.text(2)).value_or(Rung::street)));
        ++cell.duties;
        return true;
      });
  for (const auto& [id, cell] : doors) answer.cells.push_back(cell);
  return answer;
}

}  // namespace

api::Endpoint show_duty_doors() {
  return api::query("/api/v1/board/duties", "duty.list",
                    "The doors at which something of some kinds is owed", show);
}

}  // namespace doorstep::duty
