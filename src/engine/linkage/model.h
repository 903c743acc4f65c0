#pragma once
/// \file What agreement is worth: the odds, in bits, that two records are of one person.
///
/// Fellegi and Sunter's ratio with a third hypothesis. A pair is a match, or two people of one
/// household (who share address, phone, often the family name), or two people at random:
///
///     bits = log2( lambda * m(levels) / (random * u(levels) + kappa * h(levels)) )
///
/// The middle term is what keeps couples, siblings and twins apart: however much of address and
/// phone agrees, it can at most show that two people live together. Source: Fellegi, Sunter, A
/// theory for record linkage, 1969; ADR linkage-scores.

#include <array>
#include <vector>

#include "engine/linkage/compare.h"
#include "engine/linkage/people.h"

namespace doorstep::linkage {

inline constexpr std::size_t levels_max = 8;
using Shares = std::array<double, levels_max>;

/// How often each level is seen in pairs of each sort. Every row sums to 1.
struct Weights {
  Shares match{};   ///< m: two records of one person.
  Shares random{};  ///< u: two people at random.
  Shares mate{};    ///< h: two people of one household.
};

/// What is taken for granted before any data is seen, per kind; `order` for the order of two
/// columns.
[[nodiscard]] Weights default_weights(Kind kind, bool order = false);

/// The part of default `mate` that follows `match` (address, phone) or `random` (name, date) of the
/// data: computed again after an estimate.
[[nodiscard]] Shares mate_shares(Kind kind, bool order, const Shares& match, const Shares& random);

/// A background population that every estimate is mixed with, so that a file of ten rows is not
/// taken for the world. In people.
inline constexpr double background = 1000;

struct Model {
  std::vector<Comparison> comparisons;
  std::vector<Weights> weights;  ///< One per comparison.
  double match_share = 0;        ///< lambda: of all pairs that could be compared.
  double mate_share = 0;         ///< kappa.

  /// Default weights for records of these kinds, for two lists of these sizes.
  [[nodiscard]] static Model prior(std::span<const Kind> kinds, double left, double right);
};

/// Scores pairs by a model and by how common their values are. One per thread.
class Scorer {
 public:
  /// `population` tells how common a value is: the table of all records that are compared. All must
  /// outlive the scorer.
  Scorer(const Model& model, const People& left, const People& right, const People& population);

  struct Score {
    Levels levels = 0;
    float bits = 0;
    bool conflict = false;  ///< Two different valid national numbers: never the same person unseen.
    /// Full names that differ beyond sound and looks, and no number to show that it is one person
    /// all the same: brothers, twins, a couple. Never linked unseen, whatever the bits.
    bool unproved = false;
  };
  [[nodiscard]] Score score(Row left, Row right);

  /// Bits of one comparison of a scored pair, match against random.
  struct Part {
    std::size_t comparison;
    double bits;
  };
  [[nodiscard]] std::vector<Part> explain(Levels levels, Row left, Row right);
  [[nodiscard]] const std::vector<Comparison>& comparisons() const {
    return comparer_.comparisons();
  }

 private:
  struct Logs {
    std::array<float, levels_max> match{};
    std::array<float, levels_max> random{};
    std::array<float, levels_max> mate{};
  };
  /// log2 of the share of people at random with this very value.
  [[nodiscard]] float random_log(std::size_t comparison, unsigned level, Row left, Row right) const;
  [[nodiscard]] float name_log(std::size_t comparison, unsigned level, ValueId a, ValueId b) const;
  [[nodiscard]] float share_log(std::size_t comparison, std::uint32_t count) const;
  [[nodiscard]] std::uint32_t count(const People& people, const Pool& pool, std::size_t slot,
                                    ValueId id) const;

  const Model* model_;
  const People* left_;
  const People* right_;
  const People* population_;
  Comparer comparer_;
  std::vector<Logs> logs_;
  std::vector<std::vector<float>> share_logs_;  ///< By comparison and count.
  double rows_;
};

}  // namespace doorstep::linkage
