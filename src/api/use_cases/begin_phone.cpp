/// \file Show the code that signs a phone in, at a desk that is signed in.

#include "access/secrets.h"
#include "api/phone_sign_in.h"
#include "api/reach.h"

namespace doorstep::api {
namespace {

struct Begun {
  std::string token;  ///< Shown this once; only its hash is kept.
  std::string url;    ///< What the phone opens.
  Instant ends_at{};

  void fields(auto& f) {
    f("token", token);
    f("url", url);
    f("ends_at", ends_at);
  }
};

Response run(Direct& direct, const Nothing&) {
  const std::string token = access::new_token(direct.rng);
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const auto way = tx.first("SELECT way FROM session WHERE token_hash = $1", {own.hash});
    if (way && way->text(0) == "phone") return Error{ErrorKind::conflict, "phone.from_phone"};
    if (reach_of(tx, direct.settings.public_url).mode == ReachMode::desk) {
      return Error{ErrorKind::conflict, "reach.desk"};
    }
    // One at a time, and none that is over.
    tx.run("DELETE FROM phone_sign_in WHERE account_id = $1 OR ends_at <= $2",
           {own.account, direct.now});
    const Begun begun{token, direct.settings.public_url + "/c/phone#" + token,
                      direct.now + phone_minutes};
    tx.run(
        "INSERT INTO phone_sign_in (token_hash, account_id, desk_hash, ends_at, device, number,"
        " tries) VALUES ($1, $2, $3, $4, '', 0, 0)",
        {phone_hash(direct, token), own.account, own.hash, begun.ends_at});
    tx.journal({own.community.value(), own.account.value(), "session.phone_begun",
                own.account.value(), "~"});
    return store::Answer{to_json(begun)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; conflict "phone.from_phone" (this session was itself opened so), "reach.desk".
Endpoint begin_phone() {
  return direct<Begun>(Method::post, "/api/v1/session/phone", "Show the code that signs a phone in",
                       run);
}

}  // namespace doorstep::api
