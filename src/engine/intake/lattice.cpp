#include "engine/intake/lattice.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace doorstep::intake {
namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

}  // namespace

std::uint32_t Lattice::skip(std::uint32_t at) const {
  while (at < end_ && text_.kind[at] == Kind::space) ++at;
  return at;
}

void Lattice::add(Tag tag, std::uint32_t from, std::uint32_t to, float cost, std::uint32_t index,
                  std::uint8_t allowed, State next, TagSet tags) {
  if (to > end_ || to <= from) return;
  edges_.push_back({from, to, index, cost, tag, allowed, next, tags});
  if (next == amount) amount_ends_[skip(to) - begin_] = 1;
}

bool Lattice::may_count(std::uint32_t from, std::uint32_t to) const {
  if (amount_ends_[from - begin_] != 0) return true;
  const std::uint32_t at = skip(to);
  const Kind kind = text_.kind_at(at);
  return kind == Kind::digit || kind == Kind::latin || is_han_digit(text_.at(at)) ||
         in(text_.at(at), U"半几数多好廿卅俩仨每隔大小整若约共$¥￥€*+@(/");
}

void Lattice::fallback(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::punct) {
    add(Tag::punct, at, at + 1, 0.2F, 0, any, boundary);
    return;
  }
  if (kind == Kind::other) {
    // Emoji and signs say nothing that an order needs; a good among them has its own edge.
    add(Tag::unknown, at, at + 1, 0.6F, 0, any, boundary, set_of(Tag::filler));
    return;
  }
  if (kind == Kind::newline) {
    add(Tag::newline, at, at + 1, 0.1F, 0, any, boundary);
    return;
  }
  std::uint32_t to = at + 1;
  float cost = unknown_price;
  if (kind == Kind::latin || kind == Kind::digit) {
    while (to < end_ && to < at + 40 && text_.kind[to] == kind) ++to;
    cost = kind == Kind::latin ? 3.0F : 3.6F;
  }
  add(Tag::unknown, at, to, cost);
}

void Lattice::edges_at(std::uint32_t at) {
  const Kind kind = text_.kind[at];
  fallback(at);
  if (kind == Kind::newline) return;
  if (kind == Kind::digit && at > begin_ && text_.kind[at - 1] == Kind::digit) return;
  words(at);
  goods(at);
  if (kind == Kind::punct || kind == Kind::other) {
    brackets(at);
    list_numbers(at);
    amounts(at);
    addresses(at);
    prices(at);
    return;
  }
  if (kind == Kind::han) {
    common_words(at);
    brands(at);
    qualities(at);
    for_whom(at);
    packing(at);
    frequency(at);
    lasts(at);
    refusals(at);
    copies_of_named(at);
    prepared(at);
    more_of(at);
    price_of_one(at);
    asides(at);
  }
  if (kind == Kind::digit || kind == Kind::latin) figures(at);
  unknown_goods(at);
  formula_stage(at);
  amounts(at);
  addresses(at);
  if (kind == Kind::han) persons(at);
  nickname(at);
  copies(at);
  codes(at);
  contents(at);
  multipacks(at);
  if (kind == Kind::digit) {
    list_numbers(at);
    phones(at);
  }
  if (kind == Kind::digit || kind == Kind::han) {
    measures_of_wear(at);
    prices(at);
    times(at);
    measurements(at);
  }
}

void Lattice::best_path() {
  const std::size_t length = end_ - begin_;
  best_.assign((length + 1) * state_count, {infinite, -1, other});
  const auto at = [&](std::uint32_t position, unsigned state) -> Best& {
    return best_[static_cast<std::size_t>(position - begin_) * state_count + state];
  };
  at(begin_, boundary).cost = 0;
  for (std::uint32_t position = begin_; position < end_; ++position) {
    const Best* here = &at(position, 0);
    unsigned reached = 0;
    for (unsigned state = 0; state < state_count; ++state)
      reached |= here[state].cost == infinite ? 0U : 1U << state;
    if (reached == 0) continue;
    for (std::uint32_t e = first_[position - begin_]; e < first_[position - begin_ + 1]; ++e) {
      const Edge& edge = edges_[e];
      unsigned open = reached & edge.allowed;
      if (open == 0) continue;
      Best& best = at(skip(edge.to), edge.next);
      for (; open != 0; open &= open - 1) {
        const auto state = static_cast<unsigned>(std::countr_zero(open));
        const float cost = here[state].cost + edge.cost;
        if (cost < best.cost)
          best = {cost, static_cast<std::int32_t>(e), static_cast<State>(state)};
      }
    }
  }
}

void Lattice::collect() {
  made_.tokens.clear();
  std::uint32_t position = end_;
  State state = other;
  float least = infinite;
  const auto at = [&](std::uint32_t where, unsigned which) -> const Best& {
    return best_[static_cast<std::size_t>(where - begin_) * state_count + which];
  };
  for (unsigned i = 0; i < state_count; ++i) {
    if (i == needs_amount) continue;
    if (at(end_, i).cost < least) {
      least = at(end_, i).cost;
      state = static_cast<State>(i);
    }
  }
  if (least == infinite) return;
  while (position > begin_) {
    const Best& best = at(position, state);
    if (best.edge < 0) break;
    const Edge& edge = edges_[static_cast<std::size_t>(best.edge)];
    Token token;
    token.from = edge.from;
    token.to = edge.to;
    token.tag = edge.tag;
    token.tags = edge.tags;
    token.index = edge.index;
    token.gap = edge.from > begin_ && text_.kind[edge.from - 1] == Kind::space;
    made_.tokens.push_back(token);
    position = edge.from;
    state = best.before;
  }
  std::reverse(made_.tokens.begin(), made_.tokens.end());
}

Reading Lattice::read(std::uint32_t from, std::uint32_t to, bool row) {
  made_ = {};
  edges_.clear();
  row_ = row;
  end_ = to;
  begin_ = skip(from);
  if (begin_ >= end_) return {};
  made_.goods.reserve(32);
  made_.amounts.reserve(32);
  made_.addresses.reserve(8);
  first_.clear();
  amount_ends_.assign(end_ - begin_ + 1, 0);
  for (std::uint32_t at = begin_; at < end_; ++at) {
    first_.push_back(static_cast<std::uint32_t>(edges_.size()));
    if (text_.kind[at] != Kind::space) edges_at(at);
  }
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  best_path();
  collect();
  repairs();
  return std::move(made_);
}

}  // namespace doorstep::intake
