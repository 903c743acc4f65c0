#pragma once
/// \file A store that came out of a backup knows it (N6): phones send again what it has not, and what it would send
/// out waits for somebody who has looked.

#include <cstdint>
#include <optional>
#include <string>

#include "store/installation.h"
#include "store/store.h"

namespace doorstep::store {

struct Restored {
  std::int64_t epoch = 0;  ///< Unlike every other restore, also of the same backup.
  Instant at{};
  Instant made_at{};     ///< Of the backup.
  std::int64_t seq = 0;  ///< The last sealed entry in it.
};

/// The last time; none where the store was never restored.
[[nodiscard]] std::optional<Restored> last_restored(Snapshot& db);

/// What phones compare; empty where the store was never restored.
[[nodiscard]] std::string epoch_text(Snapshot& db);

/// Says so in the journal too, once the store is open: what is held is held without it. Nothing where the
/// schema is too old to know of it. Throws Failure.
void note_restored(Store& store);

/// Notes it and holds every community, inside the transaction that restores.
void mark_restored(const InstallationAccess& access, const Restored& restored);

/// Whatever goes out by the clock alone (a release, a run, an offer, a message) asks for this first. Duties
/// climb as ever.
struct OutgoingHold {
  Instant since{};
  Instant made_at{};  ///< What came after this is not known here, unless it was sent again.
};
[[nodiscard]] std::optional<OutgoingHold> outgoing_hold(Snapshot& db, std::int64_t community);

}  // namespace doorstep::store
