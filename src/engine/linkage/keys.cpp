#include "engine/linkage/keys.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "engine/linkage/plain_values.h"

namespace doorstep::linkage {
namespace {

constexpr std::size_t long_identifier = 14;  ///< From here the halves of a number are keys.
constexpr std::size_t phone_tail = 7;

using Type = Pass::Type;

bool is_word(Kind kind) {
  return kind == Kind::street || kind == Kind::locality || kind == Kind::postcode ||
         kind == Kind::text || kind == Kind::house_number;
}

std::uint64_t building_of(const Dwelling& dwelling) {
  if (dwelling.building == 0) return 0;
  return mix64(dwelling.community, dwelling.building);
}

}  // namespace

KeyPlan::KeyPlan(std::span<const Kind> kinds)
    : kinds_(kinds.begin(), kinds.end()), comparisons_(comparisons_of(kinds)) {
  const auto facet = [&](Facet what, std::size_t slot) { facets_.push_back({what, slot}); };
  for (std::size_t slot = 0; slot < kinds_.size(); ++slot) {
    switch (kinds_[slot]) {
      case Kind::identifier:
        add({.type = Type::exact, .slot = slot});
        add({.type = Type::without_one, .slot = slot});
        add({.type = Type::masked, .slot = slot});
        add({.type = Type::tail, .slot = slot});
        add({.type = Type::head, .slot = slot});
        break;
      case Kind::phone:
        add({.type = Type::exact, .slot = slot});
        add({.type = Type::tail, .slot = slot});
        add({.type = Type::head, .slot = slot});
        facet(Facet::tail, slot);
        break;
      case Kind::email:
        add({.type = Type::exact, .slot = slot});
        add({.type = Type::local_part, .slot = slot});
        break;
      case Kind::date:
        add({.type = Type::exact, .slot = slot, .broad = true});
        facet(Facet::value, slot);
        break;
      case Kind::full_name:
        add({.type = Type::whole_name, .slot = slot, .broad = true});
        facet(Facet::whole_name, slot);
        facet(Facet::surname, slot);
        break;
      case Kind::address:
        add({.type = Type::dwelling, .slot = slot, .broad = true});
        add({.type = Type::name_building, .slot = slot, .broad = true});
        facet(Facet::building, slot);
        facet(Facet::room, slot);
        break;
      case Kind::ignore:
      case Kind::category: break;
      default: facet(Facet::value, slot);
    }
  }
  add_pairs();
}

/// Every pair of the properties that are too common alone.
void KeyPlan::add_pairs() {
  const auto given = std::ranges::find(kinds_, Kind::given_name);
  const auto family = std::ranges::find(kinds_, Kind::family_name);
  const bool named = given != kinds_.end() || family != kinds_.end();
  const auto slot_of = [&](auto found, auto otherwise) {
    return static_cast<std::size_t>((found != kinds_.end() ? found : otherwise) - kinds_.begin());
  };
  if (named) {
    const std::size_t first = slot_of(given, family);
    const std::size_t second = slot_of(family, given);
    add({.type = Type::name_words, .slot = first, .other = second, .broad = true});
  }
  for (std::size_t slot = 0; slot < kinds_.size(); ++slot) {
    if (!is_word(kinds_[slot])) continue;
    if (named) add({.type = Type::name_word, .slot = slot, .broad = true});
    for (std::size_t other = slot + 1; other < kinds_.size(); ++other) {
      if (!is_word(kinds_[other])) continue;
      add({.type = Type::pair, .slot = slot, .other = other, .broad = true});
    }
  }
}

void KeyPlan::add(Pass pass) {
  const bool with_name = pass.type == Type::head || pass.type == Type::name_building ||
                         pass.type == Type::name_word || pass.type == Type::name_words;
  for (std::size_t i = 0; i < comparisons_.size(); ++i) {
    const Comparison& one = comparisons_[i];
    const bool own = !one.order &&
                     (one.slot == pass.slot || (pass.type == Type::pair && one.slot == pass.other));
    const bool name = one.kind == Kind::full_name || one.kind == Kind::given_name ||
                      one.kind == Kind::family_name;
    // A national number holds the birthday: its year in the head, month and day in the tail.
    const bool birthday = one.kind == Kind::date && kinds_[pass.slot] == Kind::identifier &&
                          (pass.type == Type::head || pass.type == Type::tail);
    if (own || (with_name && name) || birthday) pass.used |= 1U << i;
  }
  passes_.push_back(pass);
}

std::uint64_t KeyPlan::surname(const People& people, Row row) const {
  for (std::size_t slot = 0; slot < kinds_.size(); ++slot) {
    const ValueId id = people.value(row, slot);
    if (id == 0) continue;
    if (kinds_[slot] == Kind::full_name) return people.pool(slot).name(id).surname;
    if (kinds_[slot] == Kind::family_name) return people.pool(slot).hash(id);
  }
  return 0;
}

void KeyPlan::identifier_keys(std::string_view id, const Pass& pass, std::uint64_t surname,
                              std::vector<Key>& out) const {
  const bool is_phone = kinds_[pass.slot] == Kind::phone;
  const bool hidden = id.find('*') != std::string_view::npos;
  const std::size_t tail = is_phone ? phone_tail : 8;
  switch (pass.type) {
    case Type::without_one:
      if (id.size() < 5 || id.size() >= long_identifier || hidden) return;
      for (std::size_t i = 0; i < id.size(); ++i) {
        if (i > 0 && id[i] == id[i - 1]) continue;  // the same string as before
        out.push_back(mix64(hash64(id.substr(0, i), 3), hash64(id.substr(i + 1))));
      }
      out.push_back(mix64(hash64(id, 3), hash64("")));
      return;
    case Type::masked:
      if (id.size() < 14) return;
      out.push_back(mix64(hash64(id.substr(0, 6), 4), hash64(id.substr(id.size() - 4))));
      return;
    case Type::tail:
      if (id.size() < (is_phone ? tail : long_identifier) || hidden) return;
      out.push_back(hash64(id.substr(id.size() - tail), 5));
      return;
    case Type::head:
      if (id.size() < (is_phone ? 2 + tail : long_identifier) || hidden || surname == 0) return;
      out.push_back(mix64(hash64(id.substr(0, id.size() - tail + (is_phone ? 3 : 0)), 6), surname));
      return;
    default: return;
  }
}

void KeyPlan::keys(const People& people, Row row, std::size_t number, std::vector<Key>& out) const {
  const Pass& pass = passes_[number];
  const std::size_t before = out.size();
  const ValueId id = people.value(row, pass.slot);
  const Pool& pool = people.pool(pass.slot);
  switch (pass.type) {
    case Type::name_words: {
      const ValueId other = people.value(row, pass.other);
      if (id == 0 || other == 0) return;
      const std::uint64_t a = pool.hash(id);
      const std::uint64_t b = people.pool(pass.other).hash(other);
      out.push_back(mix64(std::min(a, b), std::max(a, b)));
      break;
    }
    case Type::name_word:
      if (id == 0) return;
      for (std::size_t slot = 0; slot < kinds_.size(); ++slot) {
        if (kinds_[slot] != Kind::given_name && kinds_[slot] != Kind::family_name) continue;
        const ValueId word = people.value(row, slot);
        if (word == 0) continue;
        out.push_back(mix64(people.pool(slot).hash(word), pool.hash(id)));
      }
      break;
    case Type::pair: {
      const ValueId other = people.value(row, pass.other);
      if (id == 0 || other == 0) return;
      out.push_back(mix64(pool.hash(id), people.pool(pass.other).hash(other)));
      break;
    }
    case Type::whole_name:
      if (id == 0 || pool.name(id).masked) return;
      out.push_back(pool.name(id).whole);
      if (!pool.name(id).is_han()) out.push_back(pool.name(id).crossed);
      break;
    case Type::dwelling: {
      if (id == 0) return;
      const Dwelling& at = pool.dwelling(id);
      if (at.room == 0 && at.building == 0) {
        out.push_back(pool.hash(id));
      } else if (at.room != 0) {
        out.push_back(mix64(mix64(at.community, at.building), at.room));
      }
      break;
    }
    case Type::name_building: {
      const std::uint64_t name = surname(people, row);
      const std::uint64_t building = id == 0 ? 0 : building_of(pool.dwelling(id));
      if (name != 0 && building != 0) out.push_back(mix64(name, building));
      break;
    }
    case Type::local_part:
      if (id != 0) out.push_back(hash64(pool.text(id).substr(0, pool.text(id).find('@'))));
      break;
    case Type::exact:
      if (id != 0) out.push_back(pool.hash(id));
      break;
    default:
      if (id != 0) identifier_keys(pool.text(id), pass, surname(people, row), out);
  }
  for (std::size_t i = before; i < out.size(); ++i) out[i] = mix64(out[i], number + 1);
}

void KeyPlan::facets(const People& people, Row row, std::vector<std::uint64_t>& out) const {
  out.assign(facets_.size(), 0);
  for (std::size_t i = 0; i < facets_.size(); ++i) {
    const std::size_t slot = facets_[i].slot;
    const ValueId id = people.value(row, slot);
    if (id == 0) continue;
    const Pool& pool = people.pool(slot);
    switch (facets_[i].facet) {
      case Facet::value: out[i] = pool.hash(id); break;
      case Facet::whole_name: out[i] = pool.name(id).masked ? 0 : pool.name(id).whole; break;
      case Facet::surname: out[i] = pool.name(id).surname; break;
      case Facet::building: out[i] = building_of(pool.dwelling(id)); break;
      case Facet::room: out[i] = pool.dwelling(id).room; break;
      case Facet::tail:
        out[i] =
            pool.text(id).size() < 4 ? 0 : hash64(pool.text(id).substr(pool.text(id).size() - 4));
        break;
    }
  }
}

std::uint32_t KeyPlan::third_slots(std::size_t number, double possible_pairs) const {
  constexpr double many = 1e9;
  constexpr double very_many = 1e11;
  const Pass& pass = passes_[number];
  const bool two =
      pass.type == Type::pair || pass.type == Type::name_word || pass.type == Type::name_words;
  const bool date = pass.type == Type::exact && kinds_[pass.slot] == Kind::date;
  if (!(two && possible_pairs > many) && !(date && possible_pairs > very_many)) return 0;
  std::uint32_t slots = 0;
  for (std::size_t slot = 0; slot < kinds_.size() && slot < 32; ++slot) {
    const bool name = kinds_[slot] == Kind::given_name || kinds_[slot] == Kind::family_name;
    const bool used = slot == pass.slot || (pass.type == Type::pair && slot == pass.other) ||
                      (name && pass.type != Type::pair && !date);
    if (!used && kinds_[slot] != Kind::category) slots |= 1U << slot;
  }
  return slots;
}

}  // namespace doorstep::linkage
