#include "engine/intake/address_walk.h"

#include <utility>

#include "engine/intake/numerals.h"

namespace doorstep::intake {

bool Walk::numbers() {
  bool any = false;
  for (int i = 0; i < 8 && next_part(); ++i) any = true;
  return any;
}

void Walk::name(Suffix kind, std::uint32_t from, std::uint32_t to) {
  if (kind == Suffix::road) {
    address.road = text_.written(from, to);
    cost += 0.8F;
  } else {
    address.community += text_.written(from, to);
    cost += kind == Suffix::strong ? 0.2F : 0.8F;
  }
  if (kind != Suffix::part) cost += 0.45F * static_cast<float>(to - from);
  if (to - from >= 3 && text_.at(from + 1) == U'家') cost -= 0.5F;  // 胡家湾村
  end_ = at_ = to;
}

void Walk::drop(std::uint32_t to) {
  cost += 0.1F + 0.35F * static_cast<float>(to - at_);
  end_ = at_ = to;
}

std::uint32_t Walk::next() const {
  std::uint32_t at = at_;
  while (text_.kind_at(at) == Kind::space) ++at;
  return at;
}

bool Walk::number_follows() const {
  const std::uint32_t at = next();
  return text_.kind_at(at) == Kind::digit || text_.at(at) == U'第' ||
         (is_han_digit(text_.at(at)) && number_at(at)) ||
         (in(text_.at(at), U"甲乙丙丁临") && text_.kind_at(at + 1) == Kind::digit) ||
         (text_.kind_at(at) == Kind::latin && in(text_.at(at + 1), U"栋幢座区单"));
}

std::optional<Walk::Token> Walk::number_at(std::uint32_t at) const {
  Token token;
  std::uint32_t to = at;
  if (text_.kind_at(at) == Kind::latin) {
    if (text_.kind_at(at + 1) == Kind::latin || (at > 0 && text_.kind_at(at - 1) == Kind::latin)) {
      return std::nullopt;
    }
    token.value = static_cast<char>(text_.at(at) - U'a' + U'A');
    if (text_.at(at) > U'z') return std::nullopt;
    to = at + 1;
  }
  if (text_.kind_at(to) == Kind::digit) {
    const std::uint32_t first = to;
    while (text_.kind_at(to) == Kind::digit && to - first < 5) {
      token.value += static_cast<char>(text_.at(to++));
    }
    token.digits = first == at;
    token.length = to - first;
    if (token.length > 4) return std::nullopt;
    const bool storey = text_.at(to) == U'f' && in(text_.at(to + 1), U"-/ ") &&
                        text_.kind_at(to + 2) == Kind::digit && token.length <= 2;  // 18F-06
    if (token.digits && text_.kind_at(to) == Kind::latin && text_.kind_at(to + 1) != Kind::latin &&
        text_.at(to) <= U'f' && !storey) {
      token.value += static_cast<char>(text_.at(to++) - U'a' + U'A');
    }
  } else if (to == at && is_han_digit(text_.at(at))) {
    while (is_han_digit(text_.at(to)) && to - at < 6) ++to;
    const auto value = han_integer(std::u32string_view{text_.text}.substr(at, to - at));
    if (!value) return std::nullopt;
    token.value = std::to_string(*value);
    token.length = token.value.size();
  } else if (to == at && in(text_.at(at), U"甲乙丙丁临东西南北")) {
    token.value = text_.written(at, at + 1);
    to = at + 1;
    const std::uint32_t first = to;  // 甲12号
    if (!in(text_.at(at), U"东西南北")) {
      while (text_.kind_at(to) == Kind::digit && to - first < 4)
        token.value += static_cast<char>(text_.at(to++));
    }
    if (text_.at(at) == U'临' && to == first) return std::nullopt;
  }
  if (to == at) return std::nullopt;
  token.to = to;
  return token;
}

void Walk::accept(std::string& field, const Token& token, std::uint32_t to, float price) {
  field = token.value;
  cost += price;
  ++parts;
  end_ = at_ = to;
  if (text_.at(to) == U'的') end_ = at_ = to + 1;
}

bool Walk::inside() const {
  return !address.building.empty() || !address.unit.empty() || !address.floor.empty() ||
         !address.number.empty() || !address.lane.empty();
}

bool Walk::next_part() {
  std::uint32_t at = at_;
  int gap = 0;
  while (parts + (placed() ? 1 : 0) > 0 && gap < 3 &&
         (text_.kind_at(at) == Kind::space || in(text_.at(at), U"-_/"))) {
    ++at;
    ++gap;
  }
  return part_at(at) || english_at(at);
}

bool Walk::part_at(std::uint32_t at) {
  if (text_.at(at) == U'附' && !address.number.empty()) {  // 18号附3号: no field holds it.
    std::uint32_t to = at + 1;
    while (text_.kind_at(to) == Kind::digit) ++to;
    if (to == at + 1 || text_.at(to) != U'号') return false;
    end_ = at_ = to + 1;
    ++parts;
    return true;
  }
  if (text_.at(at) == U'第') ++at;
  if (text_.at(at) == U'#' && !address.building.empty()) return room_at(at + 1, true);
  if (text_.at(at) == U'之' && parts > 0) {
    if (const auto token = number_at(at + 1); token && address.room.empty()) {
      accept(address.room, *token, token->to);
      return true;
    }
  }
  auto token = number_at(at);
  if (!token) return false;
  if (text_.kind_at(token->to) == Kind::space) {
    Token apart = *token;  // 2 单元
    ++apart.to;
    if (in(text_.at(apart.to), U"栋幢座单号楼层室") && text_.kind_at(apart.to + 1) != Kind::latin) {
      if (suffixed(apart)) return true;
    }
  }
  return suffixed(*token) || dashed(at, *token) || room_at(at, false);
}

bool Walk::suffixed(const Token& token) {
  const std::uint32_t to = token.to;
  const auto set = [&](std::string& field, std::size_t length) {
    if (!field.empty()) return false;
    accept(field, token, to + static_cast<std::uint32_t>(length));
    return true;
  };
  if (starts(to, U"号楼栋")) return set(address.building, 3);
  if (starts(to, U"号宿舍楼")) return set(address.building, 4);
  if (starts(to, U"号楼") || starts(to, U"号栋") || starts(to, U"#楼") || starts(to, U"楼栋")) {
    return set(address.building, 2);
  }
  if (starts(to, U"单元") || starts(to, U"号门")) return set(address.unit, 2);
  if (text_.at(to) == U'门' && !address.building.empty() && address.unit.empty() &&
      (text_.kind_at(to + 1) != Kind::han || is_han_digit(text_.at(to + 1)))) {
    return set(address.unit, 1);  // 5号楼1门302
  }
  if (in(text_.at(to), U"栋幢")) return set(address.building, 1);
  if (text_.at(to) == U'座')
    return set(address.building.empty() ? address.building : address.unit, 1);
  if (text_.at(to) == U'#' && text_.kind_at(to + 1) != Kind::latin) return set(address.building, 1);
  if (text_.at(to) == U'弄' && lane_is_alley_) {  // 12巷5弄8號: the second alley has no field.
    ++parts;
    end_ = at_ = to + 1;
    return true;
  }
  if (text_.at(to) == U'弄') return set(address.lane, 1);
  if (text_.at(to) == U'巷' && !address.road.empty()) {
    lane_is_alley_ = true;
    return set(address.lane, 1);
  }
  if (in(text_.at(to), U"组队社") && placed() && !inside()) {  // No field holds it.
    cost += 0.3F;
    ++parts;
    end_ = at_ = to + 1;
    return true;
  }
  if (text_.at(to) == U'段' && !address.road.empty() && !inside()) {
    address.road += text_.written(to - 1, to + 1);
    end_ = at_ = to + 1;
    return true;
  }
  if (starts(to, U"号房") || starts(to, U"号室")) return set(address.room, 2);
  if (text_.at(to) == U'号') return house_number(token);
  if (in(text_.at(to), U"室房") && text_.at(to + 1) != U'间') return set(address.room, 1);
  const bool level = in(text_.at(to), U"楼层") || starts(to, U"/f") ||
                     (text_.at(to) == U'f' && text_.kind_at(to + 1) != Kind::latin);
  const bool ply = text_.at(to) == U'层' && begin_ > 0 &&
                   in(text_.at(begin_ - 1), U"纸巾布罩架柜锅屉笼盒蒸");  // 抽纸三层
  const bool hall = ply || starts(to + 1, U"大") || starts(to + 1, U"前台") || starts(to + 1, U"门") ||
                    starts(to + 1, U"保安") || starts(to + 1, U"电梯");  // 一楼大厅 is no floor.
  if (level && !hall && !token.value.empty() && token.length <= 2 && text_.at(to + 1) != U'栋') {
    return set(address.floor, starts(to, U"/f") ? 2 : 1);
  }
  return false;
}

bool Walk::house_number(const Token& token) {
  const std::uint32_t to = token.to + 1;
  if (starts(to, U"线") || starts(to, U"电池")) return false;
  if (!address.lane.empty() && address.building.empty()) {
    // Behind 弄 the 号 is a building; behind a numbered 巷 it is the house number.
    accept(lane_is_alley_ ? address.number : address.building, token, to);
    return true;
  }
  if (!address.road.empty() && address.number.empty() && !inside()) {
    // 56号院3号楼: the yard has the number.
    const bool yard = text_.at(to) == U'院' && text_.kind_at(to + 1) != Kind::han;
    accept(address.number, token, yard ? to + 1 : to);
    return true;
  }
  if (!address.community.empty() && address.road.empty() && address.building.empty()) {
    accept(address.building, token, to);
    return true;
  }
  if (inside() && address.room.empty() && token.length >= 3) {
    accept(address.room, token, to);
    return true;
  }
  if (parts == 0 && !placed() && text_.kind_at(to) == Kind::digit) {  // 18号602室
    accept(address.building, token, to, 0.9F);
    return true;
  }
  return false;
}

/// 2.4-103: the number of a row, then its door.
bool Walk::behind_list_number(std::uint32_t at) const {
  if (text_.at(at - 1) != U'.') return false;
  std::uint32_t from = at - 1;
  while (from > 0 && at - from < 6 && text_.kind_at(from - 1) == Kind::digit) --from;
  const std::uint32_t length = at - 1 - from;
  return length > 0 && length < 4 && (from == 0 || in(text_.at(from - 1), U" ;\n,。"));
}

bool Walk::dashed(std::uint32_t at, const Token& first) {
  const bool fresh = address.building.empty() && address.unit.empty();
  // 拿到1楼 7-1-602: the floor is one place, the door another.
  if (fresh && !address.floor.empty() && text_.kind_at(at - 1) == Kind::space) return false;
  const auto dash = [&](std::uint32_t i) { return in(text_.at(i), U"-~_/") ? i + 1 : 0; };
  std::uint32_t next = dash(first.to);
  if (next == 0 || first.length > 3 || !address.room.empty()) return false;
  for (std::uint32_t i = at > 4 ? at - 4 : 0; i < at; ++i) {  // 血压170/100
    if (text_.at(i) == U'压') return false;
  }
  if (text_.at(next) == U'-') ++next;
  const auto second = number_at(next);
  const bool tied = at > 0 && in(text_.at(at - 1), U".-/") && !behind_list_number(at);
  if (!second || (tied && parts == 0)) return false;
  if (const std::uint32_t after = dash(second->to); after != 0 && fresh) {
    const auto third = number_at(after);
    if (third && third->length >= 2 && third->length <= 4 && second->length <= 2 &&
        text_.at(third->to) != U'-') {
      address.building = first.value;
      address.unit = second->value;
      accept(address.room, *third, room_end(third->to), 0.4F);
      return true;
    }
    return false;
  }
  if (second->length < 3 || !ends_number(second->to)) return false;
  (fresh ? address.building : address.unit) = first.value;
  accept(address.room, *second, room_end(second->to), 0.4F);
  return true;
}

std::uint32_t Walk::room_end(std::uint32_t to) const {
  if (starts(to, U"号房") || starts(to, U"号室") || starts(to, U"寝室") || starts(to, U"宿舍") ||
      starts(to, U"房间"))
    return to + 2;
  if (in(text_.at(to), U"室房户") || (text_.at(to) == U'号' && text_.at(to + 1) != U'楼'))
    return to + 1;
  return to;
}

bool Walk::ends_number(std::uint32_t to) const {
  const char32_t next = text_.at(to);
  if (text_.kind_at(to) == Kind::digit || text_.kind_at(to) == Kind::latin) return false;
  // 602*2: in a list, how many for that door.
  const bool times = next == U'*' && text_.kind_at(to + 1) == Kind::digit &&
                     text_.kind_at(to + 2) != Kind::digit && text_.at(to + 2) != U'.';
  if (!times && in(next, U".%/*℃°度元年月日点钱多+") &&
      !(next == U'+' || (next == U'.' && text_.kind_at(to + 1) != Kind::digit))) {
    return false;
  }
  bool counted = false;
  lexicon_.units_at(text_, to, [&](std::uint32_t, UnitForm form) { counted |= !form.repaired; });
  if (counted && next == U'两') {  // 201两颗: a door, then its share.
    bool measure = false;
    lexicon_.units_at(text_, to + 1,
                      [&](std::uint32_t, UnitForm form) { measure |= !form.repaired; });
    if (measure) return true;
  }
  if (!counted || !lexicon_.is_surname(next)) return !counted;
  for (std::uint32_t i = to + 1; i < to + 3; ++i) {
    bool title = false;
    lexicon_.titles().find(text_.text, i, [&](std::uint32_t, std::uint32_t) { title = true; });
    if (title) return true;
  }
  return false;
}

bool Walk::room_at(std::uint32_t at, bool marked) {
  if (!address.room.empty()) return false;
  const auto token = number_at(at);
  if (!token || token->value.empty()) return false;
  const bool inside_building = inside();
  const bool letter = !token->digits && token->length == 0 && token->value.size() == 1 &&
                      !address.floor.empty() && !address.building.empty() &&
                      text_.kind_at(token->to) != Kind::latin &&
                      text_.kind_at(token->to) != Kind::han;
  if (letter && text_.kind_at(at) == Kind::latin) {  // 6座9樓F
    accept(address.room, *token, token->to, 0.3F);
    return true;
  }
  const std::size_t least = marked || (inside_building && (!address.unit.empty() || !address.floor.empty())) ? 2 : 3;
  const bool lettered =
      token->digits && token->value.size() > token->length && !address.building.empty();  // 3座15D
  if (token->length < least && !marked && !lettered) return false;
  if (!token->digits && token->length < 3) return false;
  if (!marked && !inside_building) return false;
  if (!ends_number(token->to) ||
      (in(text_.at(token->to), U"-~") && text_.kind_at(token->to + 1) == Kind::digit))
    return false;
  accept(address.room, *token, room_end(token->to), 0.3F);
  return true;
}

bool Walk::english_at(std::uint32_t at) {
  if (text_.kind_at(at) == Kind::digit && address.floor.empty()) {  // 5th floor
    std::uint32_t to = at;
    while (text_.kind_at(to) == Kind::digit && to - at < 2) ++to;
    const bool ordinal =
        starts(to, U"th ") || starts(to, U"st ") || starts(to, U"nd ") || starts(to, U"rd ");
    if (ordinal && (starts(to + 3, U"floor") || starts(to + 3, U"fl"))) {
      const Token number{to, text_.written(at, to), true, to - at};
      accept(address.floor, number, to + (starts(to + 3, U"floor") ? 8 : 5), 0.3F);
      return true;
    }
  }
  if (text_.at(at) == U',' && parts > 0) at = skip(at + 1);
  if (text_.kind_at(at) != Kind::latin) {
    if (text_.at(at) != U'#') return false;
  }
  static constexpr std::pair<std::u32string_view, int> labels[] = {
      {U"building", 0}, {U"bldg", 0}, {U"block", 0},     {U"blk", 0},   {U"tower", 0},
      {U"bld", 0},      {U"unit", 1}, {U"entrance", 1},  {U"floor", 2}, {U"fl", 2},
      {U"room", 3},     {U"rm", 3},   {U"apartment", 3}, {U"apt", 3},   {U"flat", 3},
      {U"no", 3},       {U"#", 3},    {U"level", 2},     {U"suite", 3}};
  for (const auto& [label, field] : labels) {
    if (!starts(at, label)) continue;
    std::uint32_t next = at + static_cast<std::uint32_t>(label.size());
    if (text_.kind_at(next) == Kind::latin) continue;
    if (text_.at(next) == U'.') ++next;
    next = skip(next);
    if (text_.at(next) == U'#') ++next;
    const auto token = number_at(next);
    if (!token) continue;
    std::string* fields[] = {&address.building, &address.unit, &address.floor, &address.room};
    std::string* target = fields[field];
    if (field == 1 && token->length >= 3) target = &address.room;
    if (!target->empty()) return false;
    accept(*target, *token, token->to, 0.3F);
    return true;
  }
  return false;
}

std::uint32_t Walk::skip(std::uint32_t at) const {
  while (text_.kind_at(at) == Kind::space) ++at;
  return at;
}

}  // namespace doorstep::intake
