/// \file Edges of addresses, persons, phones, list numbers, codes and pointers.

#include <algorithm>

#include "engine/intake/lattice.h"

namespace doorstep::intake {

/// A code for the parcel locker: 取件码 8-2-3301.
void Lattice::codes(std::uint32_t at) {
  if (!in(text_.at(at), U"取提验手尾单码货密c运订后末")) return;
  for (const std::u32string_view word :
       {U"单号末四位", U"单号后四位", U"手机后四位", U"手机末四位", U"手机号后四位",
        U"后四位",     U"末四位",     U"取件码",     U"取餐码",     U"取货码",
        U"提货码",     U"验证码",     U"手机尾号",   U"尾号",       U"单号",
        U"取件号",     U"取件编号",   U"码是",       U"码:",        U"码 ",
        U"货号",       U"密码",       U"code",       U"运单号",     U"订单号"}) {
    if (!starts(at, word)) continue;
    std::uint32_t to = skip(at + static_cast<std::uint32_t>(word.size()));
    if (in(text_.at(to), U":是为")) to = skip(to + 1);
    const std::uint32_t first = to;
    while (
        to < end_ && to - first < 24 &&
        (text_.kind[to] == Kind::digit || text_.kind[to] == Kind::latin || text_.text[to] == U'-'))
      ++to;
    if (to > first) add(Tag::unknown, at, to, 0.6F, 0, any, boundary, set_of(Tag::note));
  }
}

void Lattice::addresses(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::space || kind == Kind::newline || kind == Kind::other) return;
  read_addresses_.clear();
  read_addresses(text_, lexicon_, at, read_addresses_);
  for (AddressReading& found : read_addresses_) {
    if (found.to > end_) continue;
    const float cost = found.cost;
    const bool bare = found.bare;
    const std::uint32_t to = found.to;
    made_.addresses.push_back(std::move(found));
    const std::uint8_t allowed =
        bare ? static_cast<std::uint8_t>(with(boundary) | with(place)) : any;
    const auto index = static_cast<std::uint32_t>(made_.addresses.size() - 1);
    add(Tag::address, at, to, cost, index, allowed, place);
    const bool led = at > 0 && in(text_.at(at - 1), U"到给是在住送房号室里家和、,上下门壁帮 ");
    if (bare) add(Tag::address, at, to, cost + (led ? 0.5F : 2.2F), index, any, place);
  }
}

void Lattice::persons(std::uint32_t at) {
  const char32_t c = text_.at(at);
  std::uint32_t to = at;
  lexicon_.double_surnames().find(text_.text, at,
                                  [&](std::uint32_t end, std::uint32_t) { to = end; });
  const bool prefix = in(c, U"老小阿");
  if (to == at && lexicon_.is_surname(c)) to = at + 1;
  const auto titled = [&](std::uint32_t from, float cost) {
    lexicon_.titles().find(text_.text, from, [&](std::uint32_t end, std::uint32_t) {
      add(Tag::person, at, end, cost + 0.05F * static_cast<float>(end - at));
    });
  };
  if (prefix && lexicon_.is_surname(text_.at(at + 1))) {
    const bool free = text_.kind_at(at + 2) != Kind::han;
    const bool named = text_.at(at + 2) == U':';  // 小汤: before what she orders
    add(Tag::person, at, at + 2, named ? 0.5F : free ? 1.0F : 2.4F);
    titled(at + 2, 0.8F);
  }
  if (to > at) {
    if (text_.kind_at(to) != Kind::han) add(Tag::person, at, to, 1.7F, 0, with(place));  // 302 张
    titled(to, 0.75F);
    if (text_.kind_at(to) == Kind::han) titled(to + 1, 1.6F);
    if (text_.kind_at(to) == Kind::han && text_.kind_at(to + 1) == Kind::han) titled(to + 2, 2.0F);
    full_name(at);
    introduced(at);
  }
}

/// 我叫陈晓东 住5栋, 我是李梅: a name behind the words that give it.
void Lattice::introduced(std::uint32_t at) {
  const auto before = [&](std::u32string_view word) {
    return at >= begin_ + word.size() && starts(at - static_cast<std::uint32_t>(word.size()), word);
  };
  if (!before(U"我叫") && !before(U"我是") && !before(U"本人") && !before(U"名字叫") &&
      !before(U"她叫") && !before(U"他叫") && !before(U"收货人") && !before(U"收件人") &&
      !before(U"收货人换成"))
    return;
  for (std::uint32_t length = 2; length <= 3; ++length) {
    const std::uint32_t to = at + length;
    if (text_.kind_at(to - 1) != Kind::han) return;
    const bool ends = text_.kind_at(to) != Kind::han || in(text_.at(to), U"住在要家想电");
    const std::u32string_view name = std::u32string_view{text_.text}.substr(at, length);
    if (ends && !lexicon_.is_common(name) && !lexicon_.find_good(name) &&
        !in(text_.at(to - 1), U"住在要家的了户楼号院区村座栋"))
      add(Tag::person, at, to, 0.8F);
  }
}

/// 丽丽 4-501: how a neighbour calls herself, before the door in a row of a list.
void Lattice::nickname(std::uint32_t at) {
  if (!row_ || (at != begin_ && !in(text_.at(at - 1), U".、) "))) return;
  std::uint32_t to = at;
  while (to < at + 5 && (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin)) ++to;
  if (to - at < 2 || to - at > 4 || text_.kind_at(to) != Kind::space) return;
  const std::u32string_view name = std::u32string_view{text_.text}.substr(at, to - at);
  if (lexicon_.find_good(name)) return;
  bool word = false;
  lexicon_.words_at(text_, at, [&](std::uint32_t end, Tag) { word = word || end == to; });
  std::vector<AddressReading> door;
  if (!word) read_addresses(text_, lexicon_, skip(to), door);
  if (!door.empty()) add(Tag::person, at, to, lexicon_.is_common(name) ? 2.2F : 1.0F);
}

/// A name without a title stands in its own slot: behind an address or a list number, or alone
/// between white space.
void Lattice::full_name(std::uint32_t at) {
  const bool free_before = at == begin_ || text_.kind_at(at - 1) != Kind::han;
  for (std::uint32_t length = 2; length <= 3; ++length) {
    const std::uint32_t to = at + length;
    if (text_.kind_at(to - 1) != Kind::han) return;
    if (is_han_digit(text_.at(to - 1)) || in(text_.at(to - 1), U"半几两的了吗呢要收拿取领给在住楼苑村"))
      return;  // 姜一块
    if (starts(at, U"单元")) return;
    const bool free_after = text_.kind_at(to) != Kind::han;
    if (lexicon_.is_common(std::u32string_view{text_.text}.substr(at, length))) continue;
    const float odd =
        in(text_.at(at), U"薄温白黄平方金毛花冷全单干高明安常甜古原应和保车水皮米") ? 1.2F : 0.0F;
    const float cost = 1.3F + odd + (free_after ? 0.0F : 2.2F) + (free_before ? 0.0F : 1.4F);
    // 朱古力 一盒: outside a list a name is hardly followed by an amount.
    const bool counted = !row_ && may_count(to, to) && text_.kind_at(skip(to)) != Kind::latin;
    const float elsewhere = row_ ? 1.2F : counted ? 4.4F : 2.4F;
    add(Tag::person, at, to, cost, 0, with(place), other);
    add(Tag::person, at, to, cost + elsewhere, 0, with(boundary), other);
  }
}

void Lattice::phones(std::uint32_t at) {
  if (text_.kind_at(at) != Kind::digit || (at > 0 && text_.kind_at(at - 1) == Kind::digit)) return;
  std::uint32_t to = at;
  std::uint32_t digits = 0;
  std::uint32_t start = at;
  if (starts(at, U"86") && at > 0 && text_.at(at - 1) == U'+') start = to = skip(at + 2);
  while (digits < 12 && to < end_) {
    if (text_.kind_at(to) == Kind::digit) {
      ++digits;
      ++to;
    } else if (in(text_.at(to), U" -") && (digits == 3 || digits == 7) &&
               text_.kind_at(to + 1) == Kind::digit) {
      ++to;
    } else {
      break;
    }
  }
  if (digits == 11 && text_.at(start) == U'1' && text_.at(start + 1) >= U'3') {
    add(Tag::phone, at, to, 0.6F);
  }
}

/// "1." "2、" "(3)" at the start of a row or behind white space.
void Lattice::list_numbers(std::uint32_t at) {
  const bool open = text_.at(at) == U'(';
  std::uint32_t to = at + (open ? 1 : 0);
  const std::uint32_t first = to;
  while (text_.kind_at(to) == Kind::digit && to - first < 3) ++to;
  if (to == first) return;
  if (!open && row_ && at == begin_ && to - first <= 2 && text_.kind_at(to) == Kind::space) {
    std::vector<AddressReading> door;  // "1 3-201 五花2斤"
    read_addresses(text_, lexicon_, skip(to), door);
    std::uint32_t name = skip(to);  // "2 老周 5-401 20个"
    while (text_.kind_at(name) == Kind::han && name - to < 5) ++name;
    if (door.empty() && text_.kind_at(name) == Kind::space)
      read_addresses(text_, lexicon_, skip(name), door);
    if (!door.empty())
      add(Tag::list_number, at, to, 0.7F, static_cast<std::uint32_t>(text_.at(first) - U'0'), any,
          boundary);
  }
  if (!open && text_.at(to) == U':' && to - first > 2) return;  // 501: is a room.
  if (open ? text_.at(to) != U')' : !in(text_.at(to), U".、):")) return;
  ++to;
  const bool start = at == begin_ || in(text_.at(at - 1), U" ;\n,。");
  if (!start && !open) return;
  if (text_.at(to - 1) == U':' && at != begin_) return;
  const bool digit = text_.kind_at(to) == Kind::digit;
  const auto number = static_cast<std::uint32_t>(text_.at(first) - U'0');
  float cost = 0.5F;
  if (digit && !open) cost = door_at(to) || room_at(to) ? 0.5F : 1.6F;  // 2.4-103 小周
  add(Tag::list_number, at, to, cost, number, any, boundary);
}

/// 1.501一份菜: three or four figures behind the point, then no measure of weight.
bool Lattice::room_at(std::uint32_t at) const {
  std::uint32_t to = at;
  while (text_.kind_at(to) == Kind::digit) ++to;
  if (to - at < 3 || to - at > 4 || text_.at(at) == U'0') return false;
  return text_.kind_at(to) == Kind::space || text_.kind_at(to) == Kind::punct ||
         (text_.kind_at(to) == Kind::han && !in(text_.at(to), U"斤公千克升毫元块两度米"));
}

/// A house or a staircase with its room: no decimal begins so.
bool Lattice::door_at(std::uint32_t at) const {
  std::vector<AddressReading> door;
  read_addresses(text_, lexicon_, at, door);
  return std::any_of(door.begin(), door.end(), [](const AddressReading& found) {
    return found.address.room.size() >= 3 && !found.address.building.empty();
  });
}

/// [图片] points at something that a machine does not see; [玫瑰] is an emoji in words.
void Lattice::brackets(std::uint32_t at) {
  if (text_.at(at) == U'@' &&
      (text_.kind_at(at + 1) == Kind::han || text_.kind_at(at + 1) == Kind::latin)) {
    std::uint32_t to = at + 1;
    while (to < at + 12 && (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin ||
                            text_.kind_at(to) == Kind::digit))
      ++to;
    if (text_.kind_at(to) == Kind::space || to == end_)
      add(Tag::unknown, at, to, 0.6F, 0, any, boundary, set_of(Tag::filler));
  }
  if (text_.at(at) != U'(' || text_.bytes[text_.byte[text_.source[at]]] != '[') return;
  std::uint32_t to = at + 1;
  while (to < at + 6 && (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin)) ++to;
  if (to == at + 1 || text_.at(to) != U')') return;
  bool pointer = false;
  for (const std::u32string_view word :
       {U"图片", U"语音", U"视频", U"文件", U"位置", U"链接", U"照片", U"小程序", U"聊天记录",
        U"image", U"photo", U"voice"}) {
    pointer |= starts(at + 1, word);
  }
  if (pointer && text_.at(skip(to + 1)) != U'\n') {
    std::uint32_t end = skip(to + 1);
    const std::uint32_t digits = end;
    while (text_.kind_at(end) == Kind::digit) ++end;
    if (end > digits && in(text_.at(end), U"\"'秒s”″")) to = end;
  }
  add(Tag::unknown, at, to + 1, 0.4F, 0, any, boundary, set_of(pointer ? Tag::note : Tag::filler));
}

/// 同2, 跟301一样, 照3号的来: a copy that names its source.
void Lattice::copies(std::uint32_t at) {
  std::uint32_t from = at;
  if (starts(at, U"same as ")) {
    from = at + 8;
    if (starts(from, U"#")) ++from;
  } else if (in(text_.at(at), U"同跟和照与")) {
    from = at + 1;
  } else {
    return;
  }
  const bool circled = text_.at(from) == U'(';  // 同②
  if (circled) ++from;
  const bool ordinal = text_.at(from) == U'第';  // 同第一个
  if (ordinal) ++from;
  std::uint32_t to = from;
  std::uint32_t number = 0;
  while (text_.kind_at(to) == Kind::digit && to - from < 4)
    number = number * 10 + (text_.at(to++) - U'0');
  if (ordinal && to == from && digit_of(text_.at(to)) > 0)
    number = static_cast<std::uint32_t>(digit_of(text_.at(to++)));
  while (to > from && text_.at(to) == U'-' && text_.kind_at(to + 1) == Kind::digit) {  // 同8-203
    number = 0;
    for (++to; text_.kind_at(to) == Kind::digit && number < 10000; ++to)
      number = number * 10 + (text_.at(to) - U'0');
  }
  if (to == from || text_.kind_at(to) == Kind::digit || text_.at(to) == U'.') return;
  if (circled && text_.at(to++) != U')') return;
  const bool alone = text_.at(at) == U'同' || text_.kind_at(at) == Kind::latin;
  for (const std::u32string_view word :
       {U"号楼", U"号", U"室", U"楼", U"家", U"户", U"个", U"位", U"条", U"行"}) {
    if (starts(to, word)) {
      to += static_cast<std::uint32_t>(word.size());
      break;
    }
  }
  bool same = alone;
  for (const std::u32string_view word : {U"一样的", U"一样", U"相同", U"同款", U"的来", U"那份"}) {
    if (starts(to, word)) {
      to += static_cast<std::uint32_t>(word.size());
      same = true;
      break;
    }
  }
  if (same) add(Tag::unknown, at, to, 0.5F, number, any, other, set_of(Tag::copy));
}

}  // namespace doorstep::intake
