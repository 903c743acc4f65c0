#pragma once
/// \file How long the words of a need are kept.

#include "api/endpoint.h"

namespace doorstep::needs {

/// Drops text, answer, note and signs of needs that were decided more than `needs.words_days` ago; what
/// was ordered, when and by whom stays. Journals each. For the clock; answers how many, at most `limit`.
/// A pack without the key keeps them.
std::int64_t drop_words(api::WriteContext& context, std::int64_t limit);

}  // namespace doorstep::needs
