#include "engine/intake/assembler.h"
#include "engine/intake/basket.h"

namespace doorstep::intake {
namespace {

constexpr std::size_t items_compared_max = 300;

/// Nobody buys these by themselves where a product of the class is named; 青菜 and 肉 people do buy.
constexpr std::array<std::pair<std::string_view, GoodClass>, 9> pure_classes{
    {{"水果", GoodClass::fruit},
     {"零食", GoodClass::snack},
     {"饮料", GoodClass::drink},
     {"调料", GoodClass::season},
     {"文具", GoodClass::stationery},
     {"海鲜", GoodClass::fish},
     {"蔬菜", GoodClass::veg},
     {"生果", GoodClass::fruit},
     {"主食", GoodClass::staple}}};

}  // namespace

bool is_label(std::u32string_view name) {
  static constexpr std::array<std::u32string_view, 33> labels{
      U"水果",   U"生果",   U"蔬果",   U"餸",     U"蔬菜",   U"青菜",     U"菜",     U"肉",       U"零食",   U"饮料",   U"药",
      U"药品",   U"日用品", U"生活用品", U"止痛药", U"止疼药",   U"退烧药", U"感冒药", U"降压药",
      U"消炎药", U"止咳药", U"胃药",     U"调料",   U"生活物资", U"物资",   U"海鲜",   U"抗生素",
      U"过敏药", U"安眠药", U"降糖药",   U"抗凝药", U"主食",     U"文具"};
  return std::find(labels.begin(), labels.end(), name) != labels.end();
}

bool is_pure_class(std::string_view name) {
  return std::any_of(pure_classes.begin(), pure_classes.end(),
                     [&](const auto& known) { return known.first == name; });
}

void Assembler::share(const Tokens& inner) {
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

DraftOrder& Assembler::order_at(const Address& door) {
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

bool Assembler::strange(const Token& token) const {
  if (draft_.role[token.from] == SpanKind::unread || draft_.role[token.from] == SpanKind::note)
    return true;
  if (token.tag == Tag::time) return true;
  if (token.tag != Tag::unknown) return false;
  return (token.tags & ~set_of(Tag::common)) == 0 || token.is(Tag::note);
}

bool Assembler::content(const Token& token) const {
  const SpanKind role = draft_.role[token.from];
  return role == SpanKind::item || role == SpanKind::address || role == SpanKind::person ||
         role == SpanKind::phone;
}

void Assembler::leftovers(const Tokens& tokens) {
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
    while (first > 0 && (joins_note(tokens[first - 1], plain) ||
                         (tokens[first - 1].tag == Tag::size && !tokens[first].gap &&
                          in(text_.at(tokens[first].from), U"的那")))) {
      --first;
    }
    for (std::size_t k = i + 1; k < tokens.size() && !content(tokens[k]); ++k) {
      if (strange(tokens[k])) last = k;
      if (tokens[k].gap && !strange(tokens[k]) && !plain) break;
    }
    if (plain)
      while (last + 1 < tokens.size() && !tokens[last + 1].is(Tag::press)) ++last;
    if (last + 1 < tokens.size() && !tokens[last + 1].gap && ends_wish(tokens[last + 1])) ++last;
    for (std::uint32_t k = tokens[first].from; k < tokens[last].to; ++k)
      draft_.role[k] = SpanKind::note;
    for (std::size_t k = first; k <= last; ++k) {
      if ((tokens[k].tags & ~set_of(Tag::common)) == 0 && tokens[k].tag == Tag::unknown)
        draft_.stray += tokens[k].to - tokens[k].from;
    }
    i = last;
  }
}

/// 泰迪吃的, 床头用的
bool Assembler::ends_wish(const Token& token) const {
  const std::u32string_view word = name_of(token);
  return word == U"的" || word == U"吃的" || word == U"用的" || word == U"喝的" ||
         word == U"穿的" || word == U"玩的";
}

bool Assembler::joins_note(const Token& token, bool plain) const {
  if (content(token) || draft_.role[token.from] == SpanKind::note) return false;
  if (token.tag != Tag::unknown && token.tag != Tag::amount) return false;
  if (token.is(Tag::press) || token.is(Tag::reason)) return false;
  if (token.is(Tag::neg) || token.is(Tag::condition)) return true;
  if (!token.gap && (token.is(Tag::out) || token.is(Tag::nothing))) return true;  // 没得糖的
  return plain || (!token.gap && token.is(Tag::verb) && token.to - token.from == 1);
}

void Assembler::note_refusal(const Tokens& tokens, std::size_t i) {
  constexpr TagSet taken_back = set_of(Tag::drop) | set_of(Tag::cancel) | set_of(Tag::nothing);
  if (!tokens[i].is(Tag::neg) || (tokens[i].tags & taken_back) != 0 || i + 1 == tokens.size())
    return;
  for (std::size_t k = i + 1; k < tokens.size(); ++k) {
    if (tokens[k].tag == Tag::good || tokens[k].tag == Tag::amount || content(tokens[k])) return;
  }
  for (std::uint32_t at = tokens[i].from; at < tokens.back().to; ++at)
    draft_.role[at] = SpanKind::note;  // 不放一起
}

void Assembler::resolve_copies() {
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

/// 买两样水果,苹果和梨: the class before its first product goes, so that no 各 reaches it.
void Assembler::drop_class_before(std::size_t at) {
  std::vector<DraftItem>& items = current().items;
  if (at == 0 || at >= items.size() || at > clause_first_item_) return;
  const DraftItem& label = items[at - 1];
  if (!label.counted && !label.out && label.kind == items[at].kind && !is_medicine(label.kind) &&
      in(last_delimiter_, U",:;") && is_pure_class(label.item.canonical) &&
      !is_label(points(items[at].item.canonical)))
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(at) - 1);
}

void Assembler::leave_out_classes(DraftOrder& order) {
  for (const auto& [name, kind] : pure_classes) {
    const auto label = std::find_if(
        order.items.begin(), order.items.end(), [&, wanted = name](const DraftItem& item) {
          return !item.counted && !item.out && item.item.canonical == wanted;
        });
    if (label == order.items.end()) continue;
    const bool told = std::any_of(
        label + 1, order.items.end(),
        [wanted = kind](const DraftItem& item) { return item.counted && item.kind == wanted; });
    if (told) order.items.erase(label);
  }
}

/// 想食粥,买碗皮蛋瘦肉粥: a good without an amount goes where its product is ordered behind it.
void Assembler::leave_out_heads(DraftOrder& order) {
  if (order.items.size() > items_compared_max) return;
  for (std::size_t i = order.items.size(); i-- > 0;) {
    const DraftItem& head = order.items[i];
    if (head.counted || head.out) continue;
    const bool told =
        std::any_of(order.items.begin() + static_cast<std::ptrdiff_t>(i) + 1, order.items.end(),
                    [&](const DraftItem& item) {
                      return item.counted && item.kind == head.kind &&
                             item.item.canonical.size() > head.item.canonical.size() &&
                             item.item.canonical.ends_with(head.item.canonical);
                    });
    // 先是菜 菜心两斤: the class that the next good is of.
    const bool heads = i + 1 < order.items.size() && order.items[i + 1].counted &&
                       order.items[i + 1].kind == head.kind && is_pure_class(head.item.canonical);
    if (told || heads) order.items.erase(order.items.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

/// 带鱼两斤,鱼要段子的: the good is spoken of again by its head; 降糖药快断了 二甲双胍就剩三粒: the class
/// that is out is told by the product that is.
void Assembler::leave_out_echoes(DraftOrder& order) {
  if (order.items.size() > items_compared_max) return;
  for (std::size_t i = order.items.size(); i-- > 0;) {
    const DraftItem& echo = order.items[i];
    if (echo.counted) continue;
    const bool soup = echo.item.canonical == "汤" || echo.item.canonical == "粥" ||
                      echo.item.canonical == "汤水";  // 阿婆想饮汤 排骨一斤
    const auto told = [&](const DraftItem& item) {
      if (soup && item.counted) return true;
      if (&item == &echo || item.kind != echo.kind) return false;
      if (echo.out && item.out)
        return is_label(points(echo.item.canonical)) && !is_label(points(item.item.canonical));
      return &item < &echo && item.counted && !echo.out &&
             item.item.canonical.size() > echo.item.canonical.size() &&
             item.item.canonical.ends_with(echo.item.canonical);
    };
    if (std::any_of(order.items.begin(), order.items.end(), told))
      order.items.erase(order.items.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

/// The second is the same good again, or what the first can be filled with.
bool Assembler::tells_kind_of(const DraftItem& whole, const DraftItem& part) {
  if (!part.item.qty || part.item.unit != whole.item.unit || whole.item.unit.empty()) return false;
  if (part.item.range == whole.item.range) return part.item.canonical == whole.item.canonical;
  static constexpr std::array<std::string_view, 9> filled{"饺子", "水饺", "包子", "汤圆", "馄饨",
                                                          "粽子", "月饼", "烧麦", "馅饼"};
  const bool takes = std::any_of(filled.begin(), filled.end(), [&](std::string_view name) {
    return whole.item.canonical.ends_with(name);
  });
  return takes && (part.kind == GoodClass::meat || part.kind == GoodClass::veg ||
                   part.kind == GoodClass::bean || part.kind == GoodClass::season ||
                   part.kind == GoodClass::snack || part.kind == GoodClass::fish || part.unknown);
}

/// 水饺两袋 一袋猪肉 一袋韭菜: the kinds are told, and counted once.
void Assembler::drop_kinds_that_add_up(DraftOrder& order) {
  std::vector<DraftItem>& items = order.items;
  for (std::size_t i = 0; i + 2 < items.size() && items.size() <= items_compared_max; ++i) {
    if (!items[i].item.qty) continue;
    std::int64_t sum = 0;
    std::size_t k = i + 1;
    while (k < items.size() && tells_kind_of(items[i], items[k]))
      sum += items[k++].item.qty->value();
    if (k > i + 2 && sum == items[i].item.qty->value())
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  items.begin() + static_cast<std::ptrdiff_t>(k));
  }
}

void Assembler::settle(DraftOrder& order) const {
  leave_out_classes(order);
  leave_out_heads(order);
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
  drop_kinds_that_add_up(order);
  leave_out_echoes(order);
  for (const DraftItem& item : order.items)
    draft_.staple_out =
        draft_.staple_out || (item.out && item.kind == GoodClass::baby && feeds(item));
  const auto missing = [](const DraftItem& item) {
    return (item.out || item.broken) && !item.counted;  // 盐没了,带一包
  };
  if (!std::all_of(order.items.begin(), order.items.end(), missing))
    std::erase_if(order.items, missing);
  // One good named twice is one item: the later amount counts where the first had none. A list
  // longer than any household's is left as it is, so that noise cannot make this slow.
  if (order.items.size() > items_compared_max) return;
  for (std::size_t i = 0; i < order.items.size(); ++i) {
    for (std::size_t k = order.items.size(); k-- > i + 1;) {
      if (order.items[k].item.canonical != order.items[i].item.canonical) continue;
      const bool restated = (draft_.tags & set_of(Tag::correct)) != 0 &&
                            order.items[i].item.qty == order.items[k].item.qty;
      if (order.items[i].counted && order.items[k].counted && !restated &&
          !corrected_between(order.items[i], order.items[k]))
        continue;
      if (order.items[k].counted) order.items[i] = order.items[k];
      order.items.erase(order.items.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }
}

/// 胡萝卜2根 哦不 胡萝卜4根: the later amount is meant.
bool Assembler::corrected_between(const DraftItem& first, const DraftItem& second) const {
  if ((draft_.tags & set_of(Tag::correct)) == 0) return false;
  if (!first.item.range || !second.item.range) return false;
  for (const Clause& clause : draft_.clauses) {
    for (const Token& token : clause.tokens) {
      if (!token.is(Tag::correct)) continue;
      const std::uint32_t at = text_.source[token.from];
      if (at >= first.item.range->to && at < second.item.range->from) return true;
    }
  }
  return false;
}

void Assembler::join_doors() {
  std::vector<DraftOrder> joined;
  for (DraftOrder& order : draft_.orders) {
    const auto same = std::find_if(joined.begin(), joined.end(), [&](const DraftOrder& known) {
      return !known.address.empty() && known.address == order.address;
    });
    if (same == joined.end()) {
      joined.push_back(std::move(order));
    } else {
      same->items.insert(same->items.end(), order.items.begin(), order.items.end());
    }
  }
  draft_.orders = std::move(joined);
}

/// 帮三楼张婆婆带一袋米,帮五楼李大爷带一桶油,7号楼1单元: the house said last is everybody's.
void Assembler::share_house() {
  if (several_ || draft_.orders.size() < 2) return;
  Address house = draft_.orders.back().address;
  if (house.building.empty() && house.community.empty()) return;
  house.room.clear();
  house.floor.clear();
  const auto bare = [](const DraftOrder& order) {
    const Address& a = order.address;
    return a.building.empty() && a.community.empty() && a.road.empty() && a.unit.empty() &&
           (!a.room.empty() || !a.floor.empty());
  };
  if (!std::all_of(draft_.orders.begin(), draft_.orders.end() - 1, bare)) return;
  for (DraftOrder& order : draft_.orders) merge(order.address, house);
}

void Assembler::join_lonely() {
  if (draft_.orders.size() != 2) return;
  DraftOrder& first = draft_.orders[0];
  DraftOrder& second = draft_.orders[1];
  if (first.address.empty() && second.items.empty() && !second.withdrawn && !second.declined &&
      !second.copies) {
    first.address = second.address;
    if (first.person.empty()) first.person = second.person;
    if (first.phone.empty()) first.phone = second.phone;
    draft_.orders.pop_back();
  } else if (second.items.empty() && !second.withdrawn && !second.declined && !second.copies &&
             first.address.room.empty() && second.person.empty() &&
             merge(first.address, second.address)) {
    if (first.phone.empty()) first.phone = second.phone;
    draft_.orders.pop_back();
  } else if (first.items.empty() && second.address.empty() && !first.withdrawn && !first.declined &&
             !first.copies) {
    second.address = first.address;
    if (second.person.empty()) second.person = first.person;
    if (second.phone.empty()) second.phone = first.phone;
    draft_.orders.erase(draft_.orders.begin());
  }
}

bool Assembler::empty(const DraftOrder& order) const {
  if (!order.items.empty() || order.withdrawn) return false;
  if (order.declined) return true;
  return order.address.empty();
}

}  // namespace doorstep::intake
