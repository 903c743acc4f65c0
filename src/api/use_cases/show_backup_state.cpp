/// \file Whether the key sheet was typed in from paper, and whether this store came out of a backup and still holds back
/// what it would send out.

#include "api/endpoint.h"
#include "store/backup_log.h"
#include "store/restored.h"

namespace doorstep::api {
namespace {

struct Hold {
  Instant since{};
  Instant made_at{};  ///< Of the backup: what came after it is not known.
  void fields(auto& f) {
    f("since", since);
    f("made_at", made_at);
  }
};

struct State {
  std::optional<Instant> key_checked_at;  ///< None: not one letter of the sheet is proved.
  std::optional<Hold> held;

  void fields(auto& f) {
    f("key_checked_at", key_checked_at);
    f("held", held);
  }
};

Result<State> show(Context& context, const Nothing&) {
  State state;
  state.key_checked_at = store::key_checked_at(context.db);
  if (const auto hold = store::outgoing_hold(context.db, context.community.id.value())) {
    state.held = Hold{hold->since, hold->made_at};
  }
  return state;
}

}  // namespace

Endpoint show_backup_state() {
  return query("/api/v1/backups/state", "backup.list",
               "The key sheet and what a restore holds back", show);
}

}  // namespace doorstep::api
