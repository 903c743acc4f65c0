/// \file Remove a passkey of one's own: nobody signs in with it any more.

#include "api/passkey_rows.h"

namespace doorstep::api {
namespace {

struct RemoveRequest {
  Id<Passkey> passkey;
  void fields(auto& f) { f("passkey", passkey); }
};

Response run(Direct& direct, const RemoveRequest& request) {
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const auto removed = tx.run(
        "UPDATE passkey SET removed_at = coalesce(removed_at, $3)"
        " WHERE id = $1 AND account_id = $2",
        {request.passkey, own.account, direct.now});
    if (removed == 0) return Error{ErrorKind::not_found, "passkey.unknown"};
    tx.journal({own.community.value(), own.account.value(), "passkey.removed",
                request.passkey.value(), "~"});
    return store::Answer{to_json(Nothing{})};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; not_found "passkey.unknown" (also another's).
Endpoint remove_passkey() {
  return direct<Nothing>(Method::post, "/api/v1/passkeys/{passkey}/remove", "Remove a passkey",
                         run);
}

}  // namespace doorstep::api
