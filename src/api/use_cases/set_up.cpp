/// \file Set the installation up: the first community and its manager, with the one-time link that
/// the server printed at its first start. May be repeated until the first code is confirmed.

#include "access/secrets.h"
#include "api/enrolment.h"
#include "api/reach.h"
#include "base/embedded.h"

namespace doorstep::api {
namespace {

struct SetUpRequest {
  std::string token;
  std::string community_name;
  std::optional<std::string> zone;
  Private<std::string> name;
  std::string login;
  std::string password;
  std::optional<ReachMode> reach;  ///< How people will reach the house (N1).

  void fields(auto& f) {
    f("token", token);
    f("community_name", community_name);
    f("zone", zone);
    f("name", name);
    f("login", login);
    f("password", password);
    f("reach", reach);
  }
};

store::Outcome set_up_in(store::Transaction& tx, Direct& direct, const SetUpRequest& request,
                         const std::string& hash, const std::string& secret) {
  const std::string invitation = access::token_hash(request.token, direct.store.pepper());
  const OpenInvitation open = TRY(find_invitation(tx, invitation, direct.now));
  if (request.reach) declare_reach(tx, 0, 0, direct.now, *request.reach);
  if (open.account) {  // The page was reloaded before the code was confirmed: a fresh secret.
    return store::Answer{to_json(enrol(tx, *open.account, request.community_name, hash, secret))};
  }
  // Each start of the server printed a link; when one was used to the end, the others are void.
  if (tx.first("SELECT id FROM account WHERE totp_confirmed = TRUE OR demo = TRUE LIMIT 1")) {
    return Error{ErrorKind::conflict, "setup.done"};
  }
  IdSource ids(direct.rng);
  const auto community = TRY(access::create_community(tx, ids, direct.now, request.community_name,
                                                      request.zone.value_or("Asia/Shanghai"),
                                                      embedded("rules/area-fumin.toml")));
  const auto account =
      TRY(access::create_account(tx, ids, direct.now, {request.login, request.name}));
  access::create_grant(tx, ids, direct.now, community, account, access::Role::manager, std::nullopt,
                       "", direct.now, std::nullopt, account.value());
  tx.post("UPDATE invitation SET account_id = $2, community_id = $3 WHERE token_hash = $1",
          {store::Bytes{invitation}, account, community});
  tx.journal({community.value(), account.value(), "account.created", account.value(), "~"});
  return store::Answer{to_json(enrol(tx, account, request.community_name, hash, secret))};
}

Response run(Direct& direct, const SetUpRequest& request) {
  if (const auto checked = check_password(request.password); !checked.ok()) {
    return problem(checked.error());
  }
  const std::string hash = access::hash_password(request.password);
  const std::string secret = access::new_totp_secret(direct.rng);
  const auto outcome = direct.store.write_now(
      [&](store::Transaction& tx) { return set_up_in(tx, direct, request, hash, secret); });
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

Endpoint set_up() {
  return direct<Enrolment>(Method::post, "/api/v1/setup", "Set up the first community", run);
}

}  // namespace doorstep::api
