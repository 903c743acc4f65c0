/// \file What there is to eat today and on the days that come, for everybody (D8).

#include "care/supply/menu.h"

namespace doorstep::supply {
namespace {

struct Published {
  Day day{};
  std::vector<std::string> dishes;
  void fields(auto& f) {
    f("day", day);
    f("dishes", dishes);
  }
};

struct Response {
  std::vector<Published> days;  ///< From today on, at most a week.
  void fields(auto& f) { f("days", days); }
};

Result<Response> show(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT day, dish FROM menu_dish WHERE community_id = $1 AND day >= $2 AND day < $3"
           " ORDER BY day, number",
           {context.community.id, context.today(), context.today() + std::chrono::days{7}})) {
    if (made.days.empty() || made.days.back().day != row.day(0)) {
      made.days.push_back({row.day(0), {}});
    }
    made.days.back().dishes.push_back(row.text(1));
  }
  return made;
}

}  // namespace

api::Endpoint show_menu() {
  return api::query("/api/v1/menus", "need.ask", "What there is to eat", show);
}

}  // namespace doorstep::supply
