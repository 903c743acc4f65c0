#pragma once
/// \file Roster: who can be given a duty now. Read once per transaction; then every question is a look
/// into memory.

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/role.h"
#include "api/endpoint.h"

namespace doorstep::duty {

/// The rungs of escalation, lowest first. Source: issue "Nobody is missed": worker, deputy, grid head,
/// team leader, street; the community's manager stands before the street.
enum class Rung : std::uint8_t { worker, deputy, grid_head, leader, manager, street };

inline constexpr std::size_t rung_count = 6;

struct Owner {
  std::int64_t account = 0;
  Rung rung = Rung::worker;
};

/// On shift is who is not recorded as absent and has a shift in force, or is on no roster at all: an
/// account for which no shift ends within the last or next 7 days is taken to be on call always.
/// Managers and the street always are, unless absent.
class Roster {
 public:
  static Roster load(api::Context& context);

  /// Who holds the lowest rung, from `from` up, on shift, nearest above the path; not somebody who
  /// lives behind that door. Where nobody on shift is left: a manager, then the street, absent or not;
  /// account 0 where there is none at all.
  [[nodiscard]] Owner on_shift(std::string_view path, Rung from) const;

  /// Who is responsible for the path, on shift or not, but not absent; else as on_shift().
  [[nodiscard]] Owner responsible(std::string_view path) const;

  /// Has a role on the rungs, or a captain's or volunteer's, in force, and is not closed.
  [[nodiscard]] bool may_own(std::int64_t account) const { return people_.contains(account); }
  [[nodiscard]] bool is_absent(std::int64_t account) const;
  [[nodiscard]] bool is_on_shift(std::int64_t account) const;
  /// The holder lives behind the door with this path.
  [[nodiscard]] bool is_subject(std::int64_t account, std::string_view path) const;

 private:
  struct Person {
    bool absent = false;
    bool on_shift = false;
    std::vector<std::string> homes = {};
  };
  struct Holder {
    std::int64_t account = 0;
    Rung rung = Rung::worker;
  };
  template <class Fit>
  [[nodiscard]] std::optional<Owner> nearest(std::string_view path, Rung from, Fit fit) const;

  std::unordered_map<std::int64_t, Person> people_;
  std::map<std::string, std::vector<Holder>, std::less<>> by_path_;
};

}  // namespace doorstep::duty

template <>
struct doorstep::api::Choices<doorstep::duty::Rung> {
  static constexpr std::array words{std::string_view{"worker"},    std::string_view{"deputy"},
                                    std::string_view{"grid_head"}, std::string_view{"leader"},
                                    std::string_view{"manager"},   std::string_view{"street"}};
};
