#include "engine/intake/basket.h"

#include <algorithm>
#include <array>
#include <set>

namespace doorstep::intake {
namespace {

/// 没米了, 冇得米哒.
bool said_gone(const Folded& text, std::u32string_view name) {
  const std::u32string_view all = text.text;
  for (std::size_t at = all.find(name); at != std::u32string_view::npos;
       at = all.find(name, at + 1)) {
    const std::u32string_view before = all.substr(0, at);
    const bool told = in(text.at(static_cast<std::uint32_t>(at + name.size())), U"了哒咯啦喇嘞");
    const bool lack = before.ends_with(U"没") || before.ends_with(U"冇") ||
                      before.ends_with(U"没得") || before.ends_with(U"冇得") ||
                      before.ends_with(U"莫得") || before.ends_with(U"没有");
    if (told && lack) return true;
  }
  return false;
}

}  // namespace

bool is_staple(const std::string& canonical, GoodClass kind) {
  static constexpr std::array<std::string_view, 14> staples{"米",   "菜",   "粮",   "粮食",  "奶粉",
                                                            "口粮", "蔬菜", "青菜", "面",    "面条",
                                                            "面粉", "饭",   "水",   "桶装水"};
  return std::find(staples.begin(), staples.end(), canonical) != staples.end() ||
         (kind == GoodClass::baby && canonical.find("奶粉") != std::string::npos);
}

bool staple_gone(const Folded& text, const Draft& draft) {
  std::set<std::string_view> names;  // A relay names the same few a thousand times.
  for (const DraftOrder& order : draft.orders) {
    for (const DraftItem& item : order.items) {
      if (is_staple(item.item.canonical, item.kind)) names.insert(item.item.name);
    }
  }
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return !name.empty() && said_gone(text, points(name));
  });
}

Basket weigh(const Draft& draft) {
  Basket out;
  for (const DraftOrder& order : draft.orders) {
    for (const DraftItem& item : order.items) {
      ++out.total;
      out.counted += item.counted && !item.unknown ? 1 : 0;
      out.strange += item.unknown ? 1 : 0;
      out.past += item.past ? 1 : 0;
      if (is_medicine(item.kind)) {
        ++out.medicine;
        out.drug_out = out.drug_out || item.out;
        out.chronic = out.chronic || item.kind == GoodClass::chronic;
      } else if (item.kind == GoodClass::parcel) {
        ++out.parcels;
      } else {
        ++out.goods;
      }
      out.any_out = out.any_out || item.out;
      if (item.out && is_staple(item.item.canonical, item.kind)) out.staple_out = true;
    }
  }
  return out;
}

}  // namespace doorstep::intake
