#pragma once
/// \file Menus: what was and will be on the table, and what is to be said about it (D8).

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::supply {

struct Dish {
  std::string dish;
  std::string kind;           ///< A key of supply.menu_kinds, "other" where nothing of it is known.
  std::optional<Day> served;  ///< When it was last there, within the days that are warned of.

  void fields(auto& f) {
    f("dish", dish);
    f("kind", kind);
    f("served", served);
  }
};

struct Menu {
  Day day{};
  std::vector<Dish> dishes;
  std::vector<std::string> lacking;  ///< Kinds that a day should have and this one has not.
  std::int64_t kinds = 0;            ///< How many different ones: the more, the more varied.
  std::optional<Instant> published_at;

  void fields(auto& f) {
    f("day", day);
    f("dishes", dishes);
    f("lacking", lacking);
    f("kinds", kinds);
    f("published_at", published_at);
  }
};

/// Kind of each dish by the words in it, repeats, and what is lacking. Errors: those of the rule pack.
Result<Menu> weigh_menu(api::Context& context, Day day, const std::vector<std::string>& dishes);

}  // namespace doorstep::supply
