#pragma once
/// \file Roles. One person may hold several, each on a place and for a time (a dated grant).

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace doorstep::access {

enum class Role : std::uint8_t {
  resident,         ///< A household's link, unproved: may say and order, reads nothing personal.
  resident_proved,  ///< A household's link, proved once by phone or at the door.
  volunteer,        ///< 志愿者: goes to doors.
  carrier,          ///< Whoever holds a run's link: the doors of that run, and nothing else.
  opener,  ///< A household opened in an emergency, for an hour: never given, see care/rights/opening.h.
  captain,        ///< 楼栋长: one building.
  worker,         ///< 责任人: the one responsible for the households below a place.
  deputy,         ///< 责任人 B 角: stands in while the worker is absent.
  social_worker,  ///< 社工.
  cadre,          ///< 社区干部: the "2" of 1+2+N.
  grid_head,      ///< 网格长: the "1" of 1+2+N.
  leader,         ///< 组长: a team's leader.
  street,         ///< 街道: reads numbers and boards, changes nothing.
  property,       ///< 物业: doors and rubbish, no health.
  manager,        ///< 社区负责人: sets the community up.
  operator_,      ///< Whoever sits at this machine's shell.
};

inline constexpr std::array role_words{
    std::string_view{"resident"},      std::string_view{"resident_proved"},
    std::string_view{"volunteer"},     std::string_view{"carrier"},
    std::string_view{"opener"},        std::string_view{"captain"},
    std::string_view{"worker"},        std::string_view{"deputy"},
    std::string_view{"social_worker"}, std::string_view{"cadre"},
    std::string_view{"grid_head"},     std::string_view{"leader"},
    std::string_view{"street"},        std::string_view{"property"},
    std::string_view{"manager"},       std::string_view{"operator"}};

[[nodiscard]] constexpr std::string_view word(Role role) {
  return role_words[static_cast<std::size_t>(role)];
}

[[nodiscard]] constexpr std::optional<Role> role_from_word(std::string_view text) {
  for (std::size_t at = 0; at < role_words.size(); ++at) {
    if (role_words[at] == text) return static_cast<Role>(at);
  }
  return std::nullopt;
}

}  // namespace doorstep::access
