#pragma once
/// \file What a message is about and how soon it matters.

#include <vector>

#include "engine/intake/draft.h"
#include "engine/intake/triage.h"

namespace doorstep::intake {

struct Verdict {
  Category category = Category::chat;
  std::vector<Category> also;
  Urgency urgency = Urgency::none;
};

/// `edited`: the thread reducer found that the message changes a standing order.
[[nodiscard]] Verdict classify(const Folded& text, const Draft& draft, const TriageDetail& triage,
                               bool edited);

/// Where what is to be carried lies (在社区医院): for whoever fetches it. Folded ranges.
[[nodiscard]] std::vector<Range> lying_places(const Folded& text);
[[nodiscard]] bool carries_items(Category category);

}  // namespace doorstep::intake
