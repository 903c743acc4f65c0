/// \file Publish what there is to eat on a day (D8). A dish that was there within `supply.menu_repeat_days`
/// is warned of, and so is a day without vegetables or without protein; who plans decides.
///
/// Source: 「明天应该配送哪些菜品？如何搭配既营养又美味」 (S1).

#include <fmt/format.h>

#include "care/registry/households.h"
#include "care/supply/menu.h"

namespace doorstep::supply {
namespace {

constexpr std::size_t dishes_max = 20;

struct Request {
  Day day{};
  std::vector<std::string> dishes;
  std::optional<bool> publish;  ///< false: only what would be warned of. Absent: true.

  void fields(auto& f) {
    f("day", day);
    f("dishes", dishes);
    f("publish", publish);
  }
};

/// Errors: invalid "menu.day" (before today), "menu.dish" (none, too many, or one without a name).
Result<Menu> publish(api::WriteContext& context, const Request& request) {
  if (request.day < context.today()) return Error{ErrorKind::invalid, "menu.day"};
  if (request.dishes.empty() || request.dishes.size() > dishes_max) {
    return Error{ErrorKind::invalid, "menu.dish"};
  }
  std::vector<std::string> dishes;
  for (const std::string& one : request.dishes) {
    dishes.push_back(TRY(registry::clean_text(one, 30, "menu.dish")));
    if (dishes.back().empty()) return Error{ErrorKind::invalid, "menu.dish"};
  }
  Menu made = TRY(weigh_menu(context, request.day, dishes));
  if (!request.publish.value_or(true)) {
    context.journal("menu.tried", 0, "");
    return made;
  }
  context.tx.post("DELETE FROM menu_dish WHERE community_id = $1 AND day = $2",
                  {context.community.id, request.day});
  std::int64_t number = 0;
  for (const Dish& one : made.dishes) {
    context.tx.post(
        "INSERT INTO menu_dish (community_id, day, number, dish, kind, published_at, by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {context.community.id, request.day, ++number, one.dish, one.kind, context.now,
         context.actor.id});
  }
  made.published_at = context.now;
  context.journal("menu.published", 0, "",
                  fmt::format(R"({{"day":"{}","dishes":{}}})", to_text(request.day), number));
  return made;
}

}  // namespace

api::Endpoint publish_menu() {
  return api::command(api::Method::post, "/api/v1/menus", "supplier.edit",
                      "Publish what there is to eat on a day", publish);
}

}  // namespace doorstep::supply
