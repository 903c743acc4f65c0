#pragma once
/// \file Basket: what the items of a message say about its kind, whatever its words are.

#include <string>

#include "engine/intake/draft.h"

namespace doorstep::intake {

struct Basket {
  int goods = 0, medicine = 0, parcels = 0, counted = 0, strange = 0, total = 0, past = 0;
  bool staple_out = false, drug_out = false, chronic = false, any_out = false;
};

/// Staples of the house: what one cannot be without. Source: the data's conventions
/// (米/菜/粮/奶粉).
[[nodiscard]] bool is_staple(const std::string& canonical, GoodClass kind);

/// 家里没米了, 送一袋: a staple is said to be out, though an amount of it is asked for.
[[nodiscard]] bool staple_gone(const Folded& text, const Draft& draft);

[[nodiscard]] Basket weigh(const Draft& draft);

}  // namespace doorstep::intake
