#include "engine/linkage/people.h"

#include <algorithm>

#include "base/text.h"
#include "engine/linkage/address.h"
#include "engine/linkage/han.h"
#include "engine/linkage/plain_values.h"

namespace doorstep::linkage {
namespace {

constexpr std::uint8_t valid_flag = 0x80;

bool has_shape(Kind kind) {
  return kind == Kind::given_name || kind == Kind::family_name || kind == Kind::street ||
         kind == Kind::locality || kind == Kind::text || kind == Kind::email;
}

/// Slots whose values may stand in each other's column share a pool.
int family_of(Kind kind) {
  switch (kind) {
    case Kind::given_name:
    case Kind::family_name: return 1;
    case Kind::street:
    case Kind::locality:
    case Kind::text: return 2;
    default: return 0;
  }
}

std::uint64_t dwelling_hash(const Address& address) {
  std::uint64_t hash = hash64(address.community);
  const std::uint64_t numbers = (std::uint64_t{address.building} << 32U) |
                                (std::uint64_t{address.unit} << 16U) | address.room;
  return mix64(hash, numbers);
}

std::string normal_text(Kind kind, std::string_view raw) {
  switch (kind) {
    case Kind::full_name: return fold_name(raw);
    case Kind::date: return read_date(raw);
    case Kind::phone: return read_phone(raw);
    case Kind::email: return read_email(raw);
    case Kind::given_name:
    case Kind::family_name:
    case Kind::street:
    case Kind::locality:
    case Kind::text:
    case Kind::category:
    case Kind::house_number:
    case Kind::postcode: return read_words(raw);
    default: return std::string{raw};
  }
}

}  // namespace

std::uint64_t mix64(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9E3779B97F4A7C15U + (a << 6U) + (a >> 2U));
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::uint64_t hash64(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037U ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return mix64(hash, text.size());
}

std::uint32_t& HashIndex::at(std::uint64_t hash) {
  if ((size_ + 1) * 10 > hashes_.size() * 7) grow();
  const std::size_t mask = hashes_.size() - 1;
  std::size_t place = hash & mask;
  while (values_[place] != 0 && hashes_[place] != hash) place = (place + 1) & mask;
  if (values_[place] == 0) {
    // A place that the caller leaves at 0 is simply used again, so it may be counted only once.
    if (hashes_[place] != hash) ++size_;
    hashes_[place] = hash;
  }
  return values_[place];
}

std::uint32_t HashIndex::find(std::uint64_t hash) const {
  if (hashes_.empty()) return 0;
  const std::size_t mask = hashes_.size() - 1;
  std::size_t place = hash & mask;
  while (values_[place] != 0) {
    if (hashes_[place] == hash) return values_[place];
    place = (place + 1) & mask;
  }
  return 0;
}

void HashIndex::clear() {
  hashes_ = {};
  values_ = {};
  size_ = 0;
}

void HashIndex::grow() {
  const std::vector<std::uint64_t> hashes = std::move(hashes_);
  const std::vector<std::uint32_t> values = std::move(values_);
  const std::size_t places = std::max<std::size_t>(16, hashes.size() * 2);
  hashes_.assign(places, 0);
  values_.assign(places, 0);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (values[i] == 0) continue;
    std::size_t place = hashes[i] & (places - 1);
    while (values_[place] != 0) place = (place + 1) & (places - 1);
    hashes_[place] = hashes[i];
    values_[place] = values[i];
  }
}

Pool::Pool(Kind kind) : kind_(kind), begins_{0, 0}, hashes_{0}, counts_{0} {
  if (has_shape(kind)) shapes_.emplace_back();
  if (kind == Kind::full_name) names_.emplace_back();
  if (kind == Kind::address) dwellings_.emplace_back();
  if (kind == Kind::identifier) flags_.push_back(0);
}

ValueId Pool::append(std::uint64_t hash, std::string_view text) {
  arena_ += text;
  begins_.push_back(static_cast<std::uint32_t>(arena_.size()));
  hashes_.push_back(hash);
  counts_.push_back(0);
  return static_cast<ValueId>(hashes_.size() - 1);
}

ValueId Pool::insert(std::string_view raw) {
  if (kind_ == Kind::identifier) {
    const Identifier read = read_identifier(raw);
    if (read.text.empty()) return 0;
    const std::uint64_t hash = hash64(read.text);
    ValueId& found = index_.at(hash);
    if (found == 0) {
      found = append(hash, read.text);
      flags_.push_back(static_cast<std::uint8_t>(read.kind) | (read.valid ? valid_flag : 0));
    }
    return found;
  }
  if (kind_ == Kind::address) {
    const Address read = read_address(raw);
    if (read.community.empty() && read.room == 0) return 0;
    const std::uint64_t hash = dwelling_hash(read);
    ValueId& found = index_.at(hash);
    if (found == 0) {
      found = append(hash, read.community);
      const auto community = static_cast<std::uint32_t>(hash64(read.community));
      dwellings_.push_back({community, read.building, read.unit, read.room});
    }
    return found;
  }
  const std::string text = normal_text(kind_, raw);
  if (text.empty()) return 0;
  const std::uint64_t hash = hash64(text);
  ValueId& found = index_.at(hash);
  if (found == 0) {
    found = append(hash, text);
    if (has_shape(kind_)) shapes_.push_back(shape_of(text));
    if (kind_ == Kind::full_name) names_.push_back(read_name(text));
  }
  return found;
}

ValueId Pool::add(std::string_view raw, std::uint32_t times) {
  const std::string_view trimmed = text::trim(raw);
  if (trimmed.empty()) return 0;
  // Numbers are mostly different and cheap to read; names and words repeat and are not.
  const bool repeats = kind_ != Kind::identifier && kind_ != Kind::phone && kind_ != Kind::date;
  ValueId id = repeats ? raw_.find(hash64(trimmed)) : 0;
  if (id == 0) {
    id = insert(trimmed);
    if (id == 0) return 0;
    if (repeats) raw_.at(hash64(trimmed)) = id;
  }
  counts_[id] += times;
  if (kind_ == Kind::full_name) {
    pinyin_.at(mix64(names_[id].whole, 1)) += times;
    surnames_.at(mix64(names_[id].surname, 2)) += times;
  }
  return id;
}

std::uint32_t Pool::count_of(std::uint64_t hash) const {
  const ValueId id = index_.find(hash);
  return id == 0 ? 0 : counts_[id];
}

std::uint32_t Pool::count_of_pinyin(std::uint32_t whole) const {
  return pinyin_.find(mix64(whole, 1));
}

std::uint32_t Pool::count_of_surname(std::uint32_t surname) const {
  return surnames_.find(mix64(surname, 2));
}

People::People(std::vector<Kind> kinds) : kinds_(std::move(kinds)) {
  std::vector<std::size_t> shared(3, kinds_.size());
  for (const Kind kind : kinds_) {
    const int family = family_of(kind);
    std::size_t& pool = shared[static_cast<std::size_t>(family)];
    if (family == 0 || pool == kinds_.size()) {
      pools_.emplace_back(kind);
      pool = pools_.size() - 1;
    }
    pool_of_.push_back(pool);
  }
}

void People::reserve(std::size_t rows) {
  cells_.reserve(rows * kinds_.size());
  derived_.reserve(rows);
}

void People::seal() {
  for (Pool& pool : pools_) pool.seal();
}

Row People::add(std::span<const std::string_view> values, std::uint32_t times) {
  std::vector<ValueId> cells(kinds_.size());
  for (std::size_t slot = 0; slot < kinds_.size(); ++slot) {
    cells[slot] = pools_[pool_of_[slot]].add(values[slot], times);
  }
  bool derived = false;
  derive(cells, derived, times);
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  derived_.push_back(derived ? 1 : 0);
  population_ += times;
  return static_cast<Row>(derived_.size() - 1);
}

void People::derive(std::vector<ValueId>& cells, bool& derived, std::uint32_t times) {
  const auto identifier = std::ranges::find(kinds_, Kind::identifier);
  const auto date = std::ranges::find(kinds_, Kind::date);
  if (identifier == kinds_.end() || date == kinds_.end()) return;
  const auto id_slot = static_cast<std::size_t>(identifier - kinds_.begin());
  const auto date_slot = static_cast<std::size_t>(date - kinds_.begin());
  const ValueId id = cells[id_slot];
  if (id == 0 || cells[date_slot] != 0) return;
  const Pool& numbers = pools_[pool_of_[id_slot]];
  if ((numbers.identifier_flags(id) & valid_flag) == 0) return;
  cells[date_slot] = pools_[pool_of_[date_slot]].add(numbers.text(id).substr(6, 8), times);
  derived = true;
}

}  // namespace doorstep::linkage
