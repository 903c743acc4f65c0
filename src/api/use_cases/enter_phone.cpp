/// \file The phone asks whether the desk has typed its number, and is signed in once it has.

#include "access/secrets.h"
#include "api/enrolment.h"
#include "api/phone_sign_in.h"

namespace doorstep::api {
namespace {

struct EnterRequest {
  std::string claim;
  void fields(auto& f) { f("claim", claim); }
};

struct Entered {
  bool ok = false;  ///< Not yet.
  void fields(auto& f) { f("ok", ok); }
};

Response run(Direct& direct, const EnterRequest& request) {
  const std::string token = access::new_token(direct.rng);
  bool entered = false;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    entered = false;
    // Who was signed out at the desk in the meantime signs nobody in.
    const auto row = tx.first(
        "SELECT p.account_id, p.device, p.confirmed_at FROM phone_sign_in p JOIN session s"
        " ON s.token_hash = p.desk_hash AND s.ended_at IS NULL AND s.expires_at > $2"
        " WHERE p.claim_hash = $1 AND p.ends_at > $2 AND p.voided_at IS NULL",
        {phone_hash(direct, request.claim), direct.now});
    if (!row) return Error{ErrorKind::unauthenticated, "phone.unknown"};
    if (row->is_null(2)) return store::Answer{to_json(Entered{})};
    const std::string hash = access::token_hash(token, direct.store.pepper());
    TRY(access::create_session(tx, row->id<access::Account>(0), hash, direct.now));
    tx.run("UPDATE session SET way = 'phone', device = $2 WHERE token_hash = $1",
           {store::Bytes{hash}, row->text(1)});
    tx.run("UPDATE phone_sign_in SET claim_hash = NULL WHERE claim_hash = $1",
           {phone_hash(direct, request.claim)});
    entered = true;
    return store::Answer{};
  });
  return outcome.ok() && !entered ? answered(outcome) : signed_in(outcome, token);
}

}  // namespace

/// Errors: unauthenticated "phone.unknown"; forbidden "account.no_grant".
Endpoint enter_phone() {
  return direct<Entered>(Method::post, "/api/v1/session/phone/enter",
                         "A phone asks whether it is signed in", run);
}

}  // namespace doorstep::api
