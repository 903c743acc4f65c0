#include "engine/intake/assembler.h"

namespace doorstep::intake {
namespace {

/// 蔬菜盲盒 不要苦瓜: a good of many, of which one may be refused.
bool assorted(std::string_view canonical) {
  static constexpr std::array<std::string_view, 8> kinds{"盲盒", "菜包", "水果包", "套餐",
                                                         "礼盒", "拼盘", "组合",   "礼包"};
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](std::string_view kind) { return canonical.ends_with(kind); });
}

}  // namespace

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
  if (!several_ && !current().items.empty() && !found.room.empty()) current().door_last = true;
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

bool Assembler::door_behind(const Token& token) const {
  return std::any_of(reading_.tokens.begin(), reading_.tokens.end(), [&](const Token& other) {
    return other.tag == Tag::address && other.from > token.from &&
           !reading_.addresses[other.index].address.room.empty();
  });
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
  draft_.phone = digits;
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
  const bool packed = counted && holds_so(tokens[slots[slot.partner].token]);
  if (has_header_ && (!counted || packed) && several_ && !row_has_key_)
    return;  // The heading names it, and how much one holds.
  if (!counted && only_possible(tokens, i)) {
    paint(token, SpanKind::note);
    if (i + 1 < tokens.size() && in(text_.at(tokens[i + 1].from), U"最更优为"))
      paint(tokens[i + 1], SpanKind::note);  // 龙井最好
    return;
  }
  if (!counted && product_follows(tokens, i)) {
    paint(token, SpanKind::item);
    return;
  }
  if (!counted && (names_kind(tokens, i) || kind_of_last(tokens, i))) {
    paint(token, SpanKind::note);
    return;
  }
  if (!counted && specifies(tokens, i)) {
    std::fill(draft_.role.begin() + tokens[i - 1].from, draft_.role.begin() + token.to,
              SpanKind::note);
    return;
  }
  if (!counted && owns_next(tokens, i)) {  // 胰岛素笔的针头
    std::fill(draft_.role.begin() + token.from, draft_.role.begin() + tokens[i + 1].to,
              SpanKind::note);
    return;
  }
  if (flavour(token, counted) && parts_of_last(tokens)) {  // 泡面12桶,红烧味6桶酸菜味6桶
    paint(token, SpanKind::note);
    if (counted) paint(tokens[slots[slot.partner].token], SpanKind::note);
    return;
  }
  if (flavour(token, counted) && current().items.size() > clause_first_item_) {
    vary(token, counted ? &tokens[slots[slot.partner].token] : nullptr);
    return;
  }
  if (!counted && i > 0 && !token.gap && tokens[i - 1].is(Tag::note) &&
      good.kind != GoodClass::parcel &&
      (in(text_.at(tokens[i - 1].from), U"放挂搁摆塞存") ||
       in(text_.at(token.from - 1), U"口下上边旁里外"))) {  // 放门口鞋柜
    paint(token, SpanKind::note);
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
  if (stocked_ && stock_told_ && token.gap) stocked_ = false;  // 家里有盐 酱油没了 要一瓶
  stock_told_ = stock_told_ || stocked_;
  if (negated_ || stocked_) {
    // 不要鸡头 limits what was ordered; 不要香菜 says nothing that an order needs.
    if (negated_ && !counted && !current().items.empty() &&
        (good.canonical == 0 || refuses_part(tokens, i) ||
         current().items.back().kind == GoodClass::cooked ||
         current().items.back().item.unit == "碗" ||
         assorted(current().items.back().item.canonical))) {
      paint_from(tokens, i);
    }
    if (!counted || stocked_) return;
    negated_ = false;
  }
  if (good.unknown && !counted && !each_) {
    paint(token, SpanKind::unread);
    return;
  }
  if (current().door_last && door_behind(token)) start_order();  // 牛奶送2-301,面包送2-402
  const std::size_t order_size = current().items.size();
  std::optional<Amount> amount;
  if (counted) amount = reading_.amounts[tokens[slots[slot.partner].token].index];
  for (const DraftItem& made : items_of(good)) {
    DraftItem item = made;
    if (amount) set_amount(item, *amount);
    if (each_ && each_amount_) set_amount(item, *each_amount_);
    item.past = past_;
    item.out = !counted && (out_next_ || said_gone(tokens, i));
    current().items.push_back(item);
  }
  drop_class_before(order_size);
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

void Assembler::take_price(const Tokens& tokens, std::uint32_t i, const std::vector<Slot>& slots) {
  if (has_header_ && several_ && !row_has_key_) return;
  const auto uncounted = [&](std::uint32_t good) {
    return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
      return slot.token == good && slot.partner == Slot::none;
    });
  };
  std::uint32_t before = i;
  while (before > 0 && tokens[before - 1].tag == Tag::unknown) --before;
  std::uint32_t behind = i + 1;
  while (behind < tokens.size() && tokens[behind].is(Tag::filler)) ++behind;
  const bool opens = before == 0;
  const DraftOrder& order = current();
  const bool instead = opens ? !order.items.empty() && !order.items.back().counted
                             : tokens[before - 1].tag == Tag::good && uncounted(before - 1);
  const bool leads = behind < tokens.size() && tokens[behind].tag == Tag::good && uncounted(behind);
  if (instead || leads) paint(tokens[i], SpanKind::note);
}

void Assembler::lone_amount(const Tokens& tokens, std::uint32_t i) {
  if (dealt_ == i && draft_.role[tokens[i].from] == SpanKind::item) return;
  const Amount& amount = reading_.amounts[tokens[i].index];
  DraftOrder& order = current();
  if (has_header_good_ && row_has_key_ && order.items.empty() && amount.milli == 0 &&
      amount.unit == 0) {
    order.declined = true;  // 7-504 0
    return;
  }
  if (amount.implicit) {
    const bool anew = i + 1 < tokens.size() && text_.at(tokens[i + 1].from) == U'新';
    if (anew && text_.text.find(U'吗') != std::u32string::npos) return;  // 能买个新的吗
    if (!order.items.empty() && !order.items.back().counted && !order.items.back().out) {
      set_amount(order.items.back(), amount);
    }
    return;
  }
  const auto correction = [&] {
    return (draft_.tags & set_of(Tag::correct)) != 0 || holds(tokens, Tag::correct) ||
           holds(tokens, Tag::change) || too_much(tokens, i);
  };
  if (!order.items.empty() && order.items.back().counted && correction()) {
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
  if (takes_good_before(amount)) {
    DraftItem item = draft_.orders[draft_.orders.size() - 2].items.front();
    set_amount(item, amount);
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

/// 601要2提纸,602要1提: a door with nothing but an amount wants what the door before wants.
bool Assembler::takes_good_before(const Amount& amount) const {
  if (!row_has_key_ || draft_.orders.size() < 2 || !draft_.orders.back().items.empty() ||
      draft_.orders.back().address.room.empty() || !amount.milli || amount.unit == 0)
    return false;
  const DraftOrder& before = draft_.orders[draft_.orders.size() - 2];
  return before.items.size() == 1 && before.items[0].counted &&
         before.items[0].item.unit == lexicon_.unit(amount.unit).name;
}

/// 牛奶两箱,一箱送2-101,一箱送2-102: what was counted as a whole goes to the doors.
bool Assembler::splits(const Tokens& tokens) {
  const Token* amount = nullptr;
  const Token* door = nullptr;
  bool sent = false;
  for (const Token& token : tokens) {
    if (token.tag == Tag::amount && amount == nullptr && door == nullptr) {
      amount = &token;
    } else if (token.tag == Tag::address && door == nullptr && amount != nullptr) {
      door = &token;
    } else if (token.tag == Tag::unknown && (token.is(Tag::verb) || token.is(Tag::filler))) {
      sent = sent || in(text_.at(token.from), U"送给到拿放分");
    } else {
      return false;
    }
  }
  if (amount == nullptr || door == nullptr || !sent || draft_.orders.empty()) return false;
  const Amount& part = reading_.amounts[amount->index];
  if (!part.milli || part.implicit) return false;
  if (!split_) {
    if (current().items.size() != 1 || !current().items[0].counted || !current().items[0].item.qty)
      return false;
    const DraftItem& whole = current().items[0];
    if (whole.item.unit != lexicon_.unit(part.unit).name || whole.item.qty->value() < *part.milli)
      return false;
    split_ = whole;
    current().items.clear();
  }
  paint(*door, SpanKind::address);
  paint(*amount, SpanKind::item);
  DraftItem item = *split_;
  set_amount(item, part);
  order_at(reading_.addresses[door->index].address).items.push_back(item);
  return true;
}

bool Assembler::too_much(const Tokens& tokens, std::uint32_t i) const {
  for (std::uint32_t k = 0; k < tokens.size(); ++k) {
    const std::u32string_view word = name_of(tokens[k]);
    if (k > i && (word == U"就好" || word == U"就行" || word == U"就够了" || word == U"就可以" ||
                  word == U"就行了" || word == U"就可以了")) {
      return true;
    }
    if (word == U"不要那么多" || word == U"不要这么多" || word == U"要不了那么多" ||
        word == U"用不了那么多" || word == U"不用那么多" || word == U"不用这么多")
      return true;
    if (word == U"太多了" || word == U"太少了" || word == U"多了" || word == U"够了") return true;
  }
  return false;
}

}  // namespace doorstep::intake
