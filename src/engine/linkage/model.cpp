#include "engine/linkage/model.h"

#include <algorithm>
#include <cmath>

namespace doorstep::linkage {
namespace {

constexpr std::size_t counts_kept = 1024;
/// A number of one person (identifier, phone, e-mail) is not "common" until it stands in more
/// records than one person's duplicates explain.
constexpr double own_records = 8;

template <class Level>
constexpr std::size_t at(Level value) {
  return static_cast<std::size_t>(value);
}

float log2_of(double value) {
  return static_cast<float>(std::log2(std::max(value, 1e-12)));
}

Weights words(bool name) {
  Weights out;
  out.match = name ? Shares{.04, .03, .03, .10, .80} : Shares{.06, .03, .03, .10, .78};
  out.random = name ? Shares{.96, .025, .010, .003, .002} : Shares{.93, .05, .015, .003, .002};
  return out;
}

/// log2(2^a + 2^b).
float add_logs(float a, float b) {
  const float high = std::max(a, b);
  const float low = std::min(a, b);
  if (high - low > 20) return high;
  return high + std::log2(1.0F + std::exp2(low - high));
}

bool is_own_number(Kind kind) {
  return kind == Kind::identifier || kind == Kind::phone || kind == Kind::email;
}

}  // namespace

Weights default_weights(Kind kind, bool order) {
  Weights out;
  if (order) {
    out.match = {.96, .04};
    out.random = {.99, .01};
    out.mate = mate_shares(kind, true, out.match, out.random);
    return out;
  }
  switch (kind) {
    case Kind::full_name:
      out.match = {.03, .03, .03, .03, .05, .05, .02, .76};
      out.random = {.9705, .015, .002, .010, .0005, .001, .0003, .0007};
      break;
    case Kind::category:
      out.match = {.03, .01, .96};
      out.random = {.50, .01, .49};
      break;
    case Kind::identifier:
      out.match = {.02, .002, .05, .03, .898};
      out.random = {.4998, .5, .000002, .0001, .000001};
      break;
    case Kind::date:
      out.match = {.03, .02, .02, .05, .88};
      out.random = {.98, .010, .0088, .0011, .0001};
      break;
    case Kind::phone:
      out.match = {.20, .05, .75};
      out.random = {.9998, .0001, .0001};
      break;
    case Kind::email:
      out.match = {.05, .03, .04, .10, .78};
      out.random = {.98, .015, .004, .0005, .0005};
      break;
    case Kind::address:
      out.match = {.12, .05, .02, .03, .18, .60};
      out.random = {.90, .086, .01, .003, .0005, .0005};
      break;
    case Kind::house_number:
      out.match = {.06, .06, .88};
      out.random = {.95, .03, .02};
      break;
    case Kind::postcode:
      out.match = {.03, .10, .87};
      out.random = {.98, .012, .008};
      break;
    default: out = words(kind == Kind::given_name || kind == Kind::family_name);
  }
  out.mate = mate_shares(kind, false, out.match, out.random);
  return out;
}

Shares mate_shares(Kind kind, bool order, const Shares& match, const Shares& random) {
  if (order) return random;
  switch (kind) {
    case Kind::given_name: return {.93, .05, .013, .004, .003};
    case Kind::family_name: return {.40, .01, .01, .02, .56};
    case Kind::full_name: {
      // A masked 张某 agrees with most of the family; brothers and sisters share a character.
      const double masked = 0.6 * match[at(NameLevel::wildcard)];
      return {.836 - masked, .15, .01, masked, .0005, .002, .0005, .001};
    }
    case Kind::date: {
      Shares out = random;  // twins: one housemate in fifty
      out[at(DateLevel::equal)] = std::max(out[at(DateLevel::equal)], .02);
      out[at(DateLevel::one_edit)] = std::max(out[at(DateLevel::one_edit)], .003);
      return out;
    }
    case Kind::category: {
      Shares out{};
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::max(match[i], random[i]);
      return out;
    }
    case Kind::identifier: return random;
    case Kind::phone: return {.45, .05, .50};
    case Kind::email: return {.70, .10, .05, .02, .13};
    default: return match;  // the parts of an address
  }
}

Model Model::prior(std::span<const Kind> kinds, double left, double right) {
  Model out;
  out.comparisons = comparisons_of(kinds);
  for (const Comparison& one : out.comparisons) {
    out.weights.push_back(default_weights(one.kind, one.order));
  }
  const double pairs = (left + background) * std::max(right, 1.0);
  out.match_share = 0.5 * std::max(right, 1.0) / pairs;
  out.mate_share = 1.5 * std::max(right, 1.0) / pairs;
  return out;
}

Scorer::Scorer(const Model& model, const People& left, const People& right,
               const People& population)
    : model_(&model),
      left_(&left),
      right_(&right),
      population_(&population),
      comparer_(left, right),
      rows_(static_cast<double>(population.population())) {
  for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
    const Weights& weights = model.weights[i];
    Logs logs;
    for (std::size_t level = 0; level < levels_max; ++level) {
      logs.match[level] = log2_of(weights.match[level]);
      logs.random[level] = log2_of(weights.random[level]);
      logs.mate[level] = log2_of(weights.mate[level]);
    }
    logs_.push_back(logs);
    std::vector<float> shares(counts_kept);
    share_logs_.push_back({});
    for (std::size_t count = 0; count < counts_kept; ++count) {
      shares[count] = share_log(i, static_cast<std::uint32_t>(count));
    }
    share_logs_.back() = std::move(shares);
  }
}

std::uint32_t Scorer::count(const People& people, const Pool& pool, std::size_t slot,
                            ValueId id) const {
  return &people == population_ ? pool.count(id) : population_->pool(slot).count_of(pool.hash(id));
}

float Scorer::share_log(std::size_t comparison, std::uint32_t count) const {
  if (count < share_logs_[comparison].size()) return share_logs_[comparison][count];
  const Comparison& one = model_->comparisons[comparison];
  const double average = model_->weights[comparison].random[one.levels - 1];
  if (is_own_number(one.kind)) {
    return log2_of(std::max(average, (count - own_records) / (rows_ + background)));
  }
  // Of words, the average is dominated by the common ones; a word that is new is rarer.
  const bool few = one.kind == Kind::category || one.kind == Kind::house_number;
  const double usual = few ? average : std::min(average, .002);
  return log2_of((count + background * usual) / (rows_ + background));
}

float Scorer::name_log(std::size_t comparison, unsigned level, ValueId a, ValueId b) const {
  const std::size_t slot = model_->comparisons[comparison].slot;
  const PersonName& x = left_->pool(slot).name(a);
  const PersonName& y = right_->pool(slot).name(b);
  const Pool& all = population_->pool(slot);
  const float match = logs_[comparison].match[level];
  switch (static_cast<NameLevel>(level)) {
    case NameLevel::wildcard: {
      // Who writes 王某 hides the name, whoever it is: only the family name is evidence.
      const PersonName& mask = x.masked ? x : y;
      return match + share_log(comparison, all.count_of_surname(mask.surname));
    }
    case NameLevel::romanised: {
      const std::uint32_t whole = x.is_han() ? x.whole : y.whole;
      return match + share_log(comparison, all.count_of_pinyin(whole));
    }
    case NameLevel::homophone:
    case NameLevel::same_tones:
      return share_log(comparison,
                       std::max(all.count_of_pinyin(x.whole), all.count_of_pinyin(y.whole)));
    default: return logs_[comparison].random[level];
  }
}

float Scorer::random_log(std::size_t comparison, unsigned level, Row left, Row right) const {
  const Comparison& one = model_->comparisons[comparison];
  const float average = logs_[comparison].random[level];
  if (one.order) return average;
  const ValueId a = left_->value(left, one.slot);
  const ValueId b = right_->value(right, one.slot);
  if (one.kind == Kind::full_name && level + 1 < one.levels) {
    return name_log(comparison, level, a, b);
  }
  if (one.kind == Kind::identifier && level == at(IdentifierLevel::masked)) {
    // Four tenths of a digit's surprise each: regions and birth years are far from even.
    const std::size_t visible = std::min(visible_characters(left_->pool(one.slot).text(a)),
                                         visible_characters(right_->pool(one.slot).text(b)));
    return logs_[comparison].match[level] - static_cast<float>(visible) * 0.4F * 3.3219F;
  }
  if (level + 1 < one.levels || one.kind == Kind::date) return average;
  std::uint32_t common = 0;
  if (a != 0) common = count(*left_, left_->pool(one.slot), one.slot, a);
  if (b != 0) common = std::max(common, count(*right_, right_->pool(one.slot), one.slot, b));
  return share_log(comparison, common);
}

Scorer::Score Scorer::score(Row left, Row right) {
  Score out;
  out.levels = comparer_.compare(left, right);
  float match = log2_of(model_->match_share);
  float random = 0;
  float mate = log2_of(model_->mate_share);
  bool other_name = false;
  bool number = false;
  for (std::size_t i = 0; i < model_->comparisons.size(); ++i) {
    const unsigned level = level_at(out.levels, i);
    if (level == missing_level) continue;
    const bool conflict =
        model_->comparisons[i].kind == Kind::identifier && level == at(IdentifierLevel::conflict);
    // Beside a conflict the other evidence is told, so that a person can judge it.
    out.conflict |= conflict;
    const Kind kind = model_->comparisons[i].kind;
    other_name |= kind == Kind::full_name && level <= at(NameLevel::resembling);
    number |= kind == Kind::identifier && level >= at(IdentifierLevel::near);
    if (conflict) continue;
    match += logs_[i].match[level];
    mate += logs_[i].mate[level];
    random += random_log(i, level, left, right);
  }
  out.bits = match - add_logs(random, mate);
  out.unproved = other_name && !number;
  return out;
}

std::vector<Scorer::Part> Scorer::explain(Levels levels, Row left, Row right) {
  std::vector<Part> out;
  for (std::size_t i = 0; i < model_->comparisons.size(); ++i) {
    const unsigned level = level_at(levels, i);
    if (level == missing_level) continue;
    out.push_back({i, logs_[i].match[level] - random_log(i, level, left, right)});
  }
  return out;
}

}  // namespace doorstep::linkage
