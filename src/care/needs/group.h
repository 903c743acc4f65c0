#pragma once
/// \file The functional groups of the field (信息、配送、志愿服务、宣传) and what is in whose queue (A30).
/// Which services and duties are whose is the rule pack's (`needs.groups`).

#include <string>
#include <vector>

#include "care/needs/need.h"

namespace doorstep::needs {

struct Group {
  std::string key = {};
  std::string label = {};
  std::vector<std::string> services = {};  ///< Needs of these services.
  std::vector<std::string> duties = {};    ///< Duties of these kinds.
};

/// Errors: those of the rule pack; a pack without groups has none.
Result<std::vector<Group>> groups(const RulePack& rules);
/// Errors: not_found "group.unknown".
Result<Group> group_of(const RulePack& rules, std::string_view key);

/// A condition on duty d and its need n (a LEFT JOIN): it is in this group's queue.
[[nodiscard]] std::string queue_condition(const Group& group);

}  // namespace doorstep::needs
