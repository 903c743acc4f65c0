#include "care/supply/menu.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace doorstep::supply {
namespace {

struct Kind {
  std::string key = {};
  bool wanted = false;  ///< Each day should have one.
  std::vector<std::string> words = {};
};

Result<std::vector<Kind>> kinds_of(const RulePack& rules) {
  std::vector<Kind> all;
  for (std::size_t at = 0; at < rules.count("supply.menu_kinds"); ++at) {
    const std::string key = fmt::format("supply.menu_kinds[{}].", at);
    all.push_back({TRY(rules.string(key + "key")), TRY(rules.boolean(key + "daily")),
                   TRY(rules.strings(key + "words"))});
  }
  return all;
}

std::vector<const Kind*> kinds_in(const std::vector<Kind>& all, const std::string& dish) {
  std::vector<const Kind*> found;
  for (const Kind& one : all) {
    const auto is_in = [&](const std::string& word) {
      return dish.find(word) != std::string::npos;
    };
    if (std::ranges::any_of(one.words, is_in)) found.push_back(&one);
  }
  return found;
}

}  // namespace

Result<Menu> weigh_menu(api::Context& context, Day day, const std::vector<std::string>& dishes) {
  const auto all = TRY(kinds_of(context.rules()));
  const std::int64_t days = TRY(context.rules().integer("supply.menu_repeat_days"));
  Menu menu;
  menu.day = day;
  std::set<std::string> there;
  for (const std::string& dish : dishes) {
    const auto found = kinds_in(all, dish);
    for (const Kind* one : found) there.insert(one->key);
    Dish made{dish, found.empty() ? "other" : found.front()->key, {}};
    const auto before = context.db.first(
        "SELECT max(day) FROM menu_dish WHERE community_id = $1 AND dish = $2 AND day < $3"
        " AND day >= $4",
        {context.community.id, dish, day, day - std::chrono::days{days}});
    made.served = before->maybe_day(0);
    menu.dishes.push_back(std::move(made));
  }
  for (const Kind& one : all) {
    if (one.wanted && !there.contains(one.key)) menu.lacking.push_back(one.key);
  }
  menu.kinds = std::ssize(there);
  return menu;
}

}  // namespace doorstep::supply
