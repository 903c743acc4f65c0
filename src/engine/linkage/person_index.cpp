#include "engine/linkage/person_index.h"

#include <algorithm>
#include <cmath>

namespace doorstep::linkage {
namespace {

constexpr std::int64_t no_person = -1;
constexpr float forget_bits = -10;
constexpr float link_bits = 11;
constexpr float review_bits = -3;

}  // namespace

PersonIndex::PersonIndex(std::vector<Kind> kinds)
    : people_(std::move(kinds)), plan_(people_.kinds()), places_(1024), postings_(1) {}

/// Where the key stands, or the empty place where it would.
std::size_t PersonIndex::place_of(Key key) const {
  const std::size_t mask = places_.size() - 1;
  const auto check = static_cast<std::uint32_t>(key >> 32U);
  std::size_t place = key & mask;
  while (places_[place].head != 0 && places_[place].check != check) place = (place + 1) & mask;
  return place;
}

void PersonIndex::grow() {
  // The low half of the key is not kept, so the table is filled again from the rows.
  const std::size_t rows = people_.size() - 1;
  places_.assign(places_.size() * 2, {});
  postings_.assign(1, {});
  used_ = 0;
  for (Row row = 0; row < rows; ++row) insert(row);
}

void PersonIndex::post(Key key, Row row) {
  Place& place = places_[place_of(key)];
  const std::uint32_t length = place.head == 0 ? 0 : postings_[place.head].length;
  if (place.head == 0) ++used_;
  postings_.push_back({row, place.head, length + 1});
  place = {static_cast<std::uint32_t>(key >> 32U),
           static_cast<std::uint32_t>(postings_.size() - 1)};
}

void PersonIndex::post_composed(Key key, Row row, std::span<const std::uint64_t> facets) {
  for (std::size_t i = 0; i < facets.size(); ++i) {
    if (facets[i] == 0) continue;
    const Key smaller = KeyPlan::composed(key, i, facets[i]);
    const std::uint32_t head = places_[place_of(smaller)].head;
    // What two properties do not divide is not told apart by them; other keys have to.
    if (head == 0 || postings_[head].length < chain_max) post(smaller, row);
  }
}

void PersonIndex::insert(Row row) {
  std::vector<Key> keys;
  std::vector<std::uint64_t> facets;
  std::vector<std::uint64_t> others;
  plan_.facets(people_, row, facets);
  for (std::size_t pass = 0; pass < plan_.passes().size(); ++pass) {
    keys.clear();
    plan_.keys(people_, row, pass, keys);
    for (const Key key : keys) {
      const std::uint32_t head = places_[place_of(key)].head;
      const std::uint32_t length = head == 0 ? 0 : postings_[head].length;
      if (length < chain_max) {
        post(key, row);
        continue;
      }
      if (length == chain_max) {
        // The key has just become over-full: those in it are posted apart, once. One more posting
        // marks it.
        for (std::uint32_t at = head; at != 0; at = postings_[at].next) {
          plan_.facets(people_, postings_[at].row, others);
          post_composed(key, postings_[at].row, others);
        }
        post(key, row);
      }
      post_composed(key, row, facets);
    }
  }
}

void PersonIndex::add(std::int64_t person, std::span<const std::string_view> values) {
  const Row row = people_.add(values);
  persons_.push_back(person);
  // One record may take a hundred places and more when it makes keys over-full.
  if ((used_ + 4096) * 10 > places_.size() * 6) grow();
  insert(row);
}

void PersonIndex::remove(std::int64_t person) {
  std::ranges::replace(persons_, person, no_person);
}

Matcher::Matcher(const PersonIndex& index, const Model& model)
    : index_(&index),
      probe_({index.people_.kinds().begin(), index.people_.kinds().end()}),
      scorer_(model, index.people_, probe_, index.people_) {}

void Matcher::collect(Key key, bool composed) {
  const std::uint32_t head = index_->places_[index_->place_of(key)].head;
  if (head == 0) return;
  if (!composed && index_->postings_[head].length > PersonIndex::chain_max) {
    for (std::size_t i = 0; i < facets_.size(); ++i) {
      if (facets_[i] != 0) collect(KeyPlan::composed(key, i, facets_[i]), true);
    }
    return;
  }
  for (std::uint32_t at = head; at != 0; at = index_->postings_[at].next) {
    rows_.push_back(index_->postings_[at].row);
  }
}

std::vector<Found> Matcher::match(std::span<const std::string_view> values, std::size_t most) {
  const std::span<const Kind> kinds = index_->people_.kinds();
  probe_ = People({kinds.begin(), kinds.end()});
  probe_.add(values);
  const KeyPlan& plan = index_->plan_;
  plan.facets(probe_, 0, facets_);
  rows_.clear();
  for (std::size_t pass = 0; pass < plan.passes().size(); ++pass) {
    keys_.clear();
    plan.keys(probe_, 0, pass, keys_);
    for (const Key key : keys_) collect(key, false);
  }
  std::ranges::sort(rows_);
  rows_.erase(std::ranges::unique(rows_).begin(), rows_.end());
  std::vector<Found> found;
  for (const Row row : rows_) {
    const std::int64_t person = index_->persons_[row];
    if (person == no_person) continue;
    const Scorer::Score score = scorer_.score(row, 0);
    if (score.bits < forget_bits) continue;
    found.push_back({person, score.bits, score.conflict, score.unproved, score.levels});
  }
  // A person may stand in the index with several records; the best of them counts.
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    return a.bits != b.bits ? a.bits > b.bits : a.person < b.person;
  });
  std::vector<Found> best;
  for (const Found& one : found) {
    if (best.size() == most) break;
    const bool known =
        std::ranges::any_of(best, [&](const Found& other) { return other.person == one.person; });
    if (!known) best.push_back(one);
  }
  return best;
}

Decision Matcher::decide(std::span<const Found> found) {
  if (found.empty()) return Decision::fresh;
  double others = 1;
  for (const Found& one : found.subspan(1)) {
    if (!one.conflict) others += std::exp2(std::min(one.bits, 60.0F));
  }
  const float bits = found[0].bits - static_cast<float>(std::log2(others));
  if (found[0].conflict) return bits >= 0 ? Decision::review : Decision::fresh;
  if (bits >= link_bits && !found[0].unproved) return Decision::link;
  return bits >= review_bits ? Decision::review : Decision::fresh;
}

}  // namespace doorstep::linkage
