#pragma once
/// \file Blocks: a chat copied from a desktop client or forwarded in one piece, as its messages.

#include <cstdint>
#include <vector>

#include "engine/intake/folded.h"

namespace doorstep::intake {

/// One message of the copied chat; ranges of folded points.
struct Block {
  Range name;   ///< The sender as the client shows it.
  Range head;   ///< The whole line with name and time.
  Range words;  ///< What was said; may be empty.
};

/// The messages of a text of the form "name time / words", name and time in a line of their own.
/// Empty when fewer than two such lines stand in the text: it is one message then.
[[nodiscard]] std::vector<Block> chat_blocks(const Folded& text);

}  // namespace doorstep::intake
