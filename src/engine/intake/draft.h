#pragma once
/// \file Draft: what the assembler makes of a message, before thread, triage and category decide.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/lattice.h"

namespace doorstep::intake {

struct DraftItem {
  Item item;
  GoodClass kind = GoodClass::other;
  UnitClass measure = UnitClass::none;
  bool counted = false;  ///< An amount was written, be it a vague one.
  bool out = false;      ///< Said to be out, not asked for.
  bool broken = false;   ///< Said to be broken or lost; the request when nothing else is asked.
  bool past = false;     ///< Said to be ordered before.
  bool unknown = false;
  bool total = false;  ///< Its amount is split in brackets behind it.
};

struct DraftOrder {
  bool door_last = false;  ///< Its door was said behind its goods: the next goods are another's.
  Address address;
  std::vector<DraftItem> items;
  std::string person;
  std::string phone;
  std::uint32_t row = 0;
  std::uint32_t number = 0;  ///< As the list numbers it; 0 when it does not.
  bool withdrawn = false;    ///< 不要了, 撤回: kept without items.
  bool declined = false;     ///< 无, 取消, a remark: no order.
  bool copies = false;       ///< Same as another row.
  std::uint32_t copied = 0;  ///< Number or room of that row; 0: the row above.
  std::int64_t times = 1;    ///< +N in a row.
  Range copy_words{};        ///< Folded range of the words that ask for the copy.
};

/// One clause with what it says, for the thread reducer.
struct Clause {
  std::vector<Token> tokens;
  TagSet tags = 0;
};

struct Draft {
  std::vector<DraftOrder> orders;
  std::vector<SpanKind> role;  ///< Of each folded point.
  std::vector<Clause> clauses;
  std::vector<FoundGood> goods;           ///< Token::index of the clauses' tokens points here ...
  std::vector<Amount> amounts;            ///< ... and here ...
  std::vector<AddressReading> addresses;  ///< ... and here.
  std::vector<Repair> repairs;
  TagSet tags = 0;
  bool staple_out =
      false;           ///< 奶粉没了: the child has nothing, whatever brand is ordered beside it.
  bool relay = false;  ///< Several rows with doors or names of their own.
  bool registers = false;    ///< A heading that gathers names, not goods.
  std::uint32_t copied = 0;  ///< Number or room that a copy names; 0 when none.
  std::string copied_name;   ///< Who is to be copied, as written; empty when nobody is named.
  std::string phone;         ///< The last one written, where no order holds it.
  std::uint32_t stray = 0;   ///< Folded points that nothing explains.
};

/// Reads the rows of a text. The text is cut at line ends; numbering and headings are followed.
[[nodiscard]] Draft assemble(const Folded& text, const Lexicon& lexicon);

/// A clause that says nothing but that the order is taken back: 不要了, 取消我的.
[[nodiscard]] bool withdraws(const Draft& draft);

/// Names that mean a class of goods: before a colon or a bracket they are a label.
[[nodiscard]] bool is_label(std::u32string_view name);
/// A label that is no good of its own beside a product of its class: 水果, 零食.
[[nodiscard]] bool is_pure_class(std::string_view name);

/// Item of a found good; its name is as written.
[[nodiscard]] DraftItem draft_item(const Folded& text, const Lexicon& lexicon,
                                   const FoundGood& good, const std::optional<Amount>& amount);

}  // namespace doorstep::intake
