#include "engine/intake/basket.h"

#include <algorithm>
#include <array>

namespace doorstep::intake {

bool is_staple(const std::string& canonical, GoodClass kind) {
  static constexpr std::array<std::string_view, 14> staples{"米",   "菜",   "粮",   "粮食",  "奶粉",
                                                            "口粮", "蔬菜", "青菜", "面",    "面条",
                                                            "面粉", "饭",   "水",   "桶装水"};
  return std::find(staples.begin(), staples.end(), canonical) != staples.end() ||
         (kind == GoodClass::baby && canonical.find("奶粉") != std::string::npos);
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
