#include "engine/linkage/linkage.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>
#include <tuple>

#include "base/check.h"
#include "engine/linkage/estimate.h"

namespace doorstep::linkage {
namespace {

constexpr float floor_bits = -12;   ///< Weaker pairs are forgotten at once.
constexpr float review_bits = -3;   ///< A list row below this is a new person.
constexpr float link_bits_min = 5;  ///< Below this no estimate makes a link of a list row.
constexpr std::size_t keys_per_part = 2'000'000;

double chance(float bits) {
  return 1.0 / (1.0 + std::exp2(-static_cast<double>(bits)));
}

/// log2(2^a + 2^b).
float add_logs(float a, float b) {
  const float high = std::max(a, b);
  return high + std::log2(1.0F + std::exp2(std::min(a, b) - high));
}

/// The lowest of these scores, not under `least`, from which up the expected share of false links
/// stays below `false_max`.
float link_threshold(std::vector<float> bits, float least, double false_max) {
  std::ranges::sort(bits, std::greater<>{});
  double wrong = 0;
  float threshold = 99;
  for (std::size_t i = 0; i < bits.size() && bits[i] >= least; ++i) {
    wrong += 1 - chance(bits[i]);
    if (wrong <= false_max * static_cast<double>(i + 1)) threshold = bits[i];
  }
  return threshold;
}

}  // namespace

std::string_view to_text(Decision decision) {
  switch (decision) {
    case Decision::link: return "link";
    case Decision::review: return "review";
    case Decision::fresh: return "new";
  }
  return "";
}

Linkage::Linkage(std::vector<Kind> kinds, Options options)
    : options_(std::move(options)), people_(std::move(kinds)), plan_(people_.kinds()) {}

void Linkage::tell(std::string_view stage) const {
  if (options_.progress) options_.progress(stage);
}

void Linkage::add_left(std::string_view id, std::span<const std::string_view> values) {
  CHECK(sides_.one_file());
  const Row row = people_.add(values);
  std::uint64_t rank = 0;
  for (std::size_t slot = 0; slot < people_.kinds().size(); ++slot) {
    rank = mix64(rank, people_.pool(slot).hash(people_.value(row, slot)));
  }
  rank_.push_back(mix64(rank, hash64(id)));
  sides_ = {row + 1, row + 1};
}

void Linkage::add_right(std::string_view id, std::span<const std::string_view> values) {
  const Row left = sides_.left;
  sides_.left = sides_.all;
  add_left(id, values);
  sides_.left = left;
}

void Linkage::prepare() {
  tell("estimating");
  people_.seal();
  std::vector<Row> order(sides_.all);
  std::iota(order.begin(), order.end(), Row{0});
  const auto by_rank = [&](Row a, Row b) { return rank_[a] < rank_[b]; };
  std::sort(order.begin(), order.begin() + sides_.left, by_rank);
  std::sort(order.begin() + sides_.left, order.end(), by_rank);
  model_ = estimate(people_, plan_, sides_, order, options_.seed);
}

void Linkage::keep_unique(std::vector<Candidate>& candidates) {
  const auto key = [](const Candidate& one) { return std::tie(one.right, one.left); };
  std::ranges::sort(candidates, {}, key);
  const auto tail = std::ranges::unique(candidates, {}, key);
  candidates.erase(tail.begin(), tail.end());
}

/// The parts of every pass that fall to one thread.
void Linkage::score_part(unsigned thread, std::vector<Candidate>& out) const {
  const Blocks blocks(people_, plan_, sides_);
  Scorer scorer(model_, people_, people_, people_);
  std::size_t compact_at = std::size_t{1} << 21U;
  const std::size_t parts = options_.threads * (1 + sides_.all / keys_per_part);
  const double possible =
      static_cast<double>(sides_.left) *
      static_cast<double>(sides_.one_file() ? sides_.all / 2 : sides_.all - sides_.left);
  for (std::size_t pass = 0; pass < plan_.passes().size(); ++pass) {
    const std::uint32_t third = plan_.third_slots(pass, possible);
    for (std::size_t part = thread; part < parts; part += options_.threads) {
      blocks.each(pass, part, parts, [&](Block block) {
        each_pair(block, sides_, [&](Row a, Row b) {
          if (third != 0 && !people_.share_value(a, b, third)) return;
          const Scorer::Score score = scorer.score(a, b);
          if (score.bits >= floor_bits)
            out.push_back({a, b, score.bits, score.conflict, score.unproved, score.levels});
        });
        if (out.size() < compact_at) return;
        keep_unique(out);
        compact_at = std::max(compact_at, out.size() * 2);
      });
    }
  }
  keep_unique(out);
}

void Linkage::score_all() {
  prepare();
  tell("comparing");
  const unsigned threads = std::max(1U, options_.threads);
  std::vector<std::vector<Candidate>> found(threads);
  {
    std::vector<std::jthread> workers;
    for (unsigned thread = 1; thread < threads; ++thread) {
      workers.emplace_back([&, thread] { score_part(thread, found[thread]); });
    }
    score_part(0, found[0]);
  }
  candidates_ = std::move(found[0]);
  for (unsigned thread = 1; thread < threads; ++thread) {
    candidates_.insert(candidates_.end(), found[thread].begin(), found[thread].end());
    found[thread] = {};
  }
  keep_unique(candidates_);
  tell("deciding");
  settle_match_share();
  std::ranges::sort(candidates_, [&](const Candidate& a, const Candidate& b) {
    return std::tuple(a.right, -a.bits, rank_[a.left]) <
           std::tuple(b.right, -b.bits, rank_[b.left]);
  });
}

/// The number of matches that the scores themselves add up to, found by repeating: how many there
/// are depends on the lists, and the prior odds of every pair with it. Requires candidates by right
/// row.
void Linkage::settle_match_share() {
  const auto right = static_cast<double>(sides_.one_file() ? sides_.all : sides_.all - sides_.left);
  const double pairs = (static_cast<double>(sides_.left) + background) * std::max(right, 1.0) *
                       (sides_.one_file() ? 0.5 : 1.0);
  float shift = 0;
  for (int round = 0; round < 20; ++round) {
    double matches = 1;
    for (std::size_t begin = 0; begin < candidates_.size();) {
      std::size_t end = begin;
      double odds = 0;
      for (; end < candidates_.size() && candidates_[end].right == candidates_[begin].right;
           ++end) {
        if (candidates_[end].conflict) continue;
        const double one = std::exp2(std::min(candidates_[end].bits + shift, 60.0F));
        if (sides_.one_file()) matches += one / (1 + one);
        odds += one;
      }
      if (!sides_.one_file()) matches += odds / (1 + odds);
      begin = end;
    }
    // A short list says little about its share of matches.
    const double trust = right / (right + background / 10);
    shift = static_cast<float>(trust * std::log2(matches / pairs / model_.match_share));
  }
  for (Candidate& one : candidates_) one.bits += shift;
  model_.match_share *= std::exp2(static_cast<double>(shift));
}

std::vector<Verdict> Linkage::link_list() {
  score_all();
  std::vector<Verdict> verdicts(sides_.all - sides_.left);
  std::vector<float> certain;
  std::vector<bool> conflict(verdicts.size());
  std::vector<bool> unproved(verdicts.size());
  for (std::size_t begin = 0; begin < candidates_.size();) {
    std::size_t end = begin;
    float others = 0;  // log2 of 1 + the odds of the others
    const Candidate& best = candidates_[begin];
    for (; end < candidates_.size() && candidates_[end].right == best.right; ++end) {
      if (end > begin && !candidates_[end].conflict)
        others = add_logs(others, candidates_[end].bits);
    }
    Verdict& verdict = verdicts[best.right - sides_.left];
    verdict.match = best.left;
    verdict.bits = best.bits - others;
    conflict[best.right - sides_.left] = best.conflict;
    unproved[best.right - sides_.left] = best.unproved;
    if (!best.conflict && !best.unproved) certain.push_back(verdict.bits);
    begin = end;
  }
  const float threshold =
      link_threshold(std::move(certain), link_bits_min, options_.false_links_max);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    Verdict& verdict = verdicts[i];
    if (verdict.bits >= threshold && !conflict[i] && !unproved[i]) {
      verdict.decision = Decision::link;
    } else if (verdict.bits >= (conflict[i] ? 0 : review_bits)) {
      verdict.decision = Decision::review;
    } else {
      verdict.match = Verdict::nobody;
    }
  }
  return verdicts;
}

/// From where on a pair of two files, or of one, is accepted without anybody looking at it.
float Linkage::accept_threshold() const {
  std::vector<float> bits;
  for (const Candidate& one : candidates_) {
    if (!one.conflict && !one.unproved) bits.push_back(one.bits);
  }
  return link_threshold(std::move(bits), 0, options_.false_pairs_max);
}

std::vector<AcceptedLink> Linkage::link_files() {
  score_all();
  std::vector<float> best_left(sides_.left, -99);
  std::vector<float> best_right(sides_.all, -99);
  for (const Candidate& one : candidates_) {
    if (one.conflict || one.unproved) continue;
    best_left[one.left] = std::max(best_left[one.left], one.bits);
    best_right[one.right] = std::max(best_right[one.right], one.bits);
  }
  std::vector<AcceptedLink> links;
  const float threshold = accept_threshold();
  for (const Candidate& one : candidates_) {
    if (one.conflict || one.unproved || one.bits < threshold) continue;
    const bool left = one.bits >= best_left[one.left];
    const bool right = one.bits >= best_right[one.right];
    // One record of a file may have several of the other; then each must stand by itself.
    if ((left && right) || ((left || right) && one.bits >= 10)) {
      links.push_back({one.left, one.right - sides_.left, one.bits});
    }
  }
  std::ranges::sort(links, {},
                    [](const AcceptedLink& one) { return std::tie(one.left, one.right); });
  return links;
}

std::vector<Row> Linkage::dedupe() {
  score_all();
  std::vector<Row> parent(sides_.all);
  std::iota(parent.begin(), parent.end(), Row{0});
  const auto root = [&](Row row) {
    while (parent[row] != row) row = parent[row] = parent[parent[row]];
    return row;
  };
  const float threshold = accept_threshold();
  for (const Candidate& one : candidates_) {
    if (one.conflict || one.unproved || one.bits < threshold) continue;
    const Row a = root(one.left);
    const Row b = root(one.right);
    if (a != b) parent[std::max(a, b)] = std::min(a, b);
  }
  for (Row row = 0; row < sides_.all; ++row) parent[row] = root(row);
  return parent;
}

}  // namespace doorstep::linkage
