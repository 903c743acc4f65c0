/// \file Ten codes for the day on which the authenticator is lost: shown once, each good once. The password is asked again,
/// since a desk that was left open is not its owner.

#include "access/recovery.h"
#include "api/credentials.h"
#include "api/sessions.h"

namespace doorstep::api {
namespace {

struct MakeRequest {
  std::string password;
  void fields(auto& f) { f("password", password); }
};

struct Made {
  std::vector<std::string> codes;
  void fields(auto& f) { f("codes", codes); }
};

Response run(Direct& direct, const MakeRequest& request) {
  Id<access::Account> account{};
  const auto known = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    account = TRY(own_session(db, direct)).account;
    return store::Answer{};
  });
  if (!known.ok()) return problem(known.error());
  const auto proven = prove_password(direct, account, request.password);
  if (!proven.ok()) return problem(proven.error());
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const Made made{
        access::new_recovery_codes(tx, direct.rng, own.account, direct.store.pepper(), direct.now)};
    tx.journal({own.community.value(), own.account.value(), "account.recovery_codes",
                own.account.value(), "~"});
    return store::Answer{to_json(made)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; invalid "session.wrong_password"; rate_limited "session.locked".
Endpoint make_recovery_codes() {
  return direct<Made>(Method::post, "/api/v1/recovery-codes", "Make codes for a lost authenticator",
                      run);
}

}  // namespace doorstep::api
