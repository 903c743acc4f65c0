/// \file Begin to add a passkey of one's own: what the browser is to be asked.

#include "api/passkey_rows.h"

namespace doorstep::api {
namespace {

struct Begun {
  std::string challenge;
  std::string domain;
  std::string user;  ///< base64url of the account's id: what the device keeps with the key.
  std::string login;
  std::string name;
  std::vector<std::string> known;  ///< Credentials that are there already.

  void fields(auto& f) {
    f("challenge", challenge);
    f("domain", domain);
    f("user", user);
    f("login", login);
    f("name", name);
    f("known", known);
  }
};

Response run(Direct& direct, const Nothing&) {
  const std::string bytes = direct.rng.bytes(32);
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    Begun begun;
    const std::string origin = TRY(passkey_origin(direct));
    begun.domain = passkey_domain(origin);
    const auto row = tx.first("SELECT login, name FROM account WHERE id = $1", {own.account});
    begun.login = row->text(0);
    begun.name = row->text(1);
    begun.user = to_base64url(to_text(own.account));
    for (const store::Row& one :
         tx.query("SELECT credential FROM passkey WHERE account_id = $1 AND removed_at IS NULL",
                  {own.account})) {
      begun.known.push_back(to_base64url(one.bytes(0)));
    }
    if (std::cmp_greater_equal(begun.known.size(), passkeys_max)) {
      return Error{ErrorKind::conflict, "passkey.too_many"};
    }
    begun.challenge = ask_challenge(tx, direct, bytes, own.account);
    tx.journal(
        {own.community.value(), own.account.value(), "passkey.begun", own.account.value(), "~"});
    return store::Answer{to_json(begun)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; conflict "passkey.no_domain", "passkey.too_many" (10).
Endpoint begin_passkey() {
  return direct<Begun>(Method::post, "/api/v1/passkeys/begin", "Begin to add a passkey", run);
}

}  // namespace doorstep::api
