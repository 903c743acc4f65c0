/// \file From tokens to orders: rows, clauses, who wants how much of what, and what nobody
/// explained.

#include <algorithm>
#include <array>

#include "engine/intake/draft.h"
#include "engine/intake/pairing.h"

namespace doorstep::intake {
namespace {

constexpr std::size_t items_compared_max = 300;
constexpr std::uint32_t stretch_max =
    1200;  ///< Longer lines are read in pieces; memory is bounded.

bool in(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

/// Names that mean a class of goods: before a colon or a bracket they are a label.
bool is_label(const std::u32string& name) {
  static constexpr std::array<std::u32string_view, 30> labels{
      U"水果",   U"蔬菜",   U"青菜",     U"菜",     U"肉",       U"零食",   U"饮料",   U"药",
      U"药品",   U"日用品", U"生活用品", U"止痛药", U"止疼药",   U"退烧药", U"感冒药", U"降压药",
      U"消炎药", U"止咳药", U"胃药",     U"调料",   U"生活物资", U"物资",   U"海鲜",   U"抗生素",
      U"过敏药", U"安眠药", U"降糖药",   U"抗凝药", U"主食",     U"文具"};
  return std::find(labels.begin(), labels.end(), name) != labels.end();
}

class Assembler {
 public:
  Assembler(const Folded& text, const Lexicon& lexicon, Draft& draft)
      : text_(text), lexicon_(lexicon), draft_(draft) {}

  /// `heading`: the row stands above the numbered rows of a list.
  void row(Reading reading, bool heading, bool several) {
    reading_ = std::move(reading);
    if (several && is_example()) return;
    row_ = ++entry_;
    several_ = several;
    row_number_ = 0;
    row_has_key_ = false;
    row_started_ = false;
    resolve_header(heading);
    cut_clauses();
  }

  void finish() {
    resolve_copies();
    for (DraftOrder& order : draft_.orders) settle(order);
    join_lonely();
    std::erase_if(draft_.orders, [&](const DraftOrder& order) { return empty(order); });
  }

 private:
  using Tokens = std::vector<Token>;

  [[nodiscard]] DraftOrder& current() {
    if (draft_.orders.empty()) start_order();
    return draft_.orders.back();
  }

  void start_order() {
    draft_.orders.emplace_back();
    draft_.orders.back().row = row_;
    draft_.orders.back().number = row_number_;
  }

  void paint(const Token& token, SpanKind kind) {
    std::fill(draft_.role.begin() + token.from, draft_.role.begin() + token.to, kind);
  }

  // --- headings -------------------------------------------------------------------------------

  /// A first row like "鸡蛋接龙 每板30个" or "4栋接龙" names the good or the building of what
  /// follows.
  void resolve_header(bool heading) {
    bool header = heading;
    bool amount = false;
    const FoundGood* good = nullptr;
    for (const Token& token : reading_.tokens) {
      if (token.is(Tag::header)) header = true;
      if (token.tag == Tag::good && good == nullptr) good = &reading_.goods[token.index];
      if (token.tag == Tag::amount) amount = true;
    }
    has_header_ = header;
    if (!header || !several_) return;
    if (good != nullptr && !amount) {
      header_good_ = *good;
      has_header_good_ = true;
    }
  }

  // --- clauses --------------------------------------------------------------------------------

  [[nodiscard]] bool delimits(const Token& token) const {
    return token.tag == Tag::newline ||
           (token.tag == Tag::punct && in(text_.at(token.from), U",;。!?|:、()…"));
  }

  void cut_clauses() {
    Tokens clause;
    Tokens inner;
    const Tokens& all = reading_.tokens;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Token& token = all[i];
      if (token.tag == Tag::list_number) {
        flush(clause);
        row_number_ = token.index;
        if (i > 0) next_entry();
        continue;
      }
      if (token.tag == Tag::punct && text_.at(token.from) == U'(') {
        if (const std::size_t close = closing(i); close != 0) {
          i = bracket(i, close, clause);
          continue;
        }
      }
      if (!delimits(token)) {
        clause.push_back(token);
        continue;
      }
      if (text_.at(token.from) == U':') label(clause);
      const bool conditional = holds(clause, Tag::condition);
      flush(clause);
      last_delimiter_ = text_.at(token.from);
      if (!conditional || token.tag != Tag::punct || text_.at(token.from) != U',')
        open_condition_ = false;
    }
    flush(clause);
    open_condition_ = false;
  }

  /// "例 1栋101 A套餐1份" shows the form and orders nothing.
  [[nodiscard]] bool is_example() const {
    if (reading_.tokens.empty()) return true;
    const std::u32string word = name_of(reading_.tokens.front());
    return word == U"例" || word == U"例如" || word == U"示例" || word == U"格式";
  }

  /// A numbered entry inside a line is a row of its own.
  void next_entry() {
    ++entry_;
    row_ = entry_;
    several_ = true;
    row_has_key_ = false;
    row_started_ = false;
  }

  [[nodiscard]] static bool holds(const Tokens& tokens, Tag tag) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) { return t.is(tag); });
  }

  /// Index of the bracket that closes the one at `open`, 0 when none is near.
  [[nodiscard]] std::size_t closing(std::size_t open) const {
    const Tokens& all = reading_.tokens;
    for (std::size_t i = open + 1; i < std::min(all.size(), open + 40); ++i) {
      if (all[i].tag != Tag::punct) continue;
      if (text_.at(all[i].from) == U')') return i;
      if (text_.at(all[i].from) == U'(') return 0;
    }
    return 0;
  }

  /// What stands in brackets: an amount, a product, doors that share, an address, or a remark.
  std::size_t bracket(std::size_t open, std::size_t close, Tokens& clause) {
    const Tokens inner(reading_.tokens.begin() + static_cast<std::ptrdiff_t>(open) + 1,
                       reading_.tokens.begin() + static_cast<std::ptrdiff_t>(close));
    const bool behind_good = !clause.empty() && (clause.back().tag == Tag::good);
    const bool behind_amount = !clause.empty() && clause.back().tag == Tag::amount;
    if (inner.size() == 1 && inner[0].tag == Tag::amount) {
      if (behind_good) clause.push_back(inner[0]);
      return close;
    }
    if (!inner.empty() && inner[0].tag == Tag::good && behind_good &&
        is_label(name_of(clause.back()))) {
      clause.pop_back();
      clause.insert(clause.end(), inner.begin(), inner.end());
      return close;
    }
    if ((behind_good || behind_amount) && holds(inner, Tag::address)) {
      flush(clause);
      share(inner);
      return close;
    }
    if (holds(inner, Tag::address) || holds(inner, Tag::person)) {
      clause.insert(clause.end(), inner.begin(), inner.end());
      return close;
    }
    flush(clause);
    Tokens part;
    for (const Token& token : inner) {
      if (delimits(token)) {
        flush(part);
      } else {
        part.push_back(token);
      }
    }
    in_brackets_ = true;
    flush(part);
    in_brackets_ = false;
    return close;
  }

  [[nodiscard]] std::u32string name_of(const Token& token) const {
    return text_.text.substr(token.from, token.to - token.from);
  }

  /// A class of goods before a colon is a label: "水果: 苹果3斤", "三样菜:".
  void label(Tokens& clause) {
    if (clause.empty() || clause.back().tag != Tag::good) return;
    const std::size_t next = static_cast<std::size_t>(&clause.back() - clause.data());
    static_cast<void>(next);
    const auto* following = following_good(clause.back().to);
    if (following == nullptr || !is_label(name_of(clause.back()))) return;
    clause.pop_back();
    std::erase_if(clause, [](const Token& token) { return token.tag == Tag::amount; });
  }

  /// The good that stands directly behind the colon at or after `from`.
  [[nodiscard]] const Token* following_good(std::uint32_t from) const {
    for (const Token& token : reading_.tokens) {
      if (token.from <= from || token.tag == Tag::newline || token.tag == Tag::list_number)
        continue;
      if (token.tag == Tag::amount || token.is(Tag::nothing)) return nullptr;
      if (token.tag == Tag::good) return &token;
      if (token.tag == Tag::punct && text_.at(token.from) != U':') return nullptr;
    }
    return nullptr;
  }

  /// 白菜5颗(201两颗,302三颗): the good before is dealt out to the doors in the brackets.
  void share(const Tokens& inner) {
    if (current().items.empty()) return;
    const DraftItem whole = current().items.back();
    const Address base = current().address;
    bool first = true;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      if (inner[i].tag != Tag::address) continue;
      paint(inner[i], SpanKind::address);
      DraftItem part = whole;
      part.total = false;
      for (std::size_t k = i + 1; k < inner.size() && inner[k].tag != Tag::address; ++k) {
        if (inner[k].tag != Tag::amount) continue;
        const Amount& amount = reading_.amounts[inner[k].index];
        set_amount(part, amount);
        paint(inner[k], SpanKind::item);
      }
      if (first) current().items.pop_back();
      first = false;
      Address door = reading_.addresses[inner[i].index].address;
      merge(door, shared_base_.empty() ? base : shared_base_);
      order_at(door).items.push_back(part);
    }
    if (shared_base_.empty()) shared_base_ = base;
    shared_ = true;
  }

  DraftOrder& order_at(const Address& door) {
    for (DraftOrder& order : draft_.orders) {
      if (order.address == door) return order;
    }
    // The order that only carried what is shared out now takes the first door.
    if (current().items.empty() && current().address == shared_base_) {
      current().address = door;
      return current();
    }
    if (current().items.empty() && shared_base_.empty()) {
      current().address = door;
      return current();
    }
    start_order();
    current().address = door;
    return current();
  }

  // --- one clause -----------------------------------------------------------------------------

  void flush(Tokens& clause) {
    if (!clause.empty()) read_clause(clause);
    clause.clear();
  }

  void read_clause(const Tokens& tokens) {
    TagSet tags = 0;
    for (const Token& token : tokens) tags |= token.tags | set_of(token.tag);
    draft_.tags |= tags;
    draft_.clauses.push_back({global(tokens), tags});
    const bool alternative =
        open_condition_ || ((tags & set_of(Tag::note)) != 0 && offers_alternative(tokens));
    if ((tags & set_of(Tag::condition)) != 0 || alternative) {
      read_condition(tokens);
      return;
    }
    std::vector<Slot> slots;
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].tag == Tag::good) slots.push_back({Slot::Kind::good, i});
      if (tokens[i].tag == Tag::amount && !dealt_out(tokens, i))
        slots.push_back({Slot::Kind::amount, i});
    }
    summed_amounts(tokens, slots);
    pair_slots(reading_, lexicon_, tokens, slots);
    walk(tokens, slots);
    leftovers(tokens);
  }

  /// The amount stands behind 各 or 都.
  [[nodiscard]] bool dealt_out(const Tokens& tokens, std::uint32_t i) const {
    for (std::uint32_t k = i; k-- > 0;) {
      if (tokens[k].is(Tag::each) || (k + 1 == i && in_all(tokens, k))) return true;
      if (tokens[k].tag != Tag::unknown || !(tokens[k].is(Tag::filler) || tokens[k].is(Tag::verb)))
        return false;
    }
    return false;
  }

  /// Tokens with indices into the draft, for the thread reducer.
  Tokens global(Tokens tokens) {
    for (Token& token : tokens) {
      const auto keep = [&](auto& into, const auto& from) {
        into.push_back(from[token.index]);
        token.index = static_cast<std::uint32_t>(into.size() - 1);
      };
      if (token.tag == Tag::good) keep(draft_.goods, reading_.goods);
      if (token.tag == Tag::amount) keep(draft_.amounts, reading_.amounts);
      if (token.tag == Tag::address) keep(draft_.addresses, reading_.addresses);
    }
    return tokens;
  }

  /// "吸管杯也可以": another good would do as well.
  [[nodiscard]] bool offers_alternative(const Tokens& tokens) const {
    bool good = false;
    for (const Token& token : tokens) {
      if (token.tag == Tag::good) good = true;
      if (token.tag == Tag::amount) return false;
      if (good && token.is(Tag::note) && text_.at(token.from) == U'也') return true;
    }
    return false;
  }

  /// "A没有的话换成B": a human decides. A new order still orders A, with its amount where said.
  void read_condition(const Tokens& tokens) {
    std::uint32_t from = tokens.front().from;
    bool condition = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.is(Tag::condition)) condition = true;
      if (token.tag == Tag::address) {
        take_address(token);
        from = i + 1 < tokens.size() ? tokens[i + 1].from : token.to;
        continue;
      }
      if (token.tag != Tag::good || condition || open_condition_) continue;
      const FoundGood& good = reading_.goods[token.index];
      std::optional<Amount> amount;
      if (i > 0 && tokens[i - 1].tag == Tag::amount) amount = reading_.amounts[tokens[i - 1].index];
      if (i + 1 < tokens.size() && tokens[i + 1].tag == Tag::amount) {
        amount = reading_.amounts[tokens[i + 1].index];
      }
      DraftItem item = draft_item(text_, lexicon_, good, amount);
      const bool ordered = std::any_of(
          current().items.begin(), current().items.end(),
          [&](const DraftItem& known) { return known.item.canonical == item.item.canonical; });
      const bool asked =
          amount || (draft_.orders.back().items.empty() && holds(tokens, Tag::condition) && i == 0);
      if (!ordered && asked && !offers_alternative(tokens)) current().items.push_back(item);
    }
    for (std::uint32_t i = from; i < tokens.back().to; ++i) draft_.role[i] = SpanKind::note;
    open_condition_ = holds(tokens, Tag::condition);
  }

  /// 共12听 sums up.
  void summed_amounts(const Tokens& tokens, std::vector<Slot>& slots) const {
    std::erase_if(slots, [&](const Slot& slot) {
      if (slot.kind != Slot::Kind::amount || slot.token == 0) return false;
      return tokens[slot.token - 1].is(Tag::total) || leaves(tokens[slot.token - 1]);
    });
  }

  /// 只剩两片: what is left, not what is wanted.
  [[nodiscard]] bool leaves(const Token& token) const {
    const std::u32string word = name_of(token);
    return word == U"只剩" || word == U"还剩" || word == U"仅剩" || word == U"剩" ||
           word == U"剩下" || word == U"只剩下" || word == U"就剩";
  }

  void walk(const Tokens& tokens, const std::vector<Slot>& slots) {
    std::vector<const Slot*> by_token(tokens.size(), nullptr);
    for (const Slot& slot : slots) by_token[slot.token] = &slot;
    negated_ = false;
    if (last_delimiter_ != U':' && last_delimiter_ != U'、') each_ = false;
    past_ = false;
    out_next_ = false;
    stocked_ = false;
    clause_first_item_ = draft_.orders.empty() ? 0 : current().items.size();
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.tag == Tag::address) {
        take_address(token);
      } else if (token.tag == Tag::person) {
        take_person(token);
      } else if (token.tag == Tag::phone) {
        take_phone(token);
      } else if (token.tag == Tag::good) {
        take_good(tokens, i, slots, *by_token[i]);
      } else if (token.tag == Tag::amount) {
        if (by_token[i] != nullptr && by_token[i]->partner == Slot::none && !by_token[i]->size) {
          lone_amount(tokens, i);
        }
      } else if (token.tag == Tag::size) {
        take_size(token);
      } else if (token.tag == Tag::price) {
        take_price(token);
      } else {
        take_word(tokens, i);
      }
    }
  }

  void take_address(const Token& token) {
    paint(token, SpanKind::address);
    const Address& found = reading_.addresses[token.index].address;
    if (several_ && found.room.empty() && !row_has_key_ && is_heading(token)) {
      header_address_ = found;
      return;
    }
    if (draft_.orders.empty()) start_order();
    const bool keyed = !current().address.empty();
    const bool fresh_row =
        !row_started_ && several_ && (keyed || !current().items.empty()) && current().row != row_;
    Address merged = current().address;
    const bool fits = merge(merged, found);
    const bool joins =
        !fresh_row && fits &&
        (current().items.empty() || !keyed || found.room.empty() || current().address.room.empty());
    if (!joins || (fresh_row && !(current().row != row_ && !keyed && lone_address(token)))) {
      if (!(fresh_row && !keyed && lone_address(token))) start_order();
      merged = found;
      if (fresh_row && !keyed && lone_address(token)) merge(merged, current().address);
    }
    current().address = merged;
    if (!header_address_.empty()) merge(current().address, header_address_);
    row_started_ = true;
    row_has_key_ = true;
  }

  /// A row that is nothing but an address closes the list above it.
  [[nodiscard]] bool lone_address(const Token& token) const {
    for (const Token& other : reading_.tokens) {
      if (other.from == token.from) continue;
      if (other.tag == Tag::good || other.tag == Tag::amount || other.tag == Tag::list_number)
        return false;
    }
    return true;
  }

  /// A row with an address and no order of its own above the rows of a list.
  [[nodiscard]] bool is_heading(const Token& token) const {
    for (const Token& other : reading_.tokens) {
      if (other.is(Tag::header) || has_header_) return true;
      if (other.tag == Tag::good || other.tag == Tag::amount || other.tag == Tag::list_number)
        return false;
    }
    return row_ == 1 && !reading_.addresses[token.index].address.building.empty() &&
           reading_.addresses[token.index].address.road.empty();
  }

  void take_person(const Token& token) {
    paint(token, SpanKind::person);
    const bool fresh_row =
        several_ && !row_started_ && !draft_.orders.empty() && current().row != row_ &&
        (!current().address.empty() || !current().items.empty() || !current().person.empty());
    if (fresh_row) start_order();
    if (!current().person.empty() && !current().items.empty()) start_order();
    row_started_ = true;
    if (current().person.empty()) current().person = text_.written(token.from, token.to);
  }

  void take_phone(const Token& token) {
    paint(token, SpanKind::phone);
    std::string digits;
    for (std::uint32_t i = token.from; i < token.to; ++i) {
      if (text_.kind[i] == Kind::digit) digits += static_cast<char>(text_.text[i]);
    }
    if (digits.size() > 11) digits = digits.substr(digits.size() - 11);
    if (current().phone.empty()) current().phone = digits;
  }

  void set_amount(DraftItem& item, const Amount& amount) {
    item.counted = true;
    item.measure = amount.kind;
    item.item.qty.reset();
    if (amount.milli) item.item.qty = Quantity{*amount.milli};
    item.item.unit = lexicon_.unit(amount.unit).name;
    if (amount.repair_to > amount.repair_from) {
      draft_.repairs.push_back({text_.written(amount.repair_from, amount.repair_to), item.item.unit,
                                text_.range(amount.repair_from, amount.repair_to)});
    }
  }

  void take_good(const Tokens& tokens, std::uint32_t i, const std::vector<Slot>& slots,
                 const Slot& slot) {
    const Token& token = tokens[i];
    const FoundGood& good = reading_.goods[token.index];
    const bool counted = slot.partner != Slot::none;
    if (has_header_ && !counted && several_ && !row_has_key_) return;  // The heading names it.
    if (!counted && i + 1 < tokens.size() && tokens[i + 1].is(Tag::note) &&
        text_.at(tokens[i + 1].from) == U'也') {
      paint(token, SpanKind::note);
      return;
    }
    if (negated_ || stocked_) {
      // 不要鸡头 limits what was ordered; 不要香菜 says nothing that an order needs.
      if (negated_ && !counted && good.canonical == 0 && !current().items.empty())
        paint_from(tokens, i);
      if (!counted || stocked_) return;
      negated_ = false;
    }
    if (good.unknown && !counted && !each_) {
      paint(token, SpanKind::unread);
      return;
    }
    std::optional<Amount> amount;
    if (counted) amount = reading_.amounts[tokens[slots[slot.partner].token].index];
    for (const DraftItem& made : items_of(good)) {
      DraftItem item = made;
      if (amount) set_amount(item, *amount);
      if (each_ && each_amount_) set_amount(item, *each_amount_);
      item.past = past_;
      item.out = out_next_ && !counted;
      current().items.push_back(item);
    }
    row_started_ = true;
    paint(token, SpanKind::item);
    if (counted) paint(tokens[slots[slot.partner].token], SpanKind::item);
    if (good.repaired) {
      draft_.repairs.push_back({text_.written(token.from, token.to),
                                current().items.back().item.canonical,
                                text_.range(token.from, token.to)});
    }
    if (pending_size_ && !counted) {
      set_amount(current().items.back(), *pending_size_);
      current().items.back().counted = false;
    }
    pending_size_.reset();
  }

  /// The refusal and the good behind it become a note.
  void paint_from(const Tokens& tokens, std::uint32_t i) {
    std::uint32_t from = i;
    while (from > 0 && !tokens[from].is(Tag::neg)) --from;
    std::fill(draft_.role.begin() + tokens[from].from, draft_.role.begin() + tokens[i].to,
              SpanKind::note);
  }

  /// One item, or two where one word names two goods: 青红椒.
  [[nodiscard]] std::vector<DraftItem> items_of(const FoundGood& good) const {
    const std::u32string name = text_.text.substr(good.from, good.to - good.from);
    DraftItem item = draft_item(text_, lexicon_, good, {});
    static constexpr std::array<std::array<std::u32string_view, 3>, 5> doubles{{
        {U"青红椒", U"青椒", U"红椒"},
        {U"红青椒", U"红椒", U"青椒"},
        {U"葱姜蒜", U"葱", U"姜"},
        {U"红绿豆", U"红豆", U"绿豆"},
        {U"青红尖椒", U"青尖椒", U"红尖椒"},
    }};
    for (const auto& [word, first, second] : doubles) {
      if (name != word) continue;
      DraftItem other = item;
      item.item.canonical = utf8(first);
      other.item.canonical = utf8(second);
      return {item, other};
    }
    return {item};
  }

  void take_size(const Token& token) {
    const FoundSize& size = reading_.sizes[token.index];
    if (!size.count) return;
    DraftOrder& order = current();
    if (!order.items.empty() && order.items.size() > clause_first_item_ &&
        !order.items.back().counted) {
      set_amount(order.items.back(), *size.count);
      paint(token, SpanKind::item);
    } else {
      pending_size_ = size.count;
    }
  }

  /// A price instead of an amount must be seen; beside one it is ignorable.
  void take_price(const Token& token) {
    const DraftOrder& order = current();
    const bool instead = !order.items.empty() && !order.items.back().counted &&
                         order.items.size() > clause_first_item_;
    const bool before =
        std::any_of(reading_.tokens.begin(), reading_.tokens.end(), [&](const Token& other) {
          return other.tag == Tag::good && other.from >= token.to && other.from <= token.to + 1;
        });
    bool counted_later = false;
    for (const Token& other : reading_.tokens) {
      if (other.from >= token.to && other.tag == Tag::amount) counted_later = true;
      if (other.from >= token.to && delimits(other)) break;
    }
    if ((instead || before) && !counted_later) paint(token, SpanKind::note);
  }

  // --- words ----------------------------------------------------------------------------------

  [[nodiscard]] bool next_is(const Tokens& tokens, std::uint32_t i, Tag tag) const {
    for (std::uint32_t k = i + 1; k < tokens.size(); ++k) {
      if (tokens[k].tag == tag) return true;
      if (tokens[k].tag != Tag::unknown || !tokens[k].is(Tag::filler)) return false;
    }
    return false;
  }

  void take_word(const Tokens& tokens, std::uint32_t i) {
    const Token& token = tokens[i];
    if (token.is(Tag::past)) past_ = true;
    if (leaves(token) && i > 0) {
      mark_out(tokens, i);
      return;
    }
    if (lacks(tokens, i)) {
      out_next_ = true;
      return;
    }
    if (token.is(Tag::each) || in_all(tokens, i)) {
      start_each(tokens, i);
      return;
    }
    if (token.is(Tag::copy)) {
      take_copy(token);
      return;
    }
    const bool good_follows = next_is(tokens, i, Tag::good) || (next_is(tokens, i, Tag::amount));
    if (token.is(Tag::neg) && good_follows && !drops_before(tokens, i)) {
      negated_ = true;
      return;
    }
    if (token.is(Tag::stock) || later_stock(tokens, i)) {
      if (good_follows) {
        stocked_ = true;
      } else {
        drop_clause_goods(tokens, i);
      }
      return;
    }
    if (token.is(Tag::out)) {
      mark_out(tokens, i);
      return;
    }
    if (token.is(Tag::drop) || token.is(Tag::cancel) || token.is(Tag::nothing)) {
      refuse(tokens, i);
      return;
    }
    if (token.is(Tag::remark) && row_has_key_ && several_ && current().items.empty()) {
      current().declined = true;
      remark_row();
      return;
    }
    if (token.is(Tag::verb) || (token.is(Tag::filler) && text_.at(token.to - 1) == U'要'))
      negated_ = false;
  }

  /// 没米了, 没有菜了: out, said before the good.
  [[nodiscard]] bool lacks(const Tokens& tokens, std::uint32_t i) const {
    const std::u32string word = name_of(tokens[i]);
    if (word != U"没" && word != U"没有" && word != U"冇" && word != U"冇晒") return false;
    return i + 1 < tokens.size() && tokens[i + 1].tag == Tag::good &&
           (i + 2 >= tokens.size() || tokens[i + 2].tag != Tag::amount);
  }

  /// 都两斤: 都 directly before an amount deals out.
  [[nodiscard]] bool in_all(const Tokens& tokens, std::uint32_t i) const {
    return text_.at(tokens[i].from) == U'都' && tokens[i].to - tokens[i].from == 1 &&
           i + 1 < tokens.size() && tokens[i + 1].tag == Tag::amount;
  }

  void start_each(const Tokens& tokens, std::uint32_t i) {
    std::uint32_t at = i + 1;
    while (at < tokens.size() && tokens[at].tag == Tag::unknown &&
           (tokens[at].is(Tag::filler) || tokens[at].is(Tag::verb))) {
      ++at;
    }
    if (at >= tokens.size() || tokens[at].tag != Tag::amount) return;
    const Amount amount = reading_.amounts[tokens[at].index];
    DraftOrder& order = current();
    bool dealt = false;
    for (std::size_t k = order.items.size(); k-- > 0;) {
      if (order.items[k].counted) break;
      set_amount(order.items[k], amount);
      dealt = true;
    }
    paint(tokens[at], SpanKind::item);
    dealt_ = at;
    if (dealt) return;
    each_ = true;  // 各一斤土豆和白菜: the goods follow.
    each_amount_ = amount;
  }

  void take_copy(const Token& token) {
    DraftOrder& order = current();
    order.copies = true;
    order.copied = token.index;
    order.copy_words = {token.from, token.to};
  }

  /// 不要 behind goods takes them back; before goods it keeps them away.
  [[nodiscard]] bool drops_before(const Tokens& tokens, std::uint32_t i) const {
    return tokens[i].is(Tag::drop) && i > 0 && tokens[i - 1].tag == Tag::good &&
           !next_is(tokens, i, Tag::good);
  }

  /// 油还有: still there, where nothing follows. A message that opens with 还有 tells its stock.
  [[nodiscard]] bool later_stock(const Tokens& tokens, std::uint32_t i) const {
    const bool still = name_of(tokens[i]) == U"还有";
    if (!still) return false;
    const bool last = i + 1 == tokens.size() ||
                      (i + 2 == tokens.size() && tokens[i + 1].is(Tag::filler)) ||
                      tokens[i + 1].gap;
    if (last && i > 0 && tokens[i - 1].tag == Tag::good) return true;
    return i == 0 && tokens[i].from <= 1 && next_is(tokens, i, Tag::amount);
  }

  void drop_clause_goods(const Tokens& tokens, std::uint32_t i) {
    DraftOrder& order = current();
    std::size_t goods = 0;
    for (std::uint32_t k = 0; k < i; ++k) goods += tokens[k].tag == Tag::good ? 1 : 0;
    while (goods-- > 0 && order.items.size() > clause_first_item_) order.items.pop_back();
  }

  void mark_out(const Tokens& tokens, std::uint32_t i) {
    DraftOrder& order = current();
    bool before = false;
    for (std::size_t k = clause_first_item_; k < order.items.size(); ++k) {
      if (!order.items[k].counted) order.items[k].out = true;
      before = true;
    }
    if (!before && next_is(tokens, i, Tag::good)) out_next_ = true;
  }

  void refuse(const Tokens& tokens, std::uint32_t i) {
    DraftOrder& order = current();
    bool goods = false;
    for (std::uint32_t k = 0; k < i; ++k) goods |= tokens[k].tag == Tag::good;
    if (goods) {
      if (tokens[i].is(Tag::drop) || tokens[i].is(Tag::cancel) || tokens[i - 1].tag == Tag::good)
        drop_named(tokens, i);
      return;
    }
    if (next_is(tokens, i, Tag::good)) {
      negated_ = true;
      return;
    }
    if (!row_has_key_ && row_number_ == 0) {
      // "青菜: 2把 / 牛奶: 无": the label of this row is not wanted.
      if (tokens[i].is(Tag::nothing) && last_delimiter_ == U':' && i == 0 && !order.items.empty() &&
          !order.items.back().counted) {
        order.items.pop_back();
      }
      return;
    }
    if (order.items.empty()) {
      const std::u32string word = name_of(tokens[i]);
      const bool taken_back =
          word.find(U"不要") != std::u32string::npos || word.find(U"撤") != std::u32string::npos ||
          word.find(U"不用了") != std::u32string::npos || word.find(U"退") != std::u32string::npos;
      (taken_back && word.size() > 1 && word != U"不要" ? order.withdrawn : order.declined) = true;
    }
  }

  /// Goods named in this clause before `i` are not wanted; an earlier wish for them goes too.
  void drop_named(const Tokens& tokens, std::uint32_t i) {
    DraftOrder& order = current();
    for (std::uint32_t k = 0; k < i; ++k) {
      if (tokens[k].tag != Tag::good) continue;
      const std::string name = canonical_of(tokens[k]);
      std::erase_if(order.items,
                    [&](const DraftItem& item) { return item.item.canonical == name; });
    }
  }

  [[nodiscard]] std::string canonical_of(const Token& token) const {
    return draft_item(text_, lexicon_, reading_.goods[token.index], {}).item.canonical;
  }

  /// Everything in a row with a remark in place of an order is for a human.
  void remark_row() {
    for (const Token& token : reading_.tokens) {
      if (token.tag != Tag::list_number && token.tag != Tag::newline) paint(token, SpanKind::note);
    }
  }

  // --- amounts without a good ------------------------------------------------------------------

  void lone_amount(const Tokens& tokens, std::uint32_t i) {
    if (dealt_ == i && draft_.role[tokens[i].from] == SpanKind::item) return;
    const Amount& amount = reading_.amounts[tokens[i].index];
    DraftOrder& order = current();
    if (amount.implicit) {  // 想买个新的
      if (!order.items.empty() && !order.items.back().counted && !order.items.back().out) {
        set_amount(order.items.back(), amount);
      }
      return;
    }
    const bool correction = holds(tokens, Tag::correct) ||
                            (draft_.tags & set_of(Tag::correct)) != 0 ||
                            holds(tokens, Tag::change) || too_much(tokens, i);
    if (!order.items.empty() && order.items.back().counted && correction) {
      const std::string unit = order.items.back().item.unit;
      set_amount(order.items.back(), amount);
      if (amount.unit == 0) order.items.back().item.unit = unit;
      paint(tokens[i], SpanKind::item);
      return;
    }
    const std::size_t waiting = static_cast<std::size_t>(
        std::count_if(order.items.begin(), order.items.end(),
                      [](const DraftItem& item) { return !item.counted; }));
    if (waiting == 1 && !order.items.back().counted &&
        (amount.unit != 0 || amount.marked || !negated_)) {
      set_amount(order.items.back(), amount);
      paint(tokens[i], SpanKind::item);
      return;
    }
    if (has_header_good_ && row_has_key_ && order.items.empty()) {
      DraftItem item = draft_item(text_, lexicon_, header_good_, amount);
      order.items.push_back(item);
      paint(tokens[i], SpanKind::item);
      return;
    }
    if (amount.plus && amount.unit == 0 && amount.milli && row_has_key_ && order.items.empty() &&
        several_) {
      order.copies = true;
      order.times = std::max<std::int64_t>(*amount.milli / 1000, 1);
      order.copy_words = {tokens[i].from, tokens[i].to};
      return;
    }
    if (waiting > 1) {
      // One quantity for a group that cannot be dealt out: the words go to a human.
      const std::uint32_t from =
          tokens.front().tag == Tag::unknown ? tokens.front().from : tokens[i].from;
      std::fill(draft_.role.begin() + from, draft_.role.begin() + tokens[i].to, SpanKind::note);
      for (DraftItem& item : order.items) item.out = false;
      return;
    }
    paint(tokens[i], amount.milli ? SpanKind::unread : SpanKind::ignorable);
  }

  /// 五斤太多了,两斤就好.
  [[nodiscard]] bool too_much(const Tokens& tokens, std::uint32_t i) const {
    for (std::uint32_t k = 0; k < tokens.size(); ++k) {
      const std::u32string word = name_of(tokens[k]);
      if (k > i && (word == U"就好" || word == U"就行" || word == U"就够了" || word == U"就可以" ||
                    word == U"就行了" || word == U"就可以了")) {
        return true;
      }
      if (word == U"太多了" || word == U"太少了" || word == U"多了" || word == U"够了") return true;
    }
    return false;
  }

  // --- what nobody explained --------------------------------------------------------------------

  [[nodiscard]] bool strange(const Token& token) const {
    if (draft_.role[token.from] == SpanKind::unread || draft_.role[token.from] == SpanKind::note)
      return true;
    if (token.tag == Tag::time) return true;
    if (token.tag != Tag::unknown) return false;
    return token.tags == 0 || token.is(Tag::note);
  }

  [[nodiscard]] bool content(const Token& token) const {
    const SpanKind role = draft_.role[token.from];
    return role == SpanKind::item || role == SpanKind::address || role == SpanKind::person ||
           role == SpanKind::phone;
  }

  /// Runs of strange tokens become notes. In a clause without content the words around go along.
  void leftovers(const Tokens& tokens) {
    if (has_header_ && several_ && !row_has_key_) return;  // Headings ask for nothing.
    const bool plain =
        std::none_of(tokens.begin(), tokens.end(), [&](const Token& t) { return content(t); });
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!strange(tokens[i])) {
        note_refusal(tokens, i);
        continue;
      }
      std::size_t first = i;
      std::size_t last = i;
      while (first > 0 && joins_note(tokens[first - 1], plain)) --first;
      for (std::size_t k = i + 1; k < tokens.size() && !content(tokens[k]); ++k) {
        if (strange(tokens[k])) last = k;
        if (tokens[k].gap && !strange(tokens[k]) && !plain) break;
      }
      if (plain)
        while (last + 1 < tokens.size() && !tokens[last + 1].is(Tag::press)) ++last;
      for (std::uint32_t k = tokens[first].from; k < tokens[last].to; ++k)
        draft_.role[k] = SpanKind::note;
      for (std::size_t k = first; k <= last; ++k) {
        if (tokens[k].tags == 0 && tokens[k].tag == Tag::unknown)
          draft_.stray += tokens[k].to - tokens[k].from;
      }
      i = last;
    }
  }

  /// Words before a strange one that belong to its sentence: 不要太辣, 给孩子喝的那种.
  [[nodiscard]] bool joins_note(const Token& token, bool plain) const {
    if (content(token) || draft_.role[token.from] == SpanKind::note) return false;
    if (token.tag != Tag::unknown && token.tag != Tag::amount) return false;
    if (token.is(Tag::press) || token.is(Tag::reason)) return false;
    if (token.is(Tag::neg) || token.is(Tag::condition)) return true;
    return plain || (!token.gap && token.is(Tag::verb) && token.to - token.from == 1);
  }

  /// A refusal of something that is no good (不要太老) is a wish on what was ordered.
  void note_refusal(const Tokens& tokens, std::size_t i) {
    static_cast<void>(tokens);
    static_cast<void>(i);
  }

  // --- whole orders ---------------------------------------------------------------------------

  void resolve_copies() {
    for (std::size_t i = 0; i < draft_.orders.size(); ++i) {
      DraftOrder& order = draft_.orders[i];
      if (!order.copies) continue;
      const DraftOrder* source = nullptr;
      for (std::size_t k = i; k-- > 0 && source == nullptr;) {
        const DraftOrder& other = draft_.orders[k];
        if (order.copied == 0 ? !other.items.empty()
                              : other.number == order.copied ||
                                    other.address.room == std::to_string(order.copied)) {
          source = &other;
        }
      }
      if (source == nullptr) continue;
      for (DraftItem item : source->items) {
        if (item.item.qty) item.item.qty = Quantity{item.item.qty->value() * order.times};
        order.items.push_back(item);
      }
      order.copies = false;
    }
  }

  /// A good that is out is the request only when nothing else is asked for.
  void settle(DraftOrder& order) const {
    // 药 beside a drug with a name says nothing more.
    const bool named =
        std::any_of(order.items.begin(), order.items.end(),
                    [](const DraftItem& item) {
                      return is_medicine(item.kind) && !is_label(points(item.item.canonical));
                    }) ||
        std::any_of(order.items.begin(), order.items.end(), [](const DraftItem& item) {
          return is_medicine(item.kind) && item.item.canonical != "药" &&
                 item.item.canonical != "药品";
        });
    if (named) {
      std::erase_if(order.items, [](const DraftItem& item) {
        return !item.counted && (item.item.canonical == "药" || item.item.canonical == "药品");
      });
    }
    const bool asked = std::any_of(order.items.begin(), order.items.end(),
                                   [](const DraftItem& item) { return !item.out; });
    if (asked) std::erase_if(order.items, [](const DraftItem& item) { return item.out; });
    // One good named twice is one item: the later amount counts where the first had none. A list
    // longer than any household's is left as it is, so that noise cannot make this slow.
    if (order.items.size() > items_compared_max) return;
    for (std::size_t i = 0; i < order.items.size(); ++i) {
      for (std::size_t k = order.items.size(); k-- > i + 1;) {
        if (order.items[k].item.canonical != order.items[i].item.canonical) continue;
        if (order.items[i].counted && order.items[k].counted) continue;
        if (order.items[k].counted) order.items[i] = order.items[k];
        order.items.erase(order.items.begin() + static_cast<std::ptrdiff_t>(k));
      }
    }
  }

  /// A message of one household that says items and door apart.
  void join_lonely() {
    if (draft_.orders.size() != 2) return;
    DraftOrder& first = draft_.orders[0];
    DraftOrder& second = draft_.orders[1];
    if (first.address.empty() && second.items.empty() && !second.withdrawn && !second.declined &&
        !second.copies) {
      first.address = second.address;
      if (first.person.empty()) first.person = second.person;
      if (first.phone.empty()) first.phone = second.phone;
      draft_.orders.pop_back();
    } else if (first.items.empty() && second.address.empty() && !first.withdrawn &&
               !first.declined && !first.copies) {
      second.address = first.address;
      if (second.person.empty()) second.person = first.person;
      if (second.phone.empty()) second.phone = first.phone;
      draft_.orders.erase(draft_.orders.begin());
    }
  }

  [[nodiscard]] bool empty(const DraftOrder& order) const {
    if (!order.items.empty() || order.withdrawn) return false;
    if (order.declined) return true;
    return order.address.empty();
  }

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
  bool past_ = false;
  bool each_ = false;
  bool in_brackets_ = false;
  char32_t last_delimiter_ = 0;  ///< What the clause before ended with.
  bool out_next_ = false;
  bool shared_ = false;
  bool open_condition_ = false;
  std::uint32_t dealt_ = 0xFFFFFFFF;
  std::optional<Amount> each_amount_;
  std::optional<Amount> pending_size_;
  std::size_t clause_first_item_ = 0;
  FoundGood header_good_;
  bool has_header_good_ = false;
  bool has_header_ = false;  ///< This row holds a heading's word.
  Address header_address_;
  Address shared_base_;
};

/// Line ends, and cuts inside lines that are too long to be read at once.
std::vector<std::pair<std::uint32_t, std::uint32_t>> rows_of(const Folded& text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
  std::uint32_t from = 0;
  std::uint32_t cut = 0;  // The last good place to cut.
  for (std::uint32_t at = 0; at <= text.size(); ++at) {
    const Kind kind = text.kind_at(at);
    if (kind == Kind::newline) {
      if (at > from) rows.emplace_back(from, at);
      from = cut = at + 1;
      continue;
    }
    if (kind == Kind::punct || kind == Kind::space) cut = at + 1;
    if (at - from >= stretch_max) {
      const std::uint32_t end = cut > from ? cut : at;
      rows.emplace_back(from, end);
      from = cut = end;
    }
  }
  return rows;
}

/// "3. " or "(3)" opens the row.
bool starts_list(const Folded& text, std::uint32_t at) {
  while (text.kind_at(at) == Kind::space) ++at;
  if (text.at(at) == U'(') ++at;
  const std::uint32_t first = at;
  while (text.kind_at(at) == Kind::digit && at - first < 4) ++at;
  return at > first && in(text.at(at), U".、)");
}

/// A digit behind a good or before a measure word: the row orders something itself.
bool counts_something(const Folded& text, std::pair<std::uint32_t, std::uint32_t> row) {
  for (std::uint32_t at = row.first; at < row.second; ++at) {
    const bool number = text.kind[at] == Kind::digit || is_han_digit(text.text[at]);
    if (number && !in(text.at(at + 1), U"栋幢号座单#楼-0123456789月日期区周")) return true;
  }
  return false;
}

}  // namespace

bool withdraws(const Draft& draft) {
  constexpr TagSet refusal = set_of(Tag::cancel) | set_of(Tag::drop);
  return std::any_of(draft.clauses.begin(), draft.clauses.end(), [&](const Clause& clause) {
    return (clause.tags & refusal) != 0 &&
           std::all_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
             return (token.tags & (refusal | set_of(Tag::filler) | set_of(Tag::verb))) != 0 ||
                    token.tag == Tag::address || token.tag == Tag::person;
           });
  });
}

DraftItem draft_item(const Folded& text, const Lexicon& lexicon, const FoundGood& good,
                     const std::optional<Amount>& amount) {
  DraftItem made;
  made.item.name = text.written(good.from, good.to);
  const std::u32string_view folded =
      std::u32string_view{text.text}.substr(good.from, good.to - good.from);
  const std::string* known = lexicon.known_canonical(folded);
  if (good.canonical != 0 && utf8(folded) != lexicon.name(good.canonical)) {
    made.item.canonical = lexicon.name(good.canonical);
  } else {
    made.item.canonical = known != nullptr ? *known : text.cased(good.from, good.to);
  }
  made.item.range = text.range(good.from, good.to);
  made.kind = good.kind;
  made.unknown = good.unknown;
  if (amount) {
    made.counted = true;
    made.measure = amount->kind;
    if (amount->milli) made.item.qty = Quantity{*amount->milli};
    made.item.unit = lexicon.unit(amount->unit).name;
  }
  return made;
}

Draft assemble(const Folded& text, const Lexicon& lexicon) {
  Draft draft;
  draft.role.assign(text.size(), SpanKind::ignorable);
  const auto rows = rows_of(text);
  Lattice lattice{text, lexicon};
  Assembler assembler{text, lexicon, draft};
  std::size_t listed = 0;
  std::size_t first_listed = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!starts_list(text, rows[i].first)) continue;
    ++listed;
    first_listed = std::min(first_listed, i);
  }
  const auto doors =
      std::count_if(rows.begin() + (rows.empty() ? 0 : 1), rows.end(), [&](const auto& row) {
        std::vector<AddressReading> found;
        read_addresses(text, lexicon, row.first, found);
        return !found.empty();
      });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool heading = (listed >= 2 && i < first_listed) ||
                         (i == 0 && listed == 0 && doors >= 2 && !counts_something(text, rows[i]));
    assembler.row(lattice.read(rows[i].first, rows[i].second, rows.size() > 1), heading,
                  rows.size() > 1);
  }
  assembler.finish();
  draft.relay = rows.size() > 1 && draft.orders.size() > 1;
  return draft;
}

}  // namespace doorstep::intake
