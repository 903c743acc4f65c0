#pragma once
/// \file The thread of a household (C16): the household writes to whoever owns it, and gets its answer in
/// the same place. A message that nobody answered is a duty and climbs like any other.

#include <optional>
#include <string>
#include <vector>

#include "care/duty/duty.h"

namespace doorstep::messages {

struct Message;

/// The household waits for an answer. Met by the answer; ended by hand where none is needed.
inline constexpr duty::Kind answer{"message", access::Class::health, true};

struct MessageRow {
  Id<Message> id{};
  bool from_household = false;
  std::string author = {};  ///< Name of the account; of a link what the household calls it.
  std::string body = {};
  Instant sent_at{};
};

/// The newest `limit` before `before` (0: all), oldest first.
std::vector<MessageRow> thread_of(store::Snapshot& db, Id<access::Community> community,
                                  Id<access::Household> household, std::int64_t before,
                                  std::int64_t limit);

/// Since when the household waits for an answer; none where it does not.
std::optional<Instant> waiting_since(store::Snapshot& db, Id<access::Community> community,
                                     Id<access::Household> household);

}  // namespace doorstep::messages
