/// \file What a browser is asked that signs in with a passkey.

#include "api/passkey_rows.h"

namespace doorstep::api {
namespace {

struct Asked {
  std::string challenge;
  std::string domain;

  void fields(auto& f) {
    f("challenge", challenge);
    f("domain", domain);
  }
};

Response run(Direct& direct, const Nothing&) {
  const std::string bytes = direct.rng.bytes(32);
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    Asked asked;
    const std::string origin = TRY(passkey_origin(direct));
    asked.domain = passkey_domain(origin);
    asked.challenge = ask_challenge(tx, direct, bytes, std::nullopt);
    tx.journal({0, 0, "passkey.asked", 0, "~"});
    return store::Answer{to_json(asked)};
  }));
}

}  // namespace

/// Errors: conflict "passkey.no_domain".
Endpoint ask_passkey() {
  return direct<Asked>(Method::post, "/api/v1/session/passkey/begin",
                       "What a browser is asked that signs in with a passkey", run);
}

}  // namespace doorstep::api
