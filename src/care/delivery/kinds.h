#pragma once
/// \file What class goods are of, from the words on or about them (E5). The words stand in the rule pack,
/// `delivery.keywords`.

#include <optional>
#include <string_view>

#include "base/rules.h"
#include "care/delivery/delivery.h"

namespace doorstep::delivery {

struct GoodsKind {
  Class kind = Class::parcel;
  Goods goods = Goods::courier;
};

/// The first entry of which a word stands in `words`; none where there is no such entry.
/// Errors: those of the rule pack; invalid "rules.wrong_type" (a class or kind of goods that is none).
Result<std::optional<GoodsKind>> kind_of_words(const RulePack& rules, std::string_view words);

}  // namespace doorstep::delivery
