#pragma once
/// \file Lattice: every reading of a stretch of text as weighted edges, and the cheapest path.
///
/// Words, amounts, addresses, names and unknown goods compete on the same footing; nothing is taken
/// greedily. See docs/adr/0015-intake-lattice.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/address.h"
#include "engine/intake/lexicon.h"
#include "engine/intake/numerals.h"

namespace doorstep::intake {

using TagSet = std::uint64_t;
[[nodiscard]] constexpr TagSet set_of(Tag tag) {
  return TagSet{1} << static_cast<unsigned>(tag);
}

/// A good as the lattice found it.
struct FoundGood {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  GoodClass kind = GoodClass::other;
  std::uint32_t canonical = 0;  ///< Index into Lexicon::names; 0: by name.
  bool unknown = false;         ///< Not in the lexicon; a good only beside an amount.
  bool repaired = false;
};

/// A package size: 10斤装, 250ml×24盒. `count` is what the good gets when nothing else counts it.
struct FoundSize {
  std::optional<Amount> count;
};

struct Token {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Tag tag = Tag::unknown;   ///< The grammar that made it, or unknown for a word (see `tags`).
  TagSet tags = 0;          ///< All tags of a word.
  std::uint32_t index = 0;  ///< Into goods, amounts, sizes or addresses of the Reading; a number.
  bool gap = false;         ///< White space stands before it.

  [[nodiscard]] bool is(Tag wanted) const { return tag == wanted || (tags & set_of(wanted)) != 0; }
};

struct Reading {
  std::vector<Token> tokens;
  std::vector<FoundGood> goods;
  std::vector<Amount> amounts;
  std::vector<FoundSize> sizes;
  std::vector<AddressReading> addresses;
};

/// Prices of edges, in the same currency: about one for a plain word.
inline constexpr float word_price = 0.55F;
inline constexpr float letter_price = 0.08F;
inline constexpr float unknown_price = 2.5F;
inline constexpr float common_price = 1.5F;

/// Reads one stretch at a time; keep one for a whole message so that its tables are reused.
class Lattice {
 public:
  Lattice(const Folded& text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {}

  /// The cheapest path over [from, to), white space left out. `row` says that the stretch starts a
  /// row of a list, where a name may stand without a title.
  Reading read(std::uint32_t from, std::uint32_t to, bool row);

 private:
  enum State : std::uint8_t { other, boundary, amount, needs_amount, place, asking, state_count };
  struct Edge {
    std::uint32_t from, to, index;
    float cost;
    Tag tag;
    std::uint8_t allowed;  ///< Bits of State that may come before.
    State next;
    TagSet tags;
  };
  struct Best {
    float cost;
    std::int32_t edge;
    State before;
  };

  void edges_at(std::uint32_t at);
  void add(Tag tag, std::uint32_t from, std::uint32_t to, float cost, std::uint32_t index = 0,
           std::uint8_t allowed = any, State next = other, TagSet tags = 0);
  void words(std::uint32_t at);
  void common_words(std::uint32_t at);
  void brands(std::uint32_t at);
  void goods(std::uint32_t at);
  void dishes(std::uint32_t at);
  void add_dish(std::uint32_t from, std::uint32_t to);
  void parts(std::uint32_t at);
  void purposes(std::uint32_t at);
  void good_from(std::uint32_t name_from, std::uint32_t at, int depth, float cost);
  void good(std::uint32_t from, std::uint32_t to, std::uint32_t index, bool whole, float cost);
  [[nodiscard]] std::optional<std::uint32_t> sound_twin(std::uint32_t from, std::uint32_t to) const;
  [[nodiscard]] std::uint32_t lettered(std::uint32_t to) const;
  [[nodiscard]] bool in_staples(std::uint32_t at) const;
  void good_tails(std::uint32_t from, std::uint32_t to, std::uint32_t index, float cost);
  void prefixed_goods(std::uint32_t at);
  [[nodiscard]] bool whose(std::uint32_t at) const;
  [[nodiscard]] bool takes_flavour(std::uint32_t from, std::uint32_t to) const;
  void latin_goods(std::uint32_t at);
  void unknown_goods(std::uint32_t at);
  void amounts(std::uint32_t at);
  [[nodiscard]] bool again_at(std::uint32_t at, UnitId unit) const;
  [[nodiscard]] bool counted_again(std::uint32_t at, UnitId unit) const;
  void sizes_of(const Amount& found, std::uint32_t at);
  void sizes(const Amount& amount, std::uint32_t at, std::uint32_t index);
  void plain_size(std::uint32_t from, std::uint32_t to);
  void limits(std::uint32_t at);
  void contents(std::uint32_t at);
  void multipacks(std::uint32_t at);
  void formula_stage(std::uint32_t at);
  void codes(std::uint32_t at);
  void prices(std::uint32_t at);
  void price_of_one(std::uint32_t at);
  [[nodiscard]] std::uint32_t per_unit(std::uint32_t at) const;
  void times(std::uint32_t at);
  void measurements(std::uint32_t at);
  void measures_of_wear(std::uint32_t at);
  void addresses(std::uint32_t at);
  void persons(std::uint32_t at);
  void introduced(std::uint32_t at);
  void full_name(std::uint32_t at);
  void nickname(std::uint32_t at);
  void phones(std::uint32_t at);
  void list_numbers(std::uint32_t at);
  [[nodiscard]] bool door_at(std::uint32_t at) const;
  [[nodiscard]] bool room_at(std::uint32_t at) const;
  void brackets(std::uint32_t at);
  void copies(std::uint32_t at);
  void copies_of_named(std::uint32_t at);
  [[nodiscard]] bool names_neighbour(std::uint32_t at, std::uint32_t to) const;
  void packing(std::uint32_t at);
  void qualities(std::uint32_t at);
  void prepared(std::uint32_t at);
  void more_of(std::uint32_t at);
  void for_whom(std::uint32_t at);
  void asides(std::uint32_t at);
  void eaten(std::uint32_t at);
  void remnants(std::uint32_t at);
  void alternatives(std::uint32_t at);
  void deadlines(std::uint32_t at);
  void settlements(std::uint32_t at);
  void suitable(std::uint32_t at);
  void landmarks(std::uint32_t at);
  void types(std::uint32_t at);
  void figures(std::uint32_t at);
  void unless(std::uint32_t at);
  void made_of(std::uint32_t at);
  void results(std::uint32_t at);
  void unwanted(std::uint32_t at);
  /// End of the longest listed good at `at`; 0 when none stands there.
  [[nodiscard]] std::uint32_t longest_good(std::uint32_t at) const;
  void without(std::uint32_t at, std::uint32_t from);
  void frequency(std::uint32_t at);
  void lasts(std::uint32_t at);
  void refusals(std::uint32_t at);
  void fallback(std::uint32_t at);
  void repairs();
  [[nodiscard]] bool part_of_word(std::uint32_t start, std::uint32_t end,
                                  std::u32string_view meant) const;
  void repair_han(std::uint32_t from, std::uint32_t to);
  [[nodiscard]] std::optional<std::uint32_t> good_by_shape(std::u32string_view piece) const;
  void repair_latin(std::uint32_t from, std::uint32_t to);
  /// An amount ends before `from`, or one may begin behind `to`: the rest can be no unknown good.
  [[nodiscard]] bool may_count(std::uint32_t from, std::uint32_t to) const;
  [[nodiscard]] bool beside_amount(std::uint32_t from, std::uint32_t to) const;
  [[nodiscard]] bool starts(std::uint32_t at, std::u32string_view word) const {
    return intake::starts(text_, at, word);
  }
  [[nodiscard]] std::uint32_t skip(std::uint32_t at) const;
  void best_path();
  void collect();

  static constexpr std::uint8_t any = (1U << state_count) - 1 - (1U << needs_amount);
  static constexpr std::uint8_t with(State state) { return static_cast<std::uint8_t>(1U << state); }

  const Folded& text_;
  const Lexicon& lexicon_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  bool row_ = false;
  std::uint32_t stage_ = 0xFFFFFFFF;  ///< The stage of a formula stands here: no amount.
  std::optional<GoodClass> flavour_;  ///< The modifier read last is a good itself, of this class.
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_;  ///< First edge of each position, by position - begin_.
  std::vector<Best> best_;
  std::vector<char> amount_ends_;  ///< By position - begin_: an amount edge ends here.
  std::vector<char> stray_;  ///< By position - begin_: nothing explained it on the first path.
  std::vector<Amount> read_amounts_;
  std::vector<Number> read_numbers_;
  std::vector<AddressReading> read_addresses_;
  Reading made_;
};

}  // namespace doorstep::intake
