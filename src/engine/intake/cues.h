#pragma once
/// \file Cues: signs that stand near each other, as data. Serves triage and the category alike.

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/intake/patterns.h"
#include "engine/intake/trie.h"

namespace doorstep::intake {

/// One place where a concept's word stands; folded range.
struct Sign {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint16_t concept_id = 0;
};

struct CueRule {
  std::string key;
  Category category = Category::chat;
  std::string level;
  std::uint32_t window = 0;
  bool ordered = false;  ///< The concepts stand in the order of the rule.
  std::vector<std::uint16_t> concepts;
};

/// All concepts of a rule inside its window.
struct CueMatch {
  const CueRule* rule = nullptr;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t inner_from = 0;  ///< Between the first sign's end and the last one's start.
  std::uint32_t inner_to = 0;
};

class Cues {
 public:
  explicit Cues(std::string_view table) : Cues(table, {}) {}
  /// The words of `grammar` are patterns, and a concept of `table` may be widened there.
  Cues(std::string_view table, std::string_view grammar);

  /// All signs in the order of the text; at one place the longest word of each concept.
  [[nodiscard]] std::vector<Sign> signs(const Folded& text) const;
  /// The matches of all rules, at most `matches_max` of each.
  [[nodiscard]] std::vector<CueMatch> matches(const Folded& text,
                                              const std::vector<Sign>& signs) const;
  /// Id of a concept that must exist.
  [[nodiscard]] std::uint16_t concept_named(std::string_view name) const;

  static constexpr std::size_t matches_max = 16;
  static constexpr std::size_t concepts_max = 4;  ///< Of one rule.

 private:
  enum class Words { plain, patterns };
  void load(std::string_view table, Words words);
  void hide_shielded(std::vector<Sign>& signs) const;
  static const Sign* nearest(const std::vector<const Sign*>& others, const CueRule& rule,
                             const CueMatch& match, std::span<const Sign* const> chosen);
  void match(const Folded& text, const CueRule& rule,
             const std::vector<std::vector<const Sign*>>& by_concept,
             std::vector<CueMatch>& out) const;

  Trie words_;
  Patterns patterns_;
  std::vector<CueRule> rules_;
  std::unordered_map<std::string, std::uint16_t> concepts_;
};

}  // namespace doorstep::intake
