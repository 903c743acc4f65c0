#pragma once
/// \file A repeated request is answered again, not carried out again. Answers hold links and names, so
/// the row alone does not give one away: it is sealed under the client's key, and the key is not kept.

#include <optional>
#include <string_view>

#include "store/store.h"

namespace doorstep::store {

/// The answer kept for (actor, key), or none where this is the first time.
/// Errors: conflict "idempotency.reused" when the same key came with another request
/// (`request_hash` differs).
Result<std::optional<Answer>> recall(Transaction& tx, std::int64_t actor, std::string_view key,
                                     std::string_view request_hash);

/// Keeps `answer` under (actor, key) for 14 days. `key` is a secret of the client's: whoever knows it
/// can open the answer, and nobody else.
void remember(Transaction& tx, std::int64_t actor, std::string_view key,
              std::string_view request_hash, const Answer& answer, Instant now);

/// Forgets what is older than 14 days, at most `limit` rows; returns how many.
std::int64_t forget_old_answers(Transaction& tx, Instant now, std::int64_t limit);

}  // namespace doorstep::store
