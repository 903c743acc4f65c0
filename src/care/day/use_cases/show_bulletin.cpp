/// \file The numbers of the day as they may be shared outside (N15): where people stand, area by area, with small counts hidden.

#include <map>

#include "care/day/stages.h"
#include "care/rights/small_numbers.h"

namespace doorstep::day {
namespace {

constexpr std::size_t columns = 4;

/// Counts; one that is hidden is left out.
struct Line {
  std::optional<Id<access::Place>>
      place;  ///< A grid, or a building of none; absent: it is no more.
  std::string name;
  std::optional<std::int64_t> collected;  ///< Known; nothing is asked of them.
  std::optional<std::int64_t> observed;
  std::optional<std::int64_t> released;
  std::optional<std::int64_t> left;  ///< Ended otherwise.
  std::optional<std::int64_t> persons;

  void fields(auto& f) {
    f("place", place);
    f("name", name);
    f("collected", collected);
    f("observed", observed);
    f("released", released);
    f("left", left);
    f("persons", persons);
  }
};

struct Answer {
  Instant as_of{};
  std::int64_t minimum = 0;  ///< What is under it is hidden, and what would give that away.
  std::vector<Line> rows;
  Line sums;

  void fields(auto& f) {
    f("as_of", as_of);
    f("minimum", minimum);
    f("rows", rows);
    f("sums", sums);
  }
};

std::int64_t area_of(const std::string& path) {
  const auto grid = access::id_in_path(path, 'g');
  return grid ? *grid : access::id_in_path(path, 'b').value_or(0);
}

std::size_t column_of(Stage stage) {
  switch (stage) {
    case Stage::collected: return 0;
    case Stage::arranged:
    case Stage::served: return 1;
    case Stage::released: return 2;
    case Stage::left: return 3;
  }
  return 0;
}

void fill(Line& line, const std::vector<std::optional<std::int64_t>>& cells) {
  line.collected = cells.at(0);
  line.observed = cells.at(1);
  line.released = cells.at(2);
  line.left = cells.at(3);
  line.persons = cells.at(columns);
}

Line line_of(const api::Context& context, std::int64_t area) {
  Line line;
  const auto place = context.db.first("SELECT p.name FROM {places} p WHERE p.id = $1", {area});
  if (place) {
    line.place = Id<access::Place>{area};
    line.name = place->text(0);
  }
  return line;
}

/// Errors: forbidden "access.denied" without the whole community: what each part would share of itself gives away the others'.
Result<Answer> show(api::Context& context, const api::Nothing&) {
  if (!context.scope.whole()) return Error{ErrorKind::forbidden, "access.denied"};
  // In the order in which areas were made: by name the third of five grids comes before the second.
  std::map<std::int64_t, std::vector<std::int64_t>> counted;
  for (const auto& [person, standing] : stages_below(context, "")) {
    auto& line = counted[area_of(standing.path)];
    line.resize(columns);
    ++line.at(column_of(standing.stage));
  }
  Answer answer{context.now, rights::small_count(context.rules()), {}, {}};
  if (counted.empty()) return answer;
  rights::Counts cells;
  for (auto& [area, line] : counted) {
    answer.rows.push_back(line_of(context, area));
    cells.push_back(std::move(line));
  }
  const auto shared = rights::shared(cells, answer.minimum);
  for (std::size_t at = 0; at < answer.rows.size(); ++at) fill(answer.rows[at], shared[at]);
  fill(answer.sums, shared.back());
  return answer;
}

}  // namespace

api::Endpoint show_bulletin() {
  return api::query("/api/v1/bulletin", "bulletin.show",
                    "The numbers of the day as they may be shared outside", show);
}

}  // namespace doorstep::day
