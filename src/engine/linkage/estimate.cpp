#include "engine/linkage/estimate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/rng.h"

namespace doorstep::linkage {
namespace {

constexpr std::size_t random_pairs = 200'000;
constexpr std::size_t rows_per_sample =
    20'000;  ///< Keys are sampled so that about this many rows count.
constexpr int rounds = 15;
constexpr double match_strength = 40;     ///< Pairs that the default `match` counts as.
constexpr double random_strength = 2000;  ///< Pairs that the default `random` counts as.
constexpr double mates_per_person = 1.5;  ///< In a household, before any is seen.
constexpr double mates_strength = 4;      ///< People that this counts as.

/// How often each combination of levels was seen.
using Patterns = std::map<Levels, double>;

struct Sample {
  std::uint32_t used = 0;  ///< Comparisons that agree by choice and are not evidence.
  Patterns patterns;
  double match = 0.1;  ///< Share of matches.
};

bool is_household_kind(Kind kind) {
  return kind == Kind::address || kind == Kind::phone || kind == Kind::house_number ||
         kind == Kind::street || kind == Kind::locality || kind == Kind::postcode ||
         kind == Kind::text;
}

bool is_personal_kind(Kind kind) {
  return kind == Kind::full_name || kind == Kind::given_name || kind == Kind::date ||
         kind == Kind::identifier;
}

class Estimator {
 public:
  Estimator(const People& people, const KeyPlan& plan, Sides sides, std::span<const Row> order,
            std::uint64_t seed)
      : people_(people),
        order_(order),
        plan_(plan),
        sides_(sides),
        blocks_(people, plan, sides),
        comparer_(people, people),
        rng_(seed),
        left_(static_cast<double>(sides.left)),
        right_(static_cast<double>(sides.one_file() ? sides.all : sides.all - sides.left)),
        model_(Model::prior(people.kinds(), left_, right_)) {}

  Model run() {
    const double matches = std::max(1.0, (sides_.one_file() ? 0.2 : 0.5) * right_);
    const double mates = count_mates();
    draw_random();
    draw_blocked();
    for (int round = 0; round < rounds; ++round) improve(matches / pairs(), mates / matches);
    const double all = (left_ + background) * std::max(right_, 1.0) * (sides_.one_file() ? 0.5 : 1);
    model_.match_share = matches / all;
    model_.mate_share = mates / all;
    return std::move(model_);
  }

 private:
  [[nodiscard]] double pairs() const {
    const double all = sides_.one_file() ? left_ * (left_ - 1) / 2 : left_ * right_;
    return std::max(all, 1.0);
  }

  void draw_random();
  void draw_blocked();
  double count_mates();
  void improve(double match_share, double mates_per_match);
  [[nodiscard]] bool share_a_dwelling(Levels levels) const;
  [[nodiscard]] double personal_bits(Levels levels) const;

  const People& people_;
  std::span<const Row> order_;
  const KeyPlan& plan_;
  Sides sides_;
  Blocks blocks_;
  Comparer comparer_;
  SeededRng rng_;
  double left_;
  double right_;
  Model model_;
  Patterns random_;
  std::vector<Sample> samples_;
};

void Estimator::draw_random() {
  const Row right_begin = sides_.one_file() ? 0 : sides_.left;
  if (pairs() <= static_cast<double>(random_pairs)) {
    for (Row a = 0; a < sides_.left; ++a) {
      for (Row b = sides_.one_file() ? a + 1 : right_begin; b < sides_.all; ++b) {
        random_[comparer_.compare(a, b)] += 1;
      }
    }
    return;
  }
  for (std::size_t i = 0; i < random_pairs; ++i) {
    const Row a = order_[rng_.below(sides_.left)];
    const Row b = order_[right_begin + rng_.below(sides_.all - right_begin)];
    if (a != b) random_[comparer_.compare(a, b)] += 1;
  }
}

void Estimator::draw_blocked() {
  const std::size_t rate = std::max<std::size_t>(1, sides_.all / rows_per_sample);
  for (std::size_t pass = 0; pass < plan_.passes().size(); ++pass) {
    Sample sample{plan_.passes()[pass].used, {}, 0.1};
    blocks_.sample(pass, rate, [&](Block block) {
      each_pair(block, sides_,
                [&](Row a, Row b) { sample.patterns[comparer_.compare(a, b)] += 1; });
    });
    if (!sample.patterns.empty()) samples_.push_back(std::move(sample));
  }
}

bool Estimator::share_a_dwelling(Levels levels) const {
  int parts = 0;
  for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
    const Comparison& one = model_.comparisons[i];
    const unsigned level = level_at(levels, i);
    if (one.order || level == missing_level || !is_household_kind(one.kind)) continue;
    const bool equal = level + 1 == one.levels;
    if (one.kind == Kind::phone && equal) return true;
    if (one.kind == Kind::address && level >= static_cast<unsigned>(AddressLevel::dwelling)) {
      return true;
    }
    parts += equal ? 1 : 0;
  }
  return parts >= 3;
}

double Estimator::personal_bits(Levels levels) const {
  double bits = 0;
  for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
    const Comparison& one = model_.comparisons[i];
    const unsigned level = level_at(levels, i);
    if (one.order || level == missing_level || !is_personal_kind(one.kind)) continue;
    const Weights weights = default_weights(one.kind);
    bits += std::log2(weights.match[level] / weights.mate[level]);
  }
  return bits;
}

/// Pairs of housemates to expect across the sides (or in the one file), matches aside.
double Estimator::count_mates() {
  const std::size_t rate = std::max<std::size_t>(1, sides_.all / rows_per_sample);
  std::array<double, 2> mates{};
  std::array<double, 2> doubles{};
  std::vector<std::pair<Row, Row>> seen;
  for (std::size_t pass = 0; pass < plan_.passes().size(); ++pass) {
    const std::uint32_t used = plan_.passes()[pass].used;
    bool of_place = used != 0;
    for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
      const bool place = is_household_kind(model_.comparisons[i].kind);
      if ((used >> i & 1U) != 0 && !place) of_place = false;
    }
    if (!of_place) continue;
    blocks_.sample(pass, rate, [&](Block block) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        for (std::size_t j = i + 1; j < block.size(); ++j) {
          if (sides_.is_left(block[i]) == sides_.is_left(block[j])) {
            seen.emplace_back(block[i], block[j]);
          }
        }
      }
    });
  }
  std::ranges::sort(seen);
  seen.erase(std::ranges::unique(seen).begin(), seen.end());
  for (const auto& [a, b] : seen) {
    const Levels levels = comparer_.compare(a, b);
    if (!share_a_dwelling(levels)) continue;
    const std::size_t side = sides_.is_left(a) ? 0 : 1;
    (personal_bits(levels) < 0 ? mates : doubles)[side] += static_cast<double>(rate);
  }
  const auto rate_of = [](double pairs, double people) {
    return (2 * pairs + mates_per_person * mates_strength) / (people + mates_strength);
  };
  if (!sides_.one_file()) {
    const double left = rate_of(mates[0], left_) * left_;
    const double right = rate_of(mates[1], right_) * right_;
    return std::sqrt(left * right);
  }
  // In one file a mate and a badly written duplicate look alike, the more so where nothing but the
  // name is personal. A small minority is taken for writing errors: families are more.
  bool identified = false;
  for (const Kind kind : people_.kinds()) {
    identified |= kind == Kind::date || kind == Kind::identifier;
  }
  const double forgiven = (identified ? 0.05 : 0.25) * (mates[0] + doubles[0]);
  return rate_of(std::max(0.0, mates[0] - forgiven), left_) * left_ / 2;
}

/// One round of expectation-maximisation over all samples; the random pairs count as one more, so
/// that the matches among them do not pass for coincidences.
void Estimator::improve(double match_share, double mates_per_match) {
  std::vector<Weights> sums(model_.comparisons.size());
  const auto add = [&](const Patterns& patterns, std::uint32_t used, double& share, bool blocked) {
    double matched = 0;
    double total = 0;
    for (const auto& [levels, count] : patterns) {
      double match = std::min(share, 0.95 / (1 + mates_per_match));
      double mate = match * mates_per_match;
      double random = std::max(1e-9, 1 - match - mate);
      for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
        const unsigned level = level_at(levels, i);
        if (level == missing_level || (used >> i & 1U) != 0) continue;
        match *= model_.weights[i].match[level];
        mate *= model_.weights[i].mate[level];
        random *= model_.weights[i].random[level];
      }
      const double p = match / (match + mate + random);
      const double r = random / (match + mate + random);
      matched += p * count;
      total += count;
      for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
        const unsigned level = level_at(levels, i);
        if (level == missing_level || (used >> i & 1U) != 0) continue;
        if (blocked) sums[i].match[level] += p * count;
        if (!blocked) sums[i].random[level] += r * count;
      }
    }
    if (blocked) share = std::clamp((matched + 0.1) / (total + 1), 1e-6, 0.5);
  };
  add(random_, 0, match_share, false);
  for (Sample& sample : samples_) add(sample.patterns, sample.used, sample.match, true);
  for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
    const Comparison& one = model_.comparisons[i];
    const Weights standard = default_weights(one.kind, one.order);
    Weights& weights = model_.weights[i];
    const auto mix = [&](const Shares& seen, const Shares& usual, double strength) {
      Shares out{};
      double total = strength;
      for (std::size_t level = 0; level < one.levels; ++level) total += seen[level];
      for (std::size_t level = 0; level < one.levels; ++level) {
        out[level] = (seen[level] + strength * usual[level]) / total;
      }
      return out;
    };
    weights.match = mix(sums[i].match, standard.match, match_strength);
    weights.random = mix(sums[i].random, standard.random, random_strength);
    weights.mate = mate_shares(one.kind, one.order, weights.match, weights.random);
  }
}

}  // namespace

Model estimate(const People& people, const KeyPlan& plan, Sides sides, std::span<const Row> order,
               std::uint64_t seed) {
  if (sides.left == 0 || sides.all < 2 || (!sides.one_file() && sides.all == sides.left)) {
    return Model::prior(people.kinds(), sides.left, sides.all - sides.left);
  }
  return Estimator(people, plan, sides, order, seed).run();
}

}  // namespace doorstep::linkage
