#pragma once
/// \file Thread: what a message does to the order its sender already has.

#include <string>
#include <vector>

#include "engine/intake/draft.h"

namespace doorstep::intake {

/// The orders a sender stands by after some messages.
struct Standing {
  std::string from;
  std::vector<DraftOrder> orders;
};

struct Reduced {
  Op op = Op::fresh;
  std::vector<DraftOrder> orders;
  bool edited = false;      ///< A standing order was changed, copied or withdrawn.
  bool unresolved = false;  ///< It speaks of an order that the thread does not hold.
  bool withdrawal = false;  ///< It takes back goods that no known order holds.
};

/// `earlier` is in the order of the last message of each sender. May repaint roles of `draft`.
[[nodiscard]] Reduced reduce(const Folded& text, const Lexicon& lexicon, Draft& draft,
                             const std::vector<Standing>& earlier, std::string_view from,
                             bool in_thread);

/// The standing orders after `from` said what `reduced` holds.
void remember(std::vector<Standing>& standing, std::string_view from, const Reduced& reduced);

}  // namespace doorstep::intake
