#pragma once
/// \file Which rows of two lists, or of one, are the same person. The whole of the engine for a
/// program that has its lists in hand:
///
///     Linkage linkage(kinds);
///     for (registry row) linkage.add_left(id, values);
///     for (list row) linkage.add_right(id, values);
///     for (const Verdict& verdict : linkage.link_list()) ...
///
/// Pure: no clock, no files, no chance but a seed. The answer is the same for rows in any order and
/// for any number of threads.

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/linkage/blocks.h"
#include "engine/linkage/keys.h"
#include "engine/linkage/model.h"
#include "engine/linkage/people.h"

namespace doorstep::linkage {

enum class Decision : std::uint8_t {
  link,    ///< The same person, as sure as the run's precision asks for.
  review,  ///< A person decides.
  fresh,   ///< Nobody in the registry.
};
[[nodiscard]] std::string_view to_text(Decision decision);

/// What became of a row of the list.
struct Verdict {
  static constexpr Row nobody = ~Row{0};
  Row match = nobody;  ///< Number of the left row, counted from 0; nobody for `fresh`.
  Decision decision = Decision::fresh;
  float bits = -99;  ///< Log odds of the match, against all other candidates too.
};

struct AcceptedLink {
  Row left = 0;
  Row right = 0;
  float bits = 0;
};

struct Options {
  unsigned threads = 1;
  std::uint64_t seed = 1;
  /// Share of false ones among all automatic links that the run aims to stay below.
  double false_links_max = 0.0005;
  /// The same for pairs of two files of equal standing, or of one.
  double false_pairs_max = 0.005;
  std::function<void(std::string_view stage)> progress = {};
};

class Linkage {
 public:
  explicit Linkage(std::vector<Kind> kinds, Options options = {});

  /// Adds a row; all left rows come before all right ones. `id` only orders equal rows.
  void add_left(std::string_view id, std::span<const std::string_view> values);
  void add_right(std::string_view id, std::span<const std::string_view> values);

  /// A list against a registry of different people: one verdict per right row.
  [[nodiscard]] std::vector<Verdict> link_list();

  /// Two files of equal standing: the links accepted, sorted by left and right row.
  [[nodiscard]] std::vector<AcceptedLink> link_files();

  /// Duplicates in the left rows (there are no right ones): for each the first row of its cluster.
  [[nodiscard]] std::vector<Row> dedupe();

  /// A pair that was compared and not far from being one person.
  struct Candidate {
    Row left = 0;
    Row right = 0;  ///< Counted on from the left rows.
    float bits = 0;
    bool conflict = false;
    bool unproved = false;
    Levels levels = 0;
  };
  /// The candidates of this run, by right row, best first. Requires one of the three above.
  [[nodiscard]] std::span<const Candidate> candidates() const { return candidates_; }
  /// The model of this run. Requires one of the three above.
  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const People& people() const { return people_; }

 private:
  void tell(std::string_view stage) const;
  void prepare();
  void score_all();
  void score_part(unsigned thread, std::vector<Candidate>& out) const;
  void settle_match_share();
  static void keep_unique(std::vector<Candidate>& candidates);
  [[nodiscard]] float accept_threshold() const;

  Options options_;
  People people_;
  KeyPlan plan_;
  Sides sides_;
  std::vector<std::uint64_t> rank_;  ///< Of a row, by content and id: breaks ties.
  Model model_;
  std::vector<Candidate> candidates_;  ///< Sorted by right, then by bits, best first.
};

}  // namespace doorstep::linkage
