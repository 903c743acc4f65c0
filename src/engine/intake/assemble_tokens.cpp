#include "engine/intake/assembler.h"

namespace doorstep::intake {

void Assembler::take_address(const Token& token) {
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
  if (found.room.empty() && current().items.empty() && merged == found) {
    row_base_ = found;
  } else if (!row_base_.empty() && merged == found && found.building.empty() &&
             !found.room.empty()) {
    merge(merged, row_base_);
  }
  current().address = merged;
  if (!header_address_.empty()) merge(current().address, header_address_);
  row_started_ = true;
  row_has_key_ = true;
}

bool Assembler::lone_address(const Token& token) const {
  for (const Token& other : reading_.tokens) {
    if (other.from == token.from) continue;
    if (other.tag == Tag::good || other.tag == Tag::amount || other.tag == Tag::list_number)
      return false;
  }
  return true;
}

bool Assembler::is_heading(const Token& token) const {
  for (const Token& other : reading_.tokens) {
    if (other.is(Tag::header) || has_header_) return true;
    if (other.tag == Tag::good || other.tag == Tag::amount || other.tag == Tag::list_number)
      return false;
  }
  return row_ == 1 && !reading_.addresses[token.index].address.building.empty() &&
         reading_.addresses[token.index].address.road.empty();
}

void Assembler::take_person(const Token& token) {
  paint(token, SpanKind::person);
  const bool fresh_row =
      several_ && !row_started_ && !draft_.orders.empty() && current().row != row_ &&
      (!current().address.empty() || !current().items.empty() || !current().person.empty());
  if (fresh_row) start_order();
  if (!current().person.empty() && !current().items.empty()) start_order();
  row_started_ = true;
  if (current().person.empty()) current().person = text_.written(token.from, token.to);
}

void Assembler::take_phone(const Token& token) {
  paint(token, SpanKind::phone);
  std::string digits;
  for (std::uint32_t i = token.from; i < token.to; ++i) {
    if (text_.kind[i] == Kind::digit) digits += static_cast<char>(text_.text[i]);
  }
  if (digits.size() > 11) digits = digits.substr(digits.size() - 11);
  if (current().phone.empty()) current().phone = digits;
}

void Assembler::set_amount(DraftItem& item, const Amount& amount) {
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

void Assembler::take_good(const Tokens& tokens, std::uint32_t i, const std::vector<Slot>& slots,
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
  if (!counted && is_label(name_of(token)) && product_follows(tokens, i)) {
    paint(token, SpanKind::item);
    return;
  }
  if (flavour(token) && current().items.size() > clause_first_item_) {
    vary(token, counted ? &tokens[slots[slot.partner].token] : nullptr);
    return;
  }
  const bool preferred = i > 0 && !counted && name_of(tokens[i - 1]).starts_with(U"最好");
  if (preferred && !current().items.empty()) {  // 消炎药一盒 最好是头孢
    std::fill(draft_.role.begin() + tokens[i - 1].from, draft_.role.begin() + token.to,
              SpanKind::note);
    return;
  }
  if (in_brackets_ && !counted && !each_ && !current().items.empty()) {
    paint_verb_from(tokens, i);
    return;
  }
  if (negated_ || stocked_) {
    // 不要鸡头 limits what was ordered; 不要香菜 says nothing that an order needs.
    if (negated_ && !counted && !current().items.empty() &&
        (good.canonical == 0 || refuses_part(tokens, i))) {
      paint_from(tokens, i);
    }
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

/// 不要放香菜: how the dish is made, not what is bought.
bool Assembler::refuses_part(const Tokens& tokens, std::uint32_t i) const {
  while (i > 0 && !tokens[i].is(Tag::neg)) --i;
  const std::u32string word = name_of(tokens[i]);
  return word.size() > 1 && in(word.back(), U"放加落免");
}

/// 降压药氨氯地平两盒: of a class and a product the product is the item.
bool Assembler::product_follows(const Tokens& tokens, std::uint32_t i) const {
  if (i + 1 >= tokens.size() || tokens[i + 1].tag != Tag::good || tokens[i + 1].gap) return false;
  const GoodClass label = reading_.goods[tokens[i].index].kind;
  const GoodClass product = reading_.goods[tokens[i + 1].index].kind;
  return is_medicine(label) && is_medicine(product) && !is_label(name_of(tokens[i + 1]));
}

/// 原味, 黄瓜味 behind a good is a kind of it.
bool Assembler::flavour(const Token& token) const {
  if (text_.at(token.to - 1) == U'味' && token.to - token.from <= 4 && token.to > token.from + 1)
    return true;
  bool modifier = false;  // 卫生巾夜用3包日用2包
  if (reading_.goods[token.index].unknown) {
    lexicon_.words_at(text_, token.from, [&](std::uint32_t to, Tag tag) {
      modifier = modifier || (tag == Tag::modifier && to == token.to);
    });
  }
  return modifier;
}

/// 薯片原味3包黄瓜味2包: the kind is a note; a second kind is a second item of the same good.
void Assembler::vary(const Token& kind, const Token* amount) {
  paint(kind, SpanKind::note);
  if (amount == nullptr) return;
  DraftOrder& order = current();
  if (order.items.back().counted) order.items.push_back(DraftItem{order.items.back()});
  set_amount(order.items.back(), reading_.amounts[amount->index]);
  paint(*amount, SpanKind::item);
}

/// 电池5号的4节7号的2节: the word before the amount tells a kind of the good named before.
bool Assembler::tells_kind(const Tokens& tokens, std::uint32_t i) const {
  if (i == 0) return false;
  const Token& last = tokens[i - 1];
  const bool of = text_.at(last.to - 1) == U'的';
  const Token& word = of && last.to - last.from == 1 && i > 1 ? tokens[i - 2] : last;
  if (content(word) || word.tag == Tag::amount || word.is(Tag::correct) || word.is(Tag::change))
    return false;
  return of ? word.tag == Tag::unknown
            : in(text_.at(word.to - 1), U"味码号段型色款") && strange(word);
}

/// 猪脚4只(要前蹄): the words in the bracket are a note.
void Assembler::paint_verb_from(const Tokens& tokens, std::uint32_t i) {
  const std::uint32_t from =
      i > 0 && tokens[i - 1].is(Tag::verb) ? tokens[i - 1].from : tokens[i].from;
  std::fill(draft_.role.begin() + from, draft_.role.begin() + tokens[i].to, SpanKind::note);
}

void Assembler::paint_from(const Tokens& tokens, std::uint32_t i) {
  std::uint32_t from = i;
  while (from > 0 && !tokens[from].is(Tag::neg)) --from;
  std::fill(draft_.role.begin() + tokens[from].from, draft_.role.begin() + tokens[i].to,
            SpanKind::note);
}

std::vector<DraftItem> Assembler::items_of(const FoundGood& good) const {
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

void Assembler::take_size(const Token& token) {
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

void Assembler::take_price(const Token& token) {
  const DraftOrder& order = current();
  const bool instead = !order.items.empty() && !order.items.back().counted &&
                       order.items.size() > clause_first_item_;
  const bool before =
      std::any_of(reading_.tokens.begin(), reading_.tokens.end(), [&](const Token& other) {
        return other.tag == Tag::good && other.from >= token.to && other.from <= token.to + 1 &&
               text_.kind_at(token.to) != Kind::punct;
      });
  bool counted_later = false;
  for (const Token& other : reading_.tokens) {
    if (other.from >= token.to && other.tag == Tag::amount) counted_later = true;
    if (other.from >= token.to && delimits(other)) break;
  }
  if ((instead || before) && !counted_later) paint(token, SpanKind::note);
}

void Assembler::lone_amount(const Tokens& tokens, std::uint32_t i) {
  if (dealt_ == i && draft_.role[tokens[i].from] == SpanKind::item) return;
  const Amount& amount = reading_.amounts[tokens[i].index];
  DraftOrder& order = current();
  if (amount.implicit) {
    if (i + 1 < tokens.size() && text_.at(tokens[i + 1].from) == U'新') return;  // 想买个新的
    if (!order.items.empty() && !order.items.back().counted && !order.items.back().out) {
      set_amount(order.items.back(), amount);
    }
    return;
  }
  const bool correction = holds(tokens, Tag::correct) ||
                          (draft_.tags & set_of(Tag::correct)) != 0 || holds(tokens, Tag::change) ||
                          too_much(tokens, i);
  if (!order.items.empty() && order.items.back().counted && correction) {
    const std::string unit = order.items.back().item.unit;
    set_amount(order.items.back(), amount);
    if (amount.unit == 0) order.items.back().item.unit = unit;
    paint(tokens[i], SpanKind::item);
    return;
  }
  if (order.items.size() > clause_first_item_ && order.items.back().counted && amount.unit != 0 &&
      tells_kind(tokens, i)) {
    order.items.push_back(DraftItem{order.items.back()});
    set_amount(order.items.back(), amount);
    paint(tokens[i], SpanKind::item);
    return;
  }
  const std::size_t waiting = static_cast<std::size_t>(std::count_if(
      order.items.begin(), order.items.end(), [](const DraftItem& item) { return !item.counted; }));
  if (amount.unit == 0 && !amount.marked && amount.milli && i + 1 < tokens.size() &&
      !tokens[i + 1].gap && tokens[i + 1].tag == Tag::unknown && strange(tokens[i + 1]) &&
      text_.kind_at(tokens[i].to) == Kind::han) {
    paint(tokens[i], SpanKind::unread);
    return;
  }
  const bool same_sentence =
      !in(last_delimiter_, U"?!。") || order.items.size() > clause_first_item_;
  if (waiting == 1 && !order.items.back().counted && (same_sentence || amount.unit != 0) &&
      (amount.unit != 0 || amount.marked || !negated_)) {
    set_amount(order.items.back(), amount);
    paint(tokens[i], SpanKind::item);
    return;
  }
  if (amount.plus && amount.unit == 0 && amount.milli && row_has_key_ && order.items.empty() &&
      several_ && draft_.orders.size() > 1) {
    order.copies = true;
    order.times = std::max<std::int64_t>(*amount.milli / 1000, 1);
    order.copy_words = {tokens[i].from, tokens[i].to};
    return;
  }
  if (has_header_good_ && row_has_key_ && order.items.empty()) {
    DraftItem item = draft_item(text_, lexicon_, header_good_, amount);
    order.items.push_back(item);
    paint(tokens[i], SpanKind::item);
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

bool Assembler::too_much(const Tokens& tokens, std::uint32_t i) const {
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

}  // namespace doorstep::intake
