/// \file A phone opens the code of a desk, and gets the number that somebody there has to type. The second who opens it
/// voids it: one of the two is not who the desk means.

#include "access/secrets.h"
#include "api/phone_sign_in.h"

namespace doorstep::api {
namespace {

struct ClaimRequest {
  std::string token;
  std::optional<std::string> device;
  void fields(auto& f) {
    f("token", token);
    f("device", device);
  }
};

struct Claimed {
  std::string claim;  ///< What this device asks with whether it is signed in.
  std::int64_t number = 0;
  void fields(auto& f) {
    f("claim", claim);
    f("number", number);
  }
};

Response run(Direct& direct, const ClaimRequest& request) {
  const Claimed made{access::new_token(direct.rng),
                     static_cast<std::int64_t>(100 + direct.rng.next() % 900)};
  bool twice = false;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const PhoneRow row = TRY(live_phone(tx, direct, request.token));
    // Kept, and so answered as a success here: a refusal would take it back.
    twice = row.claimed;
    if (twice) {
      void_phone(tx, direct, row);
      return store::Answer{};
    }
    tx.run(
        "UPDATE phone_sign_in SET claim_hash = $2, device = $3, number = $4"
        " WHERE token_hash = $1",
        {row.token, phone_hash(direct, made.claim), device_label(request.device.value_or("")),
         made.number});
    tx.journal({0, row.account.value(), "session.phone_claimed", row.account.value(), "~"});
    return store::Answer{to_json(made)};
  });
  if (outcome.ok() && twice) return problem({ErrorKind::conflict, "phone.twice"});
  return answered(outcome);
}

}  // namespace

/// Errors: unauthenticated "phone.unknown"; conflict "phone.twice" (another device has opened it; now it is void).
Endpoint claim_phone() {
  return direct<Claimed>(Method::post, "/api/v1/session/phone/claim",
                         "A phone opens the code of a desk", run);
}

}  // namespace doorstep::api
