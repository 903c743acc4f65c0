/// \file Sign in with a passkey: the device knows who it is for, and asks for a PIN, a finger or a face.

#include "access/secrets.h"
#include "api/enrolment.h"
#include "api/passkey_rows.h"

namespace doorstep::api {
namespace {

struct PasskeyRequest {
  std::string challenge;
  std::string credential;  ///< base64url, as the three others.
  std::string client_data;
  std::string authenticator_data;
  std::string signature;
  std::optional<std::string> device;

  void fields(auto& f) {
    f("challenge", challenge);
    f("credential", credential);
    f("client_data", client_data);
    f("authenticator_data", authenticator_data);
    f("signature", signature);
    f("device", device);
  }
};

Response run(Direct& direct, const PasskeyRequest& request) {
  const std::string token = access::new_token(direct.rng);
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const Ceremony ceremony = TRY(take_challenge(tx, direct, request.challenge, std::nullopt));
    const std::string credential = TRY(from_base64url(request.credential));
    const std::string client_data = TRY(from_base64url(request.client_data));
    const std::string data = TRY(from_base64url(request.authenticator_data));
    const std::string signature = TRY(from_base64url(request.signature));
    const auto row = tx.first(
        "SELECT p.id, p.account_id, p.public_key, p.sign_count FROM passkey p JOIN account a"
        " ON a.id = p.account_id AND a.closed_at IS NULL"
        " WHERE p.credential = $1 AND p.removed_at IS NULL",
        {store::Bytes{credential}});
    if (!row) return Error{ErrorKind::unauthenticated, "passkey.unknown"};
    const Authenticator said =
        TRY(check_assertion(client_data, data, signature, row->bytes(2), ceremony));
    // A device that counts and went back was copied.
    if (row->integer(3) > 0 && said.sign_count <= row->integer(3)) {
      return Error{ErrorKind::unauthenticated, "passkey.copied"};
    }
    const std::string hash = access::token_hash(token, direct.store.pepper());
    TRY(access::create_session(tx, row->id<access::Account>(1), hash, direct.now));
    tx.run("UPDATE passkey SET sign_count = $2, last_used_at = $3 WHERE id = $1",
           {row->integer(0), said.sign_count, direct.now});
    describe_session(tx, hash, "passkey", request.device.value_or(""));
    return store::Answer{};
  });
  return signed_in(outcome, token);
}

}  // namespace

/// Errors: conflict "passkey.no_domain"; invalid "passkey.expired", "passkey.wrong", "passkey.unverified";
/// unauthenticated "passkey.unknown", "passkey.copied"; forbidden "account.no_grant".
Endpoint sign_in_passkey() {
  return direct<SignedIn>(Method::post, "/api/v1/session/passkey", "Sign in with a passkey", run);
}

}  // namespace doorstep::api
