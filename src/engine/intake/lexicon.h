#pragma once
/// \file Lexicon: the words of intake with what they are, compiled from lexicon/*.tsv.

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/intake/trie.h"

namespace doorstep::intake {

/// What a word does in a message. Named in lexicon/words.tsv by the enumerator.
enum class Tag : std::uint8_t {
  unknown,
  filler,   ///< Greetings, politeness, particles, connectives.
  verb,     ///< Asks for what follows (买, 来, 要); a bare measure word behind it counts one.
  dem,      ///< 这 那: a bare measure word behind it counts one.
  each,     ///< The quantity that follows counts for each good before it.
  neg,      ///< What follows is not wanted.
  drop,     ///< What stands before is not wanted any more.
  nothing,  ///< A row that orders nothing.
  out,      ///< What stands before is out or nearly out.
  stock,    ///< What follows is still there.
  more,     ///< An addition to an earlier order.
  less,     ///< A subtraction.
  change,   ///< Old value, this word, new value.
  twice,
  half,
  replace,    ///< Only this message counts.
  cancel,     ///< The whole order is withdrawn.
  copy,       ///< The same as someone else.
  correct,    ///< Takes back what was just said.
  condition,  ///< If not to be had, then: a human decides.
  note,       ///< Must be seen by a human.
  reason,     ///< Background; nothing to do.
  press,      ///< Today, quickly.
  join,       ///< And.
  total,      ///< The quantity that follows sums up, it does not add.
  header,     ///< Marks a heading or a list.
  modifier,   ///< Part of a good's name when it stands before one.
  tail,       ///< Part of a good's name when it stands behind one.
  remark,     ///< Stands in a row in place of an order: moved away, not reached.
  past,       ///< What follows was ordered before.
  common,     ///< A word of the language that this lexicon knows nothing about (common.tsv).
  // Made by grammars, never named in the table.
  good,
  amount,
  size,
  price,
  address,
  room,  ///< A bare number that can be a room.
  person,
  phone,
  list_number,
  time,
  punct,
  newline,
};

enum class GoodClass : std::uint8_t {
  veg,
  fruit,
  meat,
  egg,
  fish,
  bean,
  staple,
  season,
  dairy,
  cooked,
  snack,
  drink,
  baby,
  paper,
  hygiene,
  clean,
  kitchen,
  home,
  stationery,
  pet,
  gas,
  protect,
  otc,
  chronic,
  wound,
  meter,
  parcel,
  other,
};

enum class UnitClass : std::uint8_t { none, weight, volume, container, count };

/// Index into Lexicon::units; 0 is "no unit".
using UnitId = std::uint8_t;

struct Unit {
  std::string name;
  UnitClass kind = UnitClass::none;
};

struct UnitForm {
  UnitId unit = 0;
  bool repaired = false;  ///< A wrong character or pinyin, to be read only behind a number.
  bool pinyin = false;
};

struct Good {
  std::u32string name;
  GoodClass kind = GoodClass::other;
  std::uint32_t canonical = 0;  ///< Index into Lexicon::names.
  bool english = false;
};

class Lexicon {
 public:
  /// The compiled words; made on first use.
  static const Lexicon& compiled();

  /// Calls found(to, Tag) for words of words.tsv at `from`; Latin words end at word boundaries.
  template <class Found>
  void words_at(const Folded& text, std::uint32_t from, Found found) const {
    words_.find(text.text, from, [&](std::uint32_t to, std::uint32_t value) {
      if (whole_word(text, from, to)) found(to, static_cast<Tag>(value));
    });
  }

  /// Calls found(to, good index) for names and aliases of goods.
  template <class Found>
  void goods_at(const Folded& text, std::uint32_t from, Found found) const {
    goods_trie_.find(text.text, from, [&](std::uint32_t to, std::uint32_t value) {
      if (const std::uint32_t end = plural_end(text, from, to); end != 0) found(end, value);
    });
  }

  enum class Common : std::uint8_t { word, noun, cue };
  /// Calls found(to, Common) for common words that are in no other table.
  template <class Found>
  void common_at(const Folded& text, std::uint32_t from, Found found) const {
    common_.find(text.text, from, [&](std::uint32_t to, std::uint32_t value) {
      found(to, static_cast<Common>(value));
    });
  }
  [[nodiscard]] bool is_common(std::u32string_view word) const {
    return common_.exact(word) != Trie::none;
  }

  /// Calls found(to, UnitForm).
  template <class Found>
  void units_at(const Folded& text, std::uint32_t from, Found found) const {
    units_trie_.find(text.text, from, [&](std::uint32_t to, std::uint32_t value) {
      if (text.kind_at(to - 1) != Kind::latin || text.kind_at(to) != Kind::latin) {
        found(to, forms_[value]);
      }
    });
  }

  [[nodiscard]] const Good& good(std::uint32_t index) const { return goods_[index]; }
  [[nodiscard]] const Unit& unit(UnitId id) const { return units_[id]; }
  [[nodiscard]] bool takes(GoodClass kind, UnitId unit) const {
    return measures_[static_cast<std::size_t>(kind)].test(unit);
  }
  [[nodiscard]] std::optional<std::uint32_t> find_good(std::u32string_view name) const;

  /// canonical.tsv, else the name itself. `name` is folded.
  [[nodiscard]] std::string canonical(std::u32string_view name) const;
  /// What canonical.tsv or an alias says; nothing when the name is its own.
  [[nodiscard]] const std::string* known_canonical(std::u32string_view name) const;
  [[nodiscard]] const std::string& name(std::uint32_t index) const { return names_[index]; }

  /// Class of a good that is not listed, by how its name ends; `other` when nothing is known.
  [[nodiscard]] GoodClass class_by_ending(std::u32string_view name) const;

  /// Toneless syllables without spaces; empty where a character has none.
  [[nodiscard]] std::string pinyin(std::u32string_view han) const;
  /// Goods read as this; exact syllables, or with the usual confusions folded.
  [[nodiscard]] const std::vector<std::uint32_t>* goods_by_sound(const std::string& key) const;
  [[nodiscard]] static std::string blurred(std::string_view syllable);
  /// Typed pinyin without the letters that are often left out: ng as n, zh as z.
  [[nodiscard]] static std::string plain_sound(std::string_view letters);
  /// English goods of about this length that start alike: candidates for one edit.
  [[nodiscard]] const std::vector<std::uint32_t>& english_goods(char32_t initial) const;

  [[nodiscard]] bool is_surname(char32_t c) const { return surnames_.contains(c); }
  [[nodiscard]] const Trie& titles() const { return titles_; }
  [[nodiscard]] const Trie& double_surnames() const { return double_surnames_; }
  [[nodiscard]] const Trie& labels() const { return labels_; }

  void add_alias(std::u32string_view alias, std::u32string_view canonical);

 private:
  Lexicon();
  void load_units();
  void load_goods();
  void load_words();
  void load_common();
  void load_persons();
  void load_sounds();
  std::uint32_t intern(const std::string& name);
  void add_good(std::u32string_view name, GoodClass kind, bool english, std::uint32_t canonical);
  [[nodiscard]] static bool whole_word(const Folded& text, std::uint32_t from, std::uint32_t to);
  [[nodiscard]] static std::uint32_t plural_end(const Folded& text, std::uint32_t from,
                                                std::uint32_t to);

  Trie words_, goods_trie_, units_trie_, titles_, double_surnames_, labels_, common_;
  std::vector<Good> goods_;
  std::vector<Unit> units_;
  std::vector<UnitForm> forms_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> name_index_;
  std::unordered_map<std::u32string, std::uint32_t> canonical_;
  std::array<std::bitset<128>, static_cast<std::size_t>(GoodClass::other) + 1> measures_{};
  std::unordered_map<char32_t, std::string> syllable_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_sound_;
  std::unordered_map<char32_t, std::vector<std::uint32_t>> english_;
  std::unordered_map<char32_t, bool> surnames_;
  std::vector<bool> last_points_;  ///< Points that a good or an ending of one ends with.
};

[[nodiscard]] bool is_medicine(GoodClass kind);

}  // namespace doorstep::intake
