#pragma once
/// \file One message read beside the orders that stand before it.

#include <span>
#include <string_view>
#include <vector>

#include "engine/intake/classify.h"
#include "engine/intake/draft.h"
#include "engine/intake/thread.h"

namespace doorstep::intake {

/// An order without a category that carries items shows them only where they were asked for too.
[[nodiscard]] bool keeps_items(const Verdict& verdict, Op op);

/// The orders that stand after a thread.
[[nodiscard]] std::vector<Standing> standing_after(std::span<const Message> thread,
                                                   const Lexicon& lexicon);

/// `context.from` speaks; `standing` is what stands before; context.thread is not looked at.
/// `reduced` is what the message does to it.
[[nodiscard]] Parsed read_message(std::string_view bytes, const Lexicon& lexicon,
                                  const std::vector<Standing>& standing, const Context& context,
                                  bool in_thread, Reduced& reduced);

}  // namespace doorstep::intake
