/// \file Set the PIN of this session, or take it away.

#include "access/secrets.h"
#include "api/enrolment.h"
#include "api/pin.h"

namespace doorstep::api {
namespace {

constexpr std::int64_t minutes_max = 60;

struct PinRequest {
  std::optional<std::string> pin;       ///< None: it is taken away.
  std::optional<std::int64_t> minutes;  ///< How long it stays awake without a touch, 1 to 60.
  void fields(auto& f) {
    f("pin", pin);
    f("minutes", minutes);
  }
};

Response run(Direct& direct, const PinRequest& request) {
  const std::int64_t minutes = request.minutes.value_or(5);
  if (minutes < 1 || minutes > minutes_max) {
    return problem({ErrorKind::invalid, "pin.minutes"});
  }
  const store::Bytes session{access::token_hash(direct.request.session, direct.store.pepper())};
  std::optional<std::string> hash;
  if (request.pin) {
    if (const auto checked = check_pin(*request.pin); !checked.ok()) {
      return problem(checked.error());
    }
    hash = access::hash_password(pin_secret(session, *request.pin, direct.store.pepper()));
  }
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const std::chrono::minutes lasts{minutes};
    if (hash) {
      tx.run(
          "UPDATE session SET pin_hash = $2, pin_ms = $3, pin_tries = 0, awake_until = $4"
          " WHERE token_hash = $1",
          {own.hash, *hash, std::chrono::milliseconds(lasts).count(), direct.now + lasts});
    } else {
      tx.run(
          "UPDATE session SET pin_hash = NULL, pin_ms = NULL, awake_until = NULL"
          " WHERE token_hash = $1",
          {own.hash});
    }
    tx.journal({own.community.value(), own.account.value(),
                hash ? "session.pin_set" : "session.pin_removed", own.account.value(), "~"});
    return store::Answer{to_json(SignedIn{})};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; invalid "pin.digits", "pin.weak", "pin.minutes".
Endpoint set_pin() {
  return direct<SignedIn>(Method::post, "/api/v1/session/pin", "Set the PIN of this session", run);
}

}  // namespace doorstep::api
