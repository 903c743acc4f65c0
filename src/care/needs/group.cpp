#include "care/needs/group.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::needs {
namespace {

/// Words of a rule pack, as SQL. They are checked to be words: nothing else is let into a statement.
std::string listed(const std::vector<std::string>& words) {
  std::string made;
  for (const std::string& one : words) {
    const bool is_word = !one.empty() && std::ranges::all_of(one, [](char c) {
      return (c >= 'a' && c <= 'z') || c == '_';
    });
    if (is_word) made += (made.empty() ? "'" : ", '") + one + "'";
  }
  return made.empty() ? "''" : made;
}

}  // namespace

Result<std::vector<Group>> groups(const RulePack& rules) {
  std::vector<Group> all;
  for (std::size_t at = 0; at < rules.count("needs.groups"); ++at) {
    const std::string key = fmt::format("needs.groups[{}].", at);
    all.push_back({TRY(rules.string(key + "key")), TRY(rules.string(key + "label")),
                   TRY(rules.strings(key + "services")), TRY(rules.strings(key + "duties"))});
  }
  return all;
}

Result<Group> group_of(const RulePack& rules, std::string_view key) {
  auto all = TRY(groups(rules));
  const auto found = std::ranges::find(all, key, &Group::key);
  if (found == all.end()) return Error{ErrorKind::not_found, "group.unknown"};
  return std::move(*found);
}

std::string queue_condition(const Group& group) {
  return fmt::format("((d.kind = 'need' AND n.service IN ({})) OR d.kind IN ({}))",
                     listed(group.services), listed(group.duties));
}

}  // namespace doorstep::needs
