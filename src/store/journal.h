#pragma once
/// \file The chain of journal entries and the heads signed over it (docs/journal.md).

#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace doorstep::store {

/// What the first entry is chained to; differs between installations.
[[nodiscard]] std::string genesis_hash(std::int64_t installation);

/// The 32 bytes that `sealed` must carry after an entry with the hash `previous`.
[[nodiscard]] std::string entry_hash(std::string_view previous, const Sealed& sealed);

/// The bytes that a head's signature covers.
[[nodiscard]] std::string head_message(const Head& head);
[[nodiscard]] bool head_is_genuine(const Head& head, std::string_view public_key);

/// The newest link of the chain.
struct Link {
  std::int64_t seq = 0;
  std::string hash;
};

/// Gives `sealed` its number and hash, and moves `last` on to it.
void chain(Link& last, Sealed& sealed);

/// Columns, in the order read_sealed() takes them.
inline constexpr std::string_view sealed_columns =
    "seq, id, at, community_id, actor, kind, subject, path, data, hash";
[[nodiscard]] Sealed read_sealed(const Row& row);

/// `SELECT seq, hash, at, signature`.
[[nodiscard]] Head read_head(const Row& row);

/// One line of the file of noted heads, and back; none when the line is not one.
[[nodiscard]] std::string head_line(const Head& head);
[[nodiscard]] std::optional<Head> head_from_line(std::string_view line);

}  // namespace doorstep::store
