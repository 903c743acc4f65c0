/// \file Doors: what the community's real dwellings say about an address.

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "engine/intake/folded.h"

namespace doorstep::intake {
namespace {

constexpr std::size_t doors_listed = 8;

/// "02栋" and "2" are the same building, "a" and "A" the same entrance.
std::string plain(std::string_view value) {
  std::u32string folded = fold(text::trim(value)).text;
  for (const std::u32string_view suffix :
       {U"号楼", U"单元", U"栋", U"幢", U"座", U"室", U"楼", U"层", U"号", U"房"}) {
    if (folded.size() > suffix.size() && folded.ends_with(suffix)) {
      folded.erase(folded.size() - suffix.size());
      break;
    }
  }
  const std::size_t zeros = std::min(folded.find_first_not_of(U'0'), folded.size());
  if (zeros < folded.size()) folded.erase(0, zeros);
  return utf8(folded);
}

/// One line of RFC 4180, moved past in `rest`.
std::vector<std::string> csv_line(std::string_view& rest) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (quoted) {
      if (c == '"' && at + 1 < rest.size() && rest[at + 1] == '"') {
        cells.back() += rest[++at];
      } else if (c == '"') {
        quoted = false;
      } else {
        cells.back() += c;
      }
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return cells;
}

struct Columns {
  std::size_t building, unit, floor, room;
};

std::size_t column(const std::vector<std::string>& header,
                   std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = text::fold(header[i]);
    for (const std::string_view wanted : names) {
      if (name == wanted) return i;
    }
  }
  return header.size();
}

}  // namespace

struct Doors::Index {
  struct Door {
    std::string building, unit, floor, room;
  };
  std::vector<Door> doors;
  std::unordered_multimap<std::string, std::size_t> by_room;

  [[nodiscard]] static std::string name(const Door& door) {
    std::string out;
    for (const std::string* part : {&door.building, &door.unit, &door.room}) {
      if (part->empty()) continue;
      if (!out.empty()) out += '-';
      out += *part;
    }
    return out;
  }

  [[nodiscard]] static bool fits(const Door& door, const Address& address) {
    const auto agrees = [](const std::string& written, const std::string& real) {
      return written.empty() || plain(written) == real;
    };
    return agrees(address.building, door.building) && agrees(address.unit, door.unit) &&
           (door.floor.empty() || agrees(address.floor, door.floor));
  }
};

Result<Doors> Doors::from_csv(std::string_view csv) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  if (!text::valid_utf8(csv)) return Error{ErrorKind::invalid, "doors.not_utf8"};
  const std::vector<std::string> header = csv_line(csv);
  const Columns columns{column(header, {"building", "楼栋", "栋", "楼号", "幢"}),
                        column(header, {"unit", "entrance", "单元", "单元号"}),
                        column(header, {"floor", "楼层", "层"}),
                        column(header, {"room", "door", "dwelling", "房号", "室", "房间", "门牌"})};
  if (columns.room == header.size()) return Error{ErrorKind::invalid, "doors.no_room_column"};
  auto index = std::make_shared<Index>();
  while (!csv.empty()) {
    const std::vector<std::string> cells = csv_line(csv);
    const auto cell = [&](std::size_t at) {
      return at < cells.size() ? plain(cells[at]) : std::string{};
    };
    Index::Door door{cell(columns.building), cell(columns.unit), cell(columns.floor),
                     cell(columns.room)};
    if (door.room.empty()) continue;
    index->by_room.emplace(door.room, index->doors.size());
    index->doors.push_back(std::move(door));
  }
  Doors out;
  out.index_ = std::move(index);
  return out;
}

std::size_t Doors::size() const {
  return index_ ? index_->doors.size() : 0;
}

void Doors::check(Order& order) const {
  order.doors.clear();
  order.door = DoorMatch::unchecked;
  if (!index_ || order.address.empty()) return;
  std::vector<std::string> fitting;
  const auto consider = [&](const Index::Door& door) {
    if (Index::fits(door, order.address)) fitting.push_back(Index::name(door));
  };
  if (order.address.room.empty()) {
    for (const Index::Door& door : index_->doors) consider(door);
  } else {
    const auto [first, last] = index_->by_room.equal_range(plain(order.address.room));
    for (auto at = first; at != last; ++at) consider(index_->doors[at->second]);
  }
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  order.door = fitting.empty()       ? DoorMatch::unknown
               : fitting.size() == 1 ? DoorMatch::exact
                                     : DoorMatch::ambiguous;
  if (fitting.size() > doors_listed) fitting.resize(doors_listed);
  order.doors = std::move(fitting);
}

}  // namespace doorstep::intake
