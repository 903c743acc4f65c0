/// \file A good that one household of the text shares with its neighbours: 土豆10斤,我家5斤,对门502五斤.

#include "engine/intake/assembler.h"

namespace doorstep::intake {
namespace {

template <std::size_t N>
bool begins_with_any(std::u32string_view word, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view one) { return word.starts_with(one); });
}

constexpr std::array<std::u32string_view, 6> own{U"我家",   U"我们家", U"自家",
                                                 U"自己家", U"咱家",   U"俺家"};
constexpr std::array<std::u32string_view, 6> neighbours{U"对门", U"隔壁", U"楼上",
                                                        U"楼下", U"邻居", U"旁边"};

}  // namespace

/// A clause that holds a household and an amount and nothing else takes its part of the one good
/// that was ordered: the own household the part in place of the whole, a neighbour an order.
bool Assembler::shares(const Tokens& tokens) {
  const Token* amount = nullptr;
  const Token* door = nullptr;
  bool mine = false;
  bool theirs = false;
  for (const Token& token : tokens) {
    const std::u32string_view word = name_of(token);
    if (token.tag == Tag::amount && amount == nullptr) {
      amount = &token;
    } else if (token.tag == Tag::address && door == nullptr) {
      door = &token;
    } else if (token.tag == Tag::unknown && begins_with_any(word, own)) {
      mine = true;
    } else if (token.tag == Tag::unknown && begins_with_any(word, neighbours)) {
      theirs = true;
    } else if (token.tag != Tag::unknown || !(token.is(Tag::verb) || token.is(Tag::filler))) {
      return false;
    }
  }
  if (amount == nullptr && door != nullptr && draft_.orders.size() > 1 &&
      draft_.orders.front().address.empty() && text_.at(tokens.front().from) == U'我') {
    paint(*door, SpanKind::address);  // 土豆10斤,我家5斤,对门502五斤。我住501
    draft_.orders.front().address = reading_.addresses[door->index].address;
    return true;
  }
  if (amount == nullptr || mine == theirs || draft_.orders.empty()) return false;
  if (theirs && door == nullptr) return false;
  const DraftOrder& order = draft_.orders.back();
  const Amount& part = reading_.amounts[amount->index];
  if (order.items.size() != 1 || !order.items[0].counted || !part.milli || part.implicit)
    return false;
  if (order.items[0].item.unit != lexicon_.unit(part.unit).name) return false;
  DraftItem item = order.items[0];
  set_amount(item, part);
  paint(*amount, SpanKind::item);
  if (mine) {
    current().items[0] = item;
    if (door != nullptr) take_address(*door);
    return true;
  }
  Address at = reading_.addresses[door->index].address;
  Address house = order.address;
  house.room.clear();
  house.floor.clear();
  if (at.building.empty()) merge(at, house);
  paint(*door, SpanKind::address);
  start_order();
  current().address = at;
  current().items.push_back(item);
  return true;
}

/// 402搬走了 403要两袋米: index of the second door behind a first that only has a remark.
std::size_t Assembler::door_behind_remark(const Tokens& tokens) const {
  if (tokens.size() < 3 || tokens[0].tag != Tag::address) return 0;
  bool remark = false;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].tag == Tag::address) return remark && tokens[i].gap ? i : 0;
    if (tokens[i].tag != Tag::unknown) return 0;
    remark = remark || tokens[i].is(Tag::remark);
  }
  return 0;
}

/// 联系不上 3-402: in a list the remark may stand before the door.
bool Assembler::remark_leads(const Tokens& tokens) const {
  if (!several_ || row_has_key_ || !tokens[0].is(Tag::remark) || !holds(tokens, Tag::address))
    return false;
  return std::none_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return token.tag == Tag::good || token.tag == Tag::amount;
  });
}

/// 帮501王奶奶和502李爷爷各带一份盒饭: the households of the clause that 各 reaches back to order alike.
void Assembler::give_each(const Tokens& tokens, std::size_t before) {
  const auto each = std::find_if(tokens.begin(), tokens.end(),
                                 [](const Token& token) { return token.is(Tag::each); });
  if (each == tokens.end() || draft_.orders.size() < 2 || draft_.orders.back().items.empty())
    return;
  const auto doors = std::count_if(tokens.begin(), each,
                                   [](const Token& token) { return token.tag == Tag::address; });
  const auto goods = std::count_if(tokens.begin(), each,
                                   [](const Token& token) { return token.tag == Tag::good; });
  if (doors < 2 || goods > 0) return;
  const std::size_t first = before > 0 ? before - 1 : 0;
  for (std::size_t i = first; i + 1 < draft_.orders.size(); ++i) {
    DraftOrder& order = draft_.orders[i];
    if (order.items.empty() && !order.address.empty()) order.items = draft_.orders.back().items;
  }
}

}  // namespace doorstep::intake
