#pragma once
/// \file Editor: applies the clauses of a message to its sender's standing order.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/draft.h"

namespace doorstep::intake {

struct Wish {
  Token token;
  FoundGood good;
  std::optional<Amount> amount;
};

/// Goods and amounts on one side of an edit word.
struct Side {
  std::vector<Wish> wishes;
  std::vector<Amount> lone;
  std::vector<Token> used;
};
class Editor {
 public:
  Editor(const Folded& text, const Lexicon& lexicon, Draft& draft, DraftOrder& order)
      : text_(text), lexicon_(lexicon), draft_(draft), order_(order) {}
  /// Applies every clause; true when something was changed.
  bool run();

 private:
  using Tokens = std::vector<Token>;
  [[nodiscard]] static bool has(const Clause& clause, Tag tag);
  [[nodiscard]] static std::vector<Clause> parts(const Clause& clause);
  bool apply(const Clause& clause);
  /// A clause that is all note changes nothing but must be seen; it counts as an edit.
  [[nodiscard]] bool received(const Clause& clause) const;
  [[nodiscard]] bool noted(const Clause& clause) const;
  [[nodiscard]] static std::size_t find(const Clause& clause, TagSet tags);
  [[nodiscard]] std::u32string word(const Token& token) const;
  [[nodiscard]] Side side(const Tokens& tokens, std::size_t from, std::size_t to) const;
  void spread(const Clause& clause, Side& side) const;
  void paint(const Side& side);
  [[nodiscard]] DraftItem item_of(const Wish& wish) const;
  DraftItem* ordered(const Wish& wish);
  void set_amount(DraftItem& item, const Amount& amount);
  [[nodiscard]] bool says_all(const Clause& clause) const;
  /// The item an amount without a good speaks of: the only one, or the only one of that unit.
  DraftItem* meant(const Amount& amount);
  void mention(const DraftItem* item);

  // --- kinds of edits ---------------------------------------------------------------------------
  bool change(const Clause& clause, std::size_t edit);
  bool names_size(const Clause& clause, const Side& before, const Side& after);
  bool exchange(const Side& before, const Side& after);
  /// The first good of `after` in place of `old`; added where there is none.
  bool exchange_for(DraftItem* old, const Side& after);
  /// 其他都不要: everything but what is named here stays away.
  [[nodiscard]] bool refuses(const Clause& clause) const;
  bool others_out(const Clause& clause);
  [[nodiscard]] bool of_others(const Clause& clause) const;
  bool limits(const Clause& clause, std::size_t refusal);
  bool takes_for(const Clause& clause);
  bool corrects_amount(const Clause& clause);
  bool totals(const Clause& clause);
  bool says_kind(const Clause& clause);
  bool drops(const Clause& clause);
  /// 豆腐少一块也行: it may be so, it need not; a human reads it.
  bool concedes(const Clause& clause);
  bool scale(const Clause& clause);
  /// 多要一板, 少要两袋, 再加一袋米.
  bool shift(const Clause& clause, std::size_t edit, int sign);
  void add(DraftItem& item, const Amount& amount, int sign);
  /// Goods with amounts: a known one gets the amount, a new one is added. An amount alone corrects.
  bool set(const Clause& clause);
  bool door(const Clause& clause);
  const Folded& text_;
  const Lexicon& lexicon_;
  Draft& draft_;
  DraftOrder& order_;
  std::size_t last_ = 0xFFFFFFFF;  ///< The item mentioned last.
  std::optional<DraftItem> dropped_;
};

}  // namespace doorstep::intake
