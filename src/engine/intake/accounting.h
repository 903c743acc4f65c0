#pragma once
/// \file A good that is named and is in no order must be seen by a human, whatever rule left it out.

#include "engine/intake/draft.h"

namespace doorstep::intake {

/// Marks as a note each good of the text that stands in none of `orders`, unless its clause says why
/// (a refusal, a stock, a withdrawal). What later rules do to an order cannot lose a good silently.
void account(const Folded& text, const Lexicon& lexicon, Draft& draft,
             const std::vector<DraftOrder>& orders);

}  // namespace doorstep::intake
