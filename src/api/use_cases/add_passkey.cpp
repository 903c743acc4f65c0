/// \file Add the passkey that the browser has made.

#include "api/passkey_rows.h"

namespace doorstep::api {
namespace {

struct AddRequest {
  std::string challenge;
  std::string client_data;  ///< base64url, as the two others.
  std::string authenticator_data;
  std::optional<std::string> device;  ///< What the browser says of itself.

  void fields(auto& f) {
    f("challenge", challenge);
    f("client_data", client_data);
    f("authenticator_data", authenticator_data);
    f("device", device);
  }
};

struct Added {
  Id<Passkey> id;
  void fields(auto& f) { f("id", id); }
};

Response run(Direct& direct, const AddRequest& request) {
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const Ceremony ceremony = TRY(take_challenge(tx, direct, request.challenge, own.account));
    const std::string client_data = TRY(from_base64url(request.client_data));
    const std::string data = TRY(from_base64url(request.authenticator_data));
    TRY(check_client_data(client_data, ceremony));
    const Authenticator made = TRY(read_authenticator(data, ceremony));
    if (tx.first("SELECT 1 FROM passkey WHERE credential = $1", {store::Bytes{made.credential}})) {
      return Error{ErrorKind::conflict, "passkey.known"};
    }
    IdSource ids(direct.rng);
    const auto id = ids.next<Passkey>(direct.now);
    tx.run(
        "INSERT INTO passkey (id, account_id, credential, public_key, sign_count, device,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {id, own.account, store::Bytes{made.credential}, store::Bytes{made.public_key},
         made.sign_count, device_label(request.device.value_or("")), direct.now});
    tx.journal({own.community.value(), own.account.value(), "passkey.added", id.value(), "~"});
    return store::Answer{to_json(Added{id})};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; conflict "passkey.no_domain", "passkey.known"; invalid "passkey.expired",
/// "passkey.wrong", "passkey.unverified", "passkey.algorithm".
Endpoint add_passkey() {
  return direct<Added>(Method::post, "/api/v1/passkeys", "Add the passkey that was made", run);
}

}  // namespace doorstep::api
