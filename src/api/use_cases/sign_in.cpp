/// \file Sign in with password and one-time code, or a recovery code in its place (credentials.h).

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/credentials.h"
#include "api/enrolment.h"
#include "api/sessions.h"

namespace doorstep::api {
namespace {

struct SignInRequest {
  std::string login;
  std::string password;
  std::optional<std::string> code;
  std::optional<std::string> device;  ///< What the browser says of itself.

  void fields(auto& f) {
    f("login", login);
    f("password", password);
    f("code", code);
    f("device", device);
  }
};

Response run(Direct& direct, const SignInRequest& request) {
  const auto proven = prove(direct, {request.login, request.password, request.code});
  if (!proven.ok()) return problem(proven.error());
  const std::string token = access::new_token(direct.rng);
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    TRY(use_code(tx, *proven, direct.now));
    const std::string hash = access::token_hash(token, direct.store.pepper());
    TRY(access::create_session(tx, proven->account, hash, direct.now));
    describe_session(tx, hash, proven->recovery ? "recovery" : "password",
                     request.device.value_or(""));
    return store::Answer{};
  });
  return signed_in(outcome, token);
}

}  // namespace

Endpoint sign_in() {
  return direct<SignedIn>(Method::post, "/api/v1/session", "Sign in", run);
}

}  // namespace doorstep::api
