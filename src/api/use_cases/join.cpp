/// \file Join: an invited worker chooses a password and gets the secret for one-time codes.

#include "access/secrets.h"
#include "api/enrolment.h"

namespace doorstep::api {
namespace {

struct JoinRequest {
  std::string token;
  std::string password;

  void fields(auto& f) {
    f("token", token);
    f("password", password);
  }
};

Response run(Direct& direct, const JoinRequest& request) {
  if (const auto checked = check_password(request.password); !checked.ok()) {
    return problem(checked.error());
  }
  const std::string hash = access::hash_password(request.password);
  const std::string secret = access::new_totp_secret(direct.rng);
  const std::string invitation = access::token_hash(request.token, direct.store.pepper());
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OpenInvitation open = TRY(find_invitation(tx, invitation, direct.now));
    if (!open.account || !open.community) {
      return Error{ErrorKind::unauthenticated, "invitation.unknown"};
    }
    const auto row = tx.first("SELECT name FROM community WHERE id = $1", {*open.community});
    tx.journal({open.community->value(), open.account->value(), "account.joined",
                open.account->value(), "~"});
    return store::Answer{to_json(enrol(tx, *open.account, row->text(0), hash, secret))};
  });
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

Endpoint join() {
  return direct<Enrolment>(Method::post, "/api/v1/join", "Choose a password after an invitation",
                           run);
}

}  // namespace doorstep::api
