#include "engine/linkage/compare.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "engine/linkage/han.h"
#include "engine/linkage/plain_values.h"
#include "engine/linkage/similarity.h"

namespace doorstep::linkage {
namespace {

constexpr std::size_t cache_size = std::size_t{1} << 16U;

template <class Level>
unsigned level(Level value) {
  return static_cast<unsigned>(value);
}

int digits_value(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool starts_han(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text[0]) >= 0xE3;
}

/// Given and family names in Han characters, in columns of their own: by sound, or as pinyin.
unsigned han_words(std::string_view a, std::string_view b) {
  std::string x;
  std::string y;
  for (const std::string& one : text::pinyin(a)) x += one;
  for (const std::string& one : text::pinyin(b)) y += one;
  if (x == y) return level(WordLevel::one_edit);
  const std::u32string p = text::code_points(a);
  const std::u32string q = text::code_points(b);
  if (p.size() != q.size()) return 0;
  std::size_t apart = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] == q[i]) continue;
    ++apart;
    const bool near = is_han(p[i]) && is_han(q[i]) &&
                      (look_alike(han(p[i]), han(q[i])) || han(p[i]).fuzzy == han(q[i]).fuzzy);
    if (!near) apart += 2;
  }
  if (apart == 1) return level(WordLevel::near);
  return apart == 3 && p.size() >= 4 ? level(WordLevel::resembling) : 0;
}

/// Bits of WordShape::letters beyond letters and digits: of Han characters, too.
constexpr std::uint64_t other_bytes = ~((std::uint64_t{1} << 36U) - 1);

bool same_value(const Pool& left, ValueId a, const Pool& right, ValueId b) {
  return &left == &right ? a == b : left.hash(a) == right.hash(b);
}

WordLevel as_level(Likeness likeness) {
  constexpr std::array levels{WordLevel::different, WordLevel::resembling, WordLevel::near,
                              WordLevel::one_edit};
  return levels[static_cast<std::size_t>(likeness)];
}

unsigned dates(std::string_view a, std::string_view b) {
  if (edit_distance(a, b, 1) <= 1) return level(DateLevel::one_edit);
  if (a.size() != 8 || b.size() != 8) return 0;
  const bool year = a.substr(0, 4) == b.substr(0, 4);
  const bool month = a.substr(4, 2) == b.substr(4, 2);
  const bool day = a.substr(6, 2) == b.substr(6, 2);
  const bool swapped = year && a.substr(4, 2) == b.substr(6, 2) && a.substr(6, 2) == b.substr(4, 2);
  if (swapped) return level(DateLevel::one_edit);
  if (int{year} + int{month} + int{day} == 2) return level(DateLevel::two_parts);
  // Months of 31 days are near enough for "within a hundred days".
  const auto days = [](std::string_view date) {
    return digits_value(date.substr(0, 4)) * 372 + digits_value(date.substr(4, 2)) * 31 +
           digits_value(date.substr(6, 2));
  };
  return std::abs(days(a) - days(b)) <= 100 ? level(DateLevel::close) : 0;
}

/// Characters that both show in the same place; none where one of them differs. Of masks of
/// different lengths (320***1234) what stands at the ends is in the same place.
std::size_t shown_in_common(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  const auto agree = [&](char x, char y) {
    common += x != '*' && y != '*' ? 1 : 0;
    return x == '*' || y == '*' || x == y;
  };
  if (a.size() == b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!agree(a[i], b[i])) return 0;
    }
    return common;
  }
  const auto head = [](std::string_view text) { return std::min(text.find('*'), text.size()); };
  const auto tail = [](std::string_view text) {
    return text.size() - (text.rfind('*') == std::string_view::npos ? 0 : text.rfind('*') + 1);
  };
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t first = std::min(head(a), head(b));
  const std::size_t last = std::min(tail(a), tail(b));
  if (first + last > shorter) return 0;
  for (std::size_t i = 0; i < first; ++i) {
    if (!agree(a[i], b[i])) return 0;
  }
  for (std::size_t i = 1; i <= last; ++i) {
    if (!agree(a[a.size() - i], b[b.size() - i])) return 0;
  }
  return common;
}

unsigned identifiers(const Pool& left, ValueId a, const Pool& right, ValueId b) {
  const std::uint8_t flags_a = left.identifier_flags(a);
  const std::uint8_t flags_b = right.identifier_flags(b);
  const auto kind_a = static_cast<IdentifierKind>(flags_a & 0x7FU);
  const auto kind_b = static_cast<IdentifierKind>(flags_b & 0x7FU);
  const std::string_view x = left.text(a);
  const std::string_view y = right.text(b);
  const bool masked = kind_a == IdentifierKind::masked || kind_b == IdentifierKind::masked;
  if (masked) {
    const bool enough = visible_characters(x) >= 4 && visible_characters(y) >= 4;
    if (!enough) return missing_level;
    return shown_in_common(x, y) >= 4 ? level(IdentifierLevel::masked) : 0;
  }
  const bool both_valid = (flags_a & flags_b & 0x80U) != 0;
  if (both_valid) return level(IdentifierLevel::conflict);
  const bool foreign = kind_a == IdentifierKind::passport || kind_a == IdentifierKind::permit ||
                       kind_b == IdentifierKind::passport || kind_b == IdentifierKind::permit;
  // A person may have a passport and an identity card: different documents say nothing.
  if (kind_a != kind_b && foreign) return missing_level;
  const std::size_t shorter = std::min(x.size(), y.size());
  const int allowed = shorter >= 15 ? 2 : 1;
  const bool near = shorter >= 5 && edit_distance(x, y, allowed) <= allowed;
  return near ? level(IdentifierLevel::near) : 0;
}

unsigned numbers(std::string_view a, std::string_view b, Kind kind) {
  const std::size_t least = kind == Kind::phone ? 7 : kind == Kind::house_number ? 2 : 3;
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter < least) return 0;
  const bool local = kind == Kind::phone && (a.ends_with(b) || b.ends_with(a));
  return local || edit_distance(a, b, 1) <= 1 ? level(NumberLevel::one_edit) : 0;
}

unsigned emails(std::string_view a, std::string_view b, int apart) {
  const bool local = a.substr(0, a.find('@')) == b.substr(0, b.find('@'));
  if (!local && apart > 4) return 0;
  if (local || edit_distance(a, b, 2) <= 2) return level(WordLevel::one_edit);
  if (jaro_winkler(a, b) >= 0.90) return level(WordLevel::near);
  return shared_letters(a, b) >= 0.85 ? level(WordLevel::resembling) : 0;
}

bool same_community(const Dwelling& p, std::string_view a, const Dwelling& q, std::string_view b) {
  if (p.community == q.community) return true;
  const std::size_t shorter = std::min(a.size(), b.size());
  return shorter >= 9 && (a.ends_with(b) || b.ends_with(a));  // three characters or more
}

unsigned addresses(const Pool& left, ValueId a, const Pool& right, ValueId b) {
  const Dwelling& p = left.dwelling(a);
  const Dwelling& q = right.dwelling(b);
  const std::string_view x = left.text(a);
  const std::string_view y = right.text(b);
  if (p.building == 0 && p.room == 0 && q.building == 0 && q.room == 0) {
    const bool han = starts_han(x) || starts_han(y);
    const Likeness words = han ? Likeness::none : likeness(x, shape_of(x), y, shape_of(y));
    constexpr std::array as_address{AddressLevel::different, AddressLevel::building,
                                    AddressLevel::nearly, AddressLevel::dwelling};
    if (p.community == q.community) return level(AddressLevel::equal);
    return level(as_address[static_cast<std::size_t>(words)]);
  }
  if (!same_community(p, x, q, y)) return 0;
  const bool building = p.building != 0 && p.building == q.building;
  const bool room = p.room != 0 && p.room == q.room;
  const bool unit = p.unit == q.unit;
  const bool unit_open = p.unit == 0 || q.unit == 0;
  if (building && room && unit) return level(AddressLevel::equal);
  if (building && room && unit_open) return level(AddressLevel::dwelling);
  if (room && (building || (unit && p.unit != 0))) return level(AddressLevel::nearly);
  return level(building ? AddressLevel::building : AddressLevel::community);
}

std::size_t levels_of(Kind kind) {
  switch (kind) {
    case Kind::full_name: return level(NameLevel::equal) + 1;
    case Kind::identifier: return level(IdentifierLevel::equal) + 1;
    case Kind::date: return level(DateLevel::equal) + 1;
    case Kind::address: return level(AddressLevel::equal) + 1;
    case Kind::category:
    case Kind::phone:
    case Kind::house_number:
    case Kind::postcode: return level(NumberLevel::equal) + 1;
    default: return level(WordLevel::equal) + 1;
  }
}

void pair_up(std::vector<Comparison>& comparisons, Kind first, Kind second) {
  Comparison* one = nullptr;
  Comparison* other = nullptr;
  for (Comparison& comparison : comparisons) {
    if (comparison.order) continue;
    if (comparison.kind == first && one == nullptr) one = &comparison;
    if (comparison.kind == second && other == nullptr) other = &comparison;
  }
  if (one == nullptr || other == nullptr || comparisons.size() >= comparisons_max) return;
  one->partner = other->slot;
  other->partner = one->slot;
  comparisons.push_back({first, one->slot, other->slot, true, 2});
}

}  // namespace

std::size_t visible_characters(std::string_view masked) {
  return static_cast<std::size_t>(std::ranges::count_if(masked, [](char c) { return c != '*'; }));
}

std::vector<Comparison> comparisons_of(std::span<const Kind> kinds) {
  std::vector<Comparison> out;
  for (std::size_t slot = 0; slot < kinds.size() && slot + 2 < comparisons_max; ++slot) {
    out.push_back({kinds[slot], slot, slot, false, levels_of(kinds[slot])});
  }
  pair_up(out, Kind::given_name, Kind::family_name);
  pair_up(out, Kind::street, Kind::text);
  return out;
}

Comparer::Comparer(const People& left, const People& right)
    : left_(&left), right_(&right), comparisons_(comparisons_of(left.kinds())) {}

unsigned Comparer::words(const Pool& left, ValueId a, const Pool& right, ValueId b) {
  if (same_value(left, a, right, b)) return level(WordLevel::equal);
  const WordShape& a_shape = left.shape(a);
  const WordShape& b_shape = right.shape(b);
  const bool latin = (a_shape.letters & b_shape.letters & other_bytes) == 0;
  if (latin && surely_unlike(a_shape, b_shape)) return level(WordLevel::different);
  const std::uint64_t x = left.hash(a);
  const std::uint64_t y = right.hash(b);
  const std::uint64_t pair = mix64(std::min(x, y), std::max(x, y));
  if (cache_.empty()) cache_.resize(cache_size);  // Not every schema has words.
  Cached& cached = cache_[pair % cache_size];
  if (cached.pair == pair) return cached.level;
  const std::string_view p = left.text(a);
  const std::string_view q = right.text(b);
  const bool is_name = left.kind() == Kind::given_name || left.kind() == Kind::family_name;
  if (is_name && (starts_han(p) || starts_han(q))) {
    cached = {pair, han_words(p, q)};
  } else if (x < y) {  // in one order, so that left and right may change places
    cached = {pair, level(as_level(likeness(p, a_shape, q, b_shape)))};
  } else {
    cached = {pair, level(as_level(likeness(q, b_shape, p, a_shape)))};
  }
  return cached.level;
}

unsigned Comparer::compare_slot(const Comparison& comparison, ValueId a, ValueId b) {
  if (a == 0 || b == 0) return missing_level;
  const Pool& left = left_->pool(comparison.slot);
  const Pool& right = right_->pool(comparison.slot);
  const bool same = same_value(left, a, right, b);
  switch (comparison.kind) {
    case Kind::full_name:
      return level(compare_names(left.name(a), left.text(a), right.name(b), right.text(b)));
    case Kind::identifier:
      if (same && left.identifier_flags(a) != static_cast<std::uint8_t>(IdentifierKind::masked)) {
        return level(IdentifierLevel::equal);
      }
      return identifiers(left, a, right, b);
    case Kind::date: return same ? level(DateLevel::equal) : dates(left.text(a), right.text(b));
    case Kind::address: return addresses(left, a, right, b);
    case Kind::category:
    case Kind::phone:
    case Kind::house_number:
    case Kind::postcode:
      return same ? level(NumberLevel::equal)
                  : numbers(left.text(a), right.text(b), comparison.kind);
    case Kind::email:
      return same ? level(WordLevel::equal)
                  : emails(left.text(a), right.text(b),
                           letters_apart(left.shape(a), right.shape(b)));
    default: return words(left, a, right, b);
  }
}

/// Where the two columns agree better crossed than straight, takes the crossed levels.
void Comparer::uncross(std::size_t order, Row left, Row right, Levels& levels) {
  const Comparison& both = comparisons_[order];
  const ValueId a1 = left_->value(left, both.slot);
  const ValueId a2 = left_->value(left, both.partner);
  const ValueId b1 = right_->value(right, both.slot);
  const ValueId b2 = right_->value(right, both.partner);
  // Comparisons of slots stand in the order of the slots.
  const unsigned first = level_at(levels, both.slot);
  const unsigned second = level_at(levels, both.partner);
  const auto worth = [](unsigned one) { return one == missing_level ? 0U : one; };
  const unsigned straight = worth(first) + worth(second);
  levels = with_level(levels, order, missing_level);
  const bool told = a1 != 0 && a2 != 0 && b1 != 0 && b2 != 0;
  if (told) levels = with_level(levels, order, level(OrderLevel::straight));
  if (straight >= 2 * level(WordLevel::one_edit)) return;
  const Pool& p = left_->pool(both.slot);
  const Pool& q = right_->pool(both.slot);
  const unsigned up = a1 == 0 || b2 == 0 ? missing_level : words(p, a1, q, b2);
  const unsigned down = a2 == 0 || b1 == 0 ? missing_level : words(p, a2, q, b1);
  const unsigned crossed = worth(up) + worth(down);
  if (crossed < level(WordLevel::one_edit) || crossed <= straight) return;
  // The better of the two stands first, so that left and right may change places.
  const bool up_first = up != missing_level && (down == missing_level || up > down);
  levels = with_level(levels, both.slot, up_first ? up : down);
  levels = with_level(levels, both.partner, up_first ? down : up);
  levels = with_level(levels, order, level(OrderLevel::crossed));
}

Levels Comparer::compare(Row left, Row right) {
  Levels levels = ~Levels{0};
  const bool derived = left_->has_derived_date(left) || right_->has_derived_date(right);
  for (std::size_t i = 0; i < comparisons_.size(); ++i) {
    const Comparison& one = comparisons_[i];
    if (one.order) {
      uncross(i, left, right, levels);
      continue;
    }
    const unsigned found =
        compare_slot(one, left_->value(left, one.slot), right_->value(right, one.slot));
    levels = with_level(levels, i, found);
  }
  if (!derived) return levels;
  // A date that comes from the number says nothing beside an equal number.
  std::size_t date = comparisons_.size();
  bool same_number = false;
  for (std::size_t i = 0; i < comparisons_.size(); ++i) {
    if (comparisons_[i].kind == Kind::date && date == comparisons_.size()) date = i;
    if (comparisons_[i].kind != Kind::identifier) continue;
    same_number |= level_at(levels, i) == level(IdentifierLevel::equal);
  }
  if (same_number && date < comparisons_.size()) levels = with_level(levels, date, missing_level);
  return levels;
}

}  // namespace doorstep::linkage
