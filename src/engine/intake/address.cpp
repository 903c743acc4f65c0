#include "engine/intake/address.h"

#include <array>
#include <string>
#include <utility>

#include "engine/intake/address_walk.h"
#include "engine/intake/numerals.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {
namespace {

struct PlaceWords {
  Trie suffixes;
  std::vector<bool> starts;  ///< First characters of a suffix, by code point.
  std::vector<bool> stops;   ///< Characters no name of a place holds.

  static const PlaceWords& compiled() {
    static const PlaceWords words;
    return words;
  }

 private:
  PlaceWords() : starts(0x10000), stops(0x10000) {
    const std::array<std::pair<std::string_view, Suffix>, 6> kinds{{{"strong", Suffix::strong},
                                                                    {"house", Suffix::house},
                                                                    {"weak", Suffix::weak},
                                                                    {"road", Suffix::road},
                                                                    {"part", Suffix::part},
                                                                    {"admin", Suffix::admin}}};
    for_each_row(tables::address, [&](std::span<const std::string_view> row) {
      if (row[0] == "stop") {
        for (const char32_t c : points(row[1])) stops[c] = true;
      }
      for (const auto& [word, kind] : kinds) {
        if (row[0] != word) continue;
        for (const std::string_view suffix : split(row[1], ',')) {
          const std::u32string form = points(suffix);
          suffixes.add(form, static_cast<std::uint32_t>(kind));
          starts[form[0]] = true;
        }
      }
    });
  }
};

/// Follows named places, then numbers; branches where a name may end early or late.
class Reader {
 public:
  Reader(const Folded& text, const Lexicon& lexicon, std::vector<AddressReading>& out)
      : text_(text), lexicon_(lexicon), out_(out) {}

  void read(std::uint32_t from) {
    start_ = from;
    const Kind kind = text_.kind_at(from);
    if (kind == Kind::space || kind == Kind::newline || inside_word(from, kind)) return;
    const bool quarter_named = kind == Kind::latin && text_.at(from + 1) == U'区' &&
                               text_.kind_at(from + 2) == Kind::digit;  // C区7栋
    if ((kind == Kind::han || quarter_named || numbered_alley(from) || numbered_yard(from)) && names_a_place(from))
      names(Walk{text_, lexicon_, from}, from, 0);
    if (kind == Kind::han) unnamed(from);
    if (kind != Kind::han || is_han_digit(text_.at(from)) ||
        in(text_.at(from), U"第甲乙丙丁临东西南北")) {
      Walk plain{text_, lexicon_, from};
      if (plain.numbers()) emit(plain, from);
    }
    bare(from);
    if (is_han_digit(text_.at(from))) spoken(from);
  }

 private:
  /// No door begins inside a number or a Latin word, and at no sign but #.
  [[nodiscard]] bool inside_word(std::uint32_t from, Kind kind) const {
    if (kind == Kind::punct || kind == Kind::other) return text_.at(from) != U'#';
    return (kind == Kind::digit || kind == Kind::latin) && from > 0 &&
           text_.kind_at(from - 1) == kind;
  }

  /// 2巷8号
  [[nodiscard]] bool numbered_alley(std::uint32_t from) const {
    std::uint32_t to = from;
    while (text_.kind_at(to) == Kind::digit && to - from < 2) ++to;
    return to > from && text_.at(to) == U'巷' && text_.kind_at(to + 1) == Kind::digit &&
           (from == 0 || text_.kind_at(from - 1) != Kind::digit);
  }

  /// 2号院4栋
  [[nodiscard]] bool numbered_yard(std::uint32_t from) const {
    std::uint32_t to = from;
    while (text_.kind_at(to) == Kind::digit && to - from < 2) ++to;
    return to > from && text_.at(to) == U'号' && text_.at(to + 1) == U'院';
  }

  /// A suffix of a place stands near; a walk is dear.
  [[nodiscard]] bool names_a_place(std::uint32_t from) const {
    const PlaceWords& words = PlaceWords::compiled();
    for (std::uint32_t at = from; at < from + 9; ++at) {
      const char32_t c = text_.at(at);
      if (text_.kind_at(at) == Kind::latin && at == from) {
        if (words.starts[c]) return true;
        continue;
      }
      if (text_.kind_at(at) != Kind::han && text_.kind_at(at) != Kind::digit) return false;
      if (c >= 0x10000) continue;
      if (words.starts[c]) return true;
      if (words.stops[c] && c != U'家') return false;
    }
    return false;
  }

  void names(const Walk& before, std::uint32_t from, int depth) {
    if (text_.at(from) == U'号') return;
    const PlaceWords& words = PlaceWords::compiled();
    for (std::uint32_t at = from; at < from + 9; ++at) {
      const char32_t c = text_.at(at);
      if (text_.kind_at(at) != Kind::han && !(text_.kind_at(at) == Kind::digit && at < from + 3) &&
          !(text_.kind_at(at) == Kind::latin && at == from)) {
        return;
      }
      if (c < 0x10000 && words.starts[c]) suffix(before, from, at, depth);
      if (c < 0x10000 && words.stops[c] &&
          !(c == U'家' && in(text_.at(at + 1), U"园村庄湾堡沟屯寨宅桥巷路街坝坡塘港")))
        return;
    }
  }

  void suffix(const Walk& before, std::uint32_t from, std::uint32_t at, int depth) {
    const PlaceWords& words = PlaceWords::compiled();
    words.suffixes.find(text_.text, at, [&](std::uint32_t to, std::uint32_t value) {
      const auto kind = static_cast<Suffix>(value);
      if (kind == Suffix::admin) {
        if (at - from < 1 || depth > 2 || text_.at(at - 1) == U'小' || quarter(from, at) ||
            text_.kind_at(from) != Kind::han)
          return;
        Walk walk = before;
        walk.drop(to);
        names(walk, to, depth + 1);
        if (walk.numbers()) emit(walk, from);
        return;
      }
      if (kind == Suffix::part) {
        if (at == from) place(before, kind, from, to, depth);
        return;
      }
      if (at == from || text_.kind_at(from) == Kind::digit) {
        // 2号院4栋: a yard with a number for a name.
        const bool yard = text_.at(at) == U'院' && at > from && text_.at(at - 1) == U'号' &&
                          text_.kind_at(from) == Kind::digit;
        if (yard && !before.address.road.empty()) return;  // 文化路230号院 has its number.
        if (!yard && (kind != Suffix::road || text_.kind_at(from) != Kind::digit)) return;
      }
      place(before, kind, from, to, depth);
    });
  }

  /// 玫瑰园东区 is a quarter of an estate, 江东区 a district.
  [[nodiscard]] bool quarter(std::uint32_t from, std::uint32_t at) const {
    const char32_t side = text_.at(at - 1);
    if (text_.at(at) != U'区' || at - from < 2) return false;
    if (!in(side, U"东西南北中") && !is_han_digit(side) && text_.kind_at(at - 1) != Kind::digit)
      return false;
    return at - from >= 3 || in(text_.at(at - 2), U"园村苑城里湾庄寨坊阁庭院郡轩府邸家");
  }

  void place(const Walk& before, Suffix kind, std::uint32_t from, std::uint32_t to, int depth) {
    if (kind == Suffix::road) {
      if (text_.at(to) == U'道' || !before.address.road.empty()) return;
    } else if (!before.address.community.empty() && kind != Suffix::part &&
               kind != Suffix::house) {
      return;
    }
    if (kind == Suffix::house && !names_house(from, to)) return;
    const bool number = Walk{text_, lexicon_, to}.number_follows();
    const Kind after = text_.kind_at(to);
    const bool ends = after != Kind::han && after != Kind::latin;
    const bool named =
        (kind != Suffix::weak && kind != Suffix::house) ||
        (text_.at(to - 1) == U'村' && to - from >= 3 && ends);
    const bool further = depth < (kind == Suffix::weak ? 1 : 3) && leads_on(before, kind, to);
    if (!number && !further && (!named || kind == Suffix::road)) return;
    if (places_left_-- <= 0) return;  // Noise; no door has so many names.
    Walk walk = before;               // Only now: it is dear, and most of the ways end above.
    walk.name(kind, from, to);
    if (number) {
      Walk numbered = walk;
      if (numbered.numbers()) {
        emit(numbered, from);
        if (depth < 2) names(numbered, numbered.next(), depth + 1);
      }
    }
    if (further) names(walk, walk.next(), depth + 1);
    if (!number && !named) return;
    if (!number) walk.cost += kind == Suffix::weak ? 2.5F : ends ? 0.8F : 1.6F;
    if (kind == Suffix::road && !number) return;
    if (kind == Suffix::strong || kind == Suffix::part || !number) emit(walk, from);
  }

  /// 樂景樓: two or three characters before the 楼 that are no number and no place to stand.
  [[nodiscard]] bool names_house(std::uint32_t from, std::uint32_t to) const {
    const std::uint32_t length = to - 1 - from;
    if (length < 2 || length > 3) return false;
    for (std::uint32_t at = from; at + 1 < to; ++at) {
      if (text_.kind_at(at) != Kind::han || is_han_digit(text_.at(at)) ||
          in(text_.at(at), U"上下楼号栋幢座几哪整本这那每各对隔单元层电梯门家的了小高办公教宿"))
        return false;
    }
    return !lexicon_.find_good(std::u32string_view{text_.text}.substr(from, length)) &&
           !lexicon_.is_common(std::u32string_view{text_.text}.substr(from, length + 1));
  }

  /// 龙湖香醍12-3-401: a name that no suffix ends, where nothing but a whole door may follow it.
  void unnamed(std::uint32_t from) {
    // Alone at the start, or behind what leads to it: a sentence before a door is no name.
    if (from > 0 && !in(text_.at(from - 1), U"住在到\n")) return;
    const PlaceWords& words = PlaceWords::compiled();
    std::uint32_t to = from;
    while (to < from + 7 && text_.kind_at(to) == Kind::han && text_.at(to) < 0x10000 &&
           !words.stops[text_.at(to)] && !is_han_digit(text_.at(to)))
      ++to;
    if (to - from < 4 || to - from > 6) return;
    Walk walk{text_, lexicon_, from};
    walk.name(Suffix::weak, from, to);
    if (text_.kind_at(to) != Kind::digit || !walk.numbers()) return;
    if (walk.address.building.empty() || walk.address.room.empty()) return;
    walk.cost += 1.2F;
    emit(walk, from);
  }

  /// A name of a kind that may still follow ends within reach behind `to`.
  [[nodiscard]] bool leads_on(const Walk& before, Suffix kind, std::uint32_t to) {
    const bool road = kind == Suffix::road || !before.address.road.empty();
    const bool community = kind != Suffix::road || !before.address.community.empty();
    unsigned wanted = bit(Suffix::part) | bit(Suffix::admin);
    if (!road) wanted |= bit(Suffix::road);
    if (!community) wanted |= bit(Suffix::strong) | bit(Suffix::weak);
    if (kind != Suffix::house) wanted |= bit(Suffix::house);
    std::uint32_t at = to;
    while (text_.kind_at(at) == Kind::space) ++at;
    for (const std::uint32_t end = at + 9; at < end; ++at) {
      const Kind next = text_.kind_at(at);
      if (next != Kind::han && next != Kind::digit && next != Kind::latin) return false;
      if ((suffixes_at(at) & wanted) != 0) return true;
    }
    return false;
  }

  [[nodiscard]] static unsigned bit(Suffix kind) { return 1U << static_cast<unsigned>(kind); }

  /// The kinds of suffixes that stand at `at`; asked again and again within one reading.
  [[nodiscard]] unsigned suffixes_at(std::uint32_t at) {
    const PlaceWords& words = PlaceWords::compiled();
    if (text_.at(at) >= 0x10000 || !words.starts[text_.at(at)]) return 0;
    std::uint8_t* known = at - start_ < seen_.size() ? &seen_[at - start_] : nullptr;
    if (known != nullptr && *known != 0) return *known;
    unsigned kinds = looked_at;
    words.suffixes.find(text_.text, at, [&](std::uint32_t, std::uint32_t value) {
      kinds |= bit(static_cast<Suffix>(value));
    });
    if (known != nullptr) *known = static_cast<std::uint8_t>(kinds);
    return kinds;
  }

  /// 住七零二: a room read figure by figure, where people say that they live.
  void spoken(std::uint32_t from) {
    if (from == 0 || !in(text_.at(from - 1), U"住室房家号是在元栋楼到")) return;
    std::uint32_t to = from;
    while (digit_of(text_.at(to)) >= 0 && to - from < 5) ++to;
    if (to - from < 3 || to - from > 4 || is_han_digit(text_.at(to))) return;
    if (text_.text.find_first_of(U"零〇幺", from) >= to) return;  // 三四五 counts on.
    AddressReading reading;
    reading.address.room =
        std::to_string(*han_integer(std::u32string_view{text_.text}.substr(from, to - from)));
    reading.to = to;
    reading.cost = 0.9F;
    reading.bare = true;
    out_.push_back(reading);
  }

  void bare(std::uint32_t from) {
    if (text_.kind_at(from) != Kind::digit ||
        (from > 0 && (text_.kind_at(from - 1) == Kind::digit || cut_from_number(from))))
      return;
    std::uint32_t to = from;
    while (text_.kind_at(to) == Kind::digit && to - from < 5) ++to;
    if (to - from < 3 || to - from > 4 || text_.at(from) == U'0') return;
    if (from > 0 && in(text_.at(from - 1), U"叫打拨")) return;  // 快叫120
    const bool call = starts(text_, from, U"120") || starts(text_, from, U"110") ||
                      starts(text_, from, U"119");
    if (call && in(text_.at(to), U"拉接来送说救急电已把没还不的")) return;  // 120拉走了
    if (in(text_.at(to), U"那这") || starts(text_, to, U"开头")) return;    // 138那个号
    Walk probe{text_, lexicon_, from};
    probe.address.floor = "?";  // So that a bare number may follow.
    probe.parts = 1;
    Walk room = probe;
    if (!room.numbers() || room.address.room.empty()) return;
    AddressReading reading;
    reading.address.room = room.address.room;
    reading.to = room.end();
    reading.cost = 1.5F;
    reading.bare = true;
    out_.push_back(reading);
  }

  /// The sign before `from` ties it to another number: 10:301, 3-301. Behind 房号: or —— it is free.
  [[nodiscard]] bool cut_from_number(std::uint32_t from) const {
    const char32_t sign = text_.at(from - 1);
    if (!in(sign, U".-/:~")) return false;
    if (from < 2) return false;
    if (sign == U'.' && numbers_entry(from)) return false;
    const char32_t before = text_.at(from - 2);
    if (sign == U'-' && before == U'-') return false;
    return sign != U':' || text_.kind_at(from - 2) == Kind::digit;
  }

  /// 1.501一份 2.502两份: one or two figures at the start of an entry number it.
  [[nodiscard]] bool numbers_entry(std::uint32_t from) const {
    std::uint32_t at = from - 1;
    while (at > 0 && from - at < 4 && text_.kind_at(at - 1) == Kind::digit) --at;
    if (at + 1 == from || from - 1 - at > 2 || (at > 0 && !in(text_.at(at - 1), U" ;\n,。")))
      return false;
    std::uint32_t to = from;
    while (text_.kind_at(to) == Kind::digit) ++to;
    return !in(text_.at(to), U"斤公千克升毫元块两度米");
  }

  void emit(const Walk& walk, std::uint32_t from) {
    if (walk.end() <= from || walk.address.empty()) return;
    out_.push_back({walk.address, walk.end(), walk.cost, false});
  }

  const Folded& text_;
  const Lexicon& lexicon_;
  std::vector<AddressReading>& out_;
  static constexpr unsigned looked_at = 0x80;
  std::uint32_t start_ = 0;
  int places_left_ = 40;
  std::array<std::uint8_t, 48> seen_{};  ///< Kinds of suffixes by place - start_; 0: not looked.
};

constexpr std::string Address::* fields[] = {
    &Address::community, &Address::road, &Address::lane,  &Address::number,
    &Address::building,  &Address::unit, &Address::floor, &Address::room};

}  // namespace

void read_addresses(const Folded& text, const Lexicon& lexicon, std::uint32_t from,
                    std::vector<AddressReading>& out) {
  Reader{text, lexicon, out}.read(from);
}

bool merge(Address& into, const Address& more) {
  for (const auto field : fields) {
    if (!(into.*field).empty() && !(more.*field).empty() && into.*field != more.*field)
      return false;
  }
  for (const auto field : fields) {
    if ((into.*field).empty()) into.*field = more.*field;
  }
  return true;
}

}  // namespace doorstep::intake
