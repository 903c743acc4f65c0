/// \file The present state of a few doors: what a board asks for after a live update.

#include <algorithm>

#include "care/day/board.h"

namespace doorstep::day {
namespace {

constexpr std::size_t dwellings_max = 200;

struct Request {
  std::string dwellings;  ///< Ids with commas between.
  void fields(auto& f) { f("dwellings", dwellings); }
};

struct CellView {
  Id<access::Place> id;
  std::optional<Id<access::Place>> building;
  SafeState state = SafeState::empty;
  std::optional<bool> care;

  void fields(auto& f) {
    f("id", id);
    f("building", building);
    f("s", state);
    f("c", care);
  }
};

struct Answer {
  std::int64_t seq = 0;
  Instant as_of{};
  std::vector<CellView> cells;

  void fields(auto& f) {
    f("seq", seq);
    f("as_of", as_of);
    f("cells", cells);
  }
};

/// Doors outside the scope are left out. Errors: too_large "board.too_many"; invalid
/// "field.dwellings".
Result<Answer> show(api::Context& context, const Request& request) {
  Answer answer{seq_of(context), context.now, {}};
  std::string_view rest = request.dwellings;
  for (std::size_t read = 0; !rest.empty(); ++read) {
    if (read == dwellings_max) return Error{ErrorKind::too_large, "board.too_many"};
    const auto comma = rest.find(',');
    const auto id = id_from_text(rest.substr(0, comma));
    if (!id) return Error{ErrorKind::invalid, "field.dwellings"};
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    const auto place = context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*id});
    if (!place) continue;
    Counts ignored;
    for (const Cell& cell : TRY(cells_below(context, place->text(0), ignored))) {
      CellView view{cell.id, {}, cell.state, {}};
      if (cell.care) view.care = true;
      const auto building = access::id_in_path(cell.path, 'b');
      if (building) view.building = Id<access::Place>{*building};
      answer.cells.push_back(view);
    }
  }
  return answer;
}

}  // namespace

api::Endpoint show_board_cells() {
  return api::query("/api/v1/board/cells", "board.show", "The present state of a few doors", show);
}

}  // namespace doorstep::day
