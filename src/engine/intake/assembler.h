#pragma once
/// \file Assembler: walks the tokens of a message's rows and fills the Draft.
///
/// Its parts stand in assemble.cpp (rows), assemble_clauses.cpp, assemble_tokens.cpp (what a token
/// adds to an order), assemble_words.cpp (what a word does to one) and assemble_orders.cpp.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/draft.h"
#include "engine/intake/pairing.h"

namespace doorstep::intake {

class Assembler {
 public:
  Assembler(const Folded& text, const Lexicon& lexicon, Draft& draft)
      : text_(text), lexicon_(lexicon), draft_(draft) {}
  /// `heading`: the row stands above the numbered rows of a list.
  void row(Reading reading, bool heading, bool several);
  void finish();

 private:
  using Tokens = std::vector<Token>;
  [[nodiscard]] DraftOrder& current();
  void start_order();
  void paint(const Token& token, SpanKind kind);

  // --- headings -------------------------------------------------------------------------------
  /// A first row like "鸡蛋接龙 每板30个" or "4栋接龙" names the good or the building of what
  /// follows.
  void resolve_header(bool heading);
  [[nodiscard]] bool holds_so(const Token& token) const;

  // --- clauses --------------------------------------------------------------------------------
  [[nodiscard]] bool delimits(const Token& token) const;
  void cut_clauses();
  /// "例 1栋101 A套餐1份" shows the form and orders nothing.
  [[nodiscard]] bool is_example() const;
  void cut_example();
  /// A numbered entry inside a line is a row of its own.
  void next_entry();
  [[nodiscard]] static bool holds(const Tokens& tokens, Tag tag);
  /// Index of the bracket that closes the one at `open`, 0 when none is near.
  [[nodiscard]] std::size_t closing(std::size_t open) const;
  /// What stands in brackets: an amount, a product, doors that share, an address, or a remark.
  std::size_t bracket(std::size_t open, std::size_t close, Tokens& clause);
  /// What stands in brackets between a good and its amount.
  void remark(const Tokens& inner);
  [[nodiscard]] std::u32string_view name_of(const Token& token) const;
  /// A class of goods before a colon is a label: "水果: 苹果3斤", "三样菜:".
  void label(Tokens& clause);
  /// The good that stands directly behind the colon at or after `from`.
  [[nodiscard]] const Token* following_good(std::uint32_t from) const;
  /// 白菜5颗(201两颗,302三颗): the good before is dealt out to the doors in the brackets.
  void share(const Tokens& inner);
  DraftOrder& order_at(const Address& door);

  // --- one clause -----------------------------------------------------------------------------
  void flush(Tokens& clause);
  [[nodiscard]] std::size_t condition_behind(const Tokens& tokens) const;
  [[nodiscard]] bool absent_then(const Tokens& tokens) const;
  [[nodiscard]] bool absent_at(const Tokens& tokens, std::size_t i) const;
  void read_clause(const Tokens& tokens);
  [[nodiscard]] std::size_t door_behind_remark(const Tokens& tokens) const;
  [[nodiscard]] bool remark_leads(const Tokens& tokens) const;
  /// The amount stands behind 各 or 都.
  [[nodiscard]] bool pictures(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool dealt_out(const Tokens& tokens, std::uint32_t i) const;
  /// Tokens with indices into the draft, for the thread reducer.
  Tokens global(Tokens tokens);
  /// "吸管杯也可以": another good would do as well.
  [[nodiscard]] bool offers_alternative(const Tokens& tokens) const;
  /// "A没有的话换成B": a human decides. A new order still orders A, with its amount where said.
  void read_condition(const Tokens& tokens);
  /// 共12听 sums up.
  void summed_amounts(const Tokens& tokens, std::vector<Slot>& slots) const;
  /// 只剩两片: what is left, not what is wanted.
  [[nodiscard]] bool leaves(const Token& token) const;
  /// The door that something is carried away from.
  [[nodiscard]] bool leaves_from(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool only_floor(const Token& token) const;
  [[nodiscard]] bool set_down(const Token& token) const;
  void walk(const Tokens& tokens, const std::vector<Slot>& slots);
  void take_address(const Token& token);
  /// Another door with its room follows in this line.
  [[nodiscard]] bool door_behind(const Token& token) const;
  /// A row that is nothing but an address closes the list above it.
  [[nodiscard]] bool lone_address(const Token& token) const;
  /// A row with an address and no order of its own above the rows of a list.
  [[nodiscard]] bool names_class_of(const FoundGood& label, const FoundGood& product) const;
  [[nodiscard]] bool is_heading(const Token& token) const;
  void take_person(const Token& token);
  void take_phone(const Token& token);
  void set_amount(DraftItem& item, const Amount& amount);
  void paint_verb_from(const Tokens& tokens, std::uint32_t i);
  [[nodiscard]] bool refuses_part(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool product_follows(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool flavour(const Token& token, bool counted) const;
  [[nodiscard]] bool parts_of_last(const Tokens& tokens) const;
  void vary(const Token& kind, const Token* amount);
  [[nodiscard]] bool tells_kind(const Tokens& tokens, std::uint32_t i) const;
  void take_good(const Tokens& tokens, std::uint32_t i, const std::vector<Slot>& slots,
                 const Slot& slot);
  /// The refusal and the good behind it become a note.
  void paint_from(const Tokens& tokens, std::uint32_t i);
  /// One item, or two where one word names two goods: 青红椒.
  [[nodiscard]] std::vector<DraftItem> items_of(const FoundGood& good) const;
  void take_size(const Token& token);
  /// A price instead of an amount must be seen; beside one it is ignorable.
  void take_price(const Tokens& tokens, std::uint32_t i, const std::vector<Slot>& slots);

  // --- words ----------------------------------------------------------------------------------
  [[nodiscard]] bool next_is(const Tokens& tokens, std::uint32_t i, Tag tag) const;
  void take_word(const Tokens& tokens, std::uint32_t i);
  /// A refusal of what is no good: a wish on what was ordered.
  [[nodiscard]] bool sought(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool received(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool refuses_quality(const Tokens& tokens, std::uint32_t i) const;
  /// 没米了, 没有菜了: out, said before the good.
  [[nodiscard]] bool lacks(const Tokens& tokens, std::uint32_t i) const;
  /// 都两斤: 都 directly before an amount deals out.
  [[nodiscard]] bool in_all(const Tokens& tokens, std::uint32_t i) const;
  void start_each(const Tokens& tokens, std::uint32_t i);
  void take_copy(const Token& token);
  /// 不要 behind goods takes them back; before goods it keeps them away.
  [[nodiscard]] bool drops_before(const Tokens& tokens, std::uint32_t i) const;
  /// 油还有: still there, where nothing follows. A message that opens with 还有 tells its stock.
  [[nodiscard]] bool later_stock(const Tokens& tokens, std::uint32_t i) const;
  void drop_clause_goods(const Tokens& tokens, std::uint32_t i);
  /// 别的不要, 其他都不用了: nothing that was named is refused.
  [[nodiscard]] bool of_the_rest(const Token& refusal) const;
  /// Words follow that are no goods: 家里有病人.
  [[nodiscard]] bool opens_remark(const Tokens& tokens, std::uint32_t i) const;
  void mark_out(const Tokens& tokens, std::uint32_t i);
  void refuse(const Tokens& tokens, std::uint32_t i);
  /// Goods named in this clause before `i` are not wanted; an earlier wish for them goes too.
  void drop_named(const Tokens& tokens, std::uint32_t i);
  [[nodiscard]] std::string canonical_of(const Token& token) const;
  /// Everything in a row with a remark in place of an order is for a human; in one line, from its
  /// door to the end of its clause.
  void remark_row(const Tokens& clause);

  // --- amounts without a good ------------------------------------------------------------------
  void lone_amount(const Tokens& tokens, std::uint32_t i);
  /// 五斤太多了,两斤就好.
  [[nodiscard]] bool takes_good_before(const Amount& amount) const;
  bool splits(const Tokens& tokens);
  bool shares(const Tokens& tokens);
  void give_each(const Tokens& tokens, std::size_t before);
  [[nodiscard]] bool too_much(const Tokens& tokens, std::uint32_t i) const;

  // --- what nobody explained --------------------------------------------------------------------
  [[nodiscard]] bool strange(const Token& token) const;
  [[nodiscard]] bool content(const Token& token) const;
  /// Runs of strange tokens become notes. In a clause without content the words around go along.
  void leftovers(const Tokens& tokens);
  /// Words before a strange one that belong to its sentence: 不要太辣, 给孩子喝的那种.
  [[nodiscard]] bool ends_wish(const Token& token) const;
  [[nodiscard]] bool joins_note(const Token& token, bool plain) const;
  /// A refusal of something that is no good (不要太老) is a wish on what was ordered.
  void note_refusal(const Tokens& tokens, std::size_t i);

  // --- whole orders ---------------------------------------------------------------------------
  void resolve_copies();
  /// 买点水果,香蕉一把: of a class and its products the products are the items.
  void drop_class_before(std::size_t at);
  static void leave_out_classes(DraftOrder& order);
  static void leave_out_heads(DraftOrder& order);
  static void leave_out_echoes(DraftOrder& order);
  /// 红双喜的 alone behind an item tells its kind.
  [[nodiscard]] bool names_kind(const Tokens& tokens, std::uint32_t i) const;
  /// 白菜猪肉的两袋 behind 饺子: goods that tell a filling.
  [[nodiscard]] bool names_flavours(const Tokens& tokens, std::uint32_t i) const;
  /// 酱油要生抽: the kind of the good before.
  [[nodiscard]] bool specifies(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool only_possible(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool said_gone(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool kind_of_last(const Tokens& tokens, std::uint32_t i) const;
  [[nodiscard]] bool makes_kind(const Tokens& tokens, std::uint32_t i) const;
  /// 买个高压锅的密封圈: the amount before counts what stands behind 的.
  [[nodiscard]] bool of_next(const Tokens& tokens, std::uint32_t i) const;
  /// The good belongs to the one behind 的.
  [[nodiscard]] bool owns_next(const Tokens& tokens, std::uint32_t i) const;
  /// 酸奶:201 2提,305 1提: the good is dealt out to the doors behind the colon.
  bool deals_out(Tokens& clause, std::size_t colon);
  void join_doors();
  [[nodiscard]] static bool tells_kind_of(const DraftItem& whole, const DraftItem& part);
  static void drop_kinds_that_add_up(DraftOrder& order);
  [[nodiscard]] bool corrected_between(const DraftItem& first, const DraftItem& second) const;
  /// 是二单元不是一单元: the door that is taken back says nothing.
  [[nodiscard]] Tokens without_denied_doors(const Tokens& tokens) const;
  /// A good that is out is the request only when nothing else is asked for.
  [[nodiscard]] static bool feeds(const DraftItem& item);
  void settle(DraftOrder& order) const;
  /// A message of one household that says items and door apart.
  void join_lonely();
  void share_house();
  [[nodiscard]] bool empty(const DraftOrder& order) const;
  const Folded& text_;
  const Lexicon& lexicon_;
  Draft& draft_;
  Reading reading_;
  std::uint32_t row_ = 0;
  std::uint32_t entry_ = 0;
  std::uint32_t row_number_ = 0;
  bool several_ = false;
  bool row_has_key_ = false;
  bool row_started_ = false;
  bool negated_ = false;
  bool stocked_ = false;
  bool stock_told_ = false;  ///< A good behind the word of stock was passed over.
  bool past_ = false;
  bool each_ = false;
  bool in_brackets_ = false;
  char32_t last_delimiter_ = 0;  ///< What the clause before ended with.
  bool out_next_ = false;
  bool shared_ = false;
  bool by_good_ = false;  ///< A list that names the good and then its doors.
  bool open_condition_ = false;
  std::uint32_t dealt_ = 0xFFFFFFFF;
  std::optional<Amount> each_amount_;
  std::optional<Amount> pending_size_;
  std::optional<DraftItem> split_;  ///< Dealt out to the doors of the clauses behind it.
  std::size_t clause_first_item_ = 0;
  FoundGood header_good_;
  bool has_header_good_ = false;
  bool has_header_ = false;  ///< This row holds a heading's word.
  Address header_address_;
  Address row_base_;  ///< House that opened this row without a room.
  Address shared_base_;
};

}  // namespace doorstep::intake
