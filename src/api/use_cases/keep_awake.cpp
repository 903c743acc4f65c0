/// \file Somebody touches the device: a session with a PIN stays awake. Or puts it away: then it sleeps at once. What a page
/// asks by itself keeps nothing awake.

#include "api/enrolment.h"
#include "api/sessions.h"

namespace doorstep::api {
namespace {

struct AwakeRequest {
  bool awake = true;
  void fields(auto& f) { f("awake", awake); }
};

Response run(Direct& direct, const AwakeRequest& request) {
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    // Without a PIN nothing sleeps.
    tx.run(
        "UPDATE session SET awake_until = CASE WHEN $3 THEN $2 + pin_ms ELSE $2 END"
        " WHERE token_hash = $1 AND pin_hash IS NOT NULL",
        {own.hash, direct.now, request.awake});
    return store::Answer{to_json(SignedIn{})};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none", "session.pin".
Endpoint keep_awake() {
  return direct<SignedIn>(Method::post, "/api/v1/session/awake",
                          "A session with a PIN stays awake, or sleeps", run);
}

}  // namespace doorstep::api
