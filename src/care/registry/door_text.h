#pragma once
/// \file Doors as people write them: "10-2-301", "10栋2单元301", "静园巷13号1单元103".
///
/// Each level has a key in which its spellings agree: "10栋", "10号楼", "十栋" and "10" are "10";
/// "2单元", "二单元" and "2" are "2"; a name without a number is its folded self. A door's key
/// joins them: "10-2-301", with an empty middle where the building has no entrances.

#include <string>
#include <string_view>
#include <vector>

namespace doorstep::registry {

[[nodiscard]] std::string building_key(std::string_view name);
[[nodiscard]] std::string entrance_key(std::string_view name);
[[nodiscard]] std::string dwelling_key(std::string_view name);
/// Compounds and grids: folded, without spaces; "第一网格", "一网格" and "1网格" agree.
[[nodiscard]] std::string area_key(std::string_view name);

[[nodiscard]] std::string door_key(std::string_view building, std::string_view entrance,
                                   std::string_view dwelling);

/// "10栋" + "2单元" + "301": one after the other, with a dash where figures or letters would meet.
[[nodiscard]] std::string join_door(const std::vector<std::string>& names);

/// One way to read a text. Empty: not said.
struct DoorReading {
  std::string building = {};  ///< As written, for names that are only part of a building's.
  std::string entrance = {};  ///< A key.
  std::string dwelling = {};  ///< A key.
  friend bool operator==(const DoorReading&, const DoorReading&) = default;
};

/// Every way to read `text` as a door, the likeliest first; empty where it is none. "10-301" may be
/// door 301 of building 10 or entrance 301 of it: which one exists is not known here.
[[nodiscard]] std::vector<DoorReading> read_door(std::string_view text);

}  // namespace doorstep::registry
