#include "api/passkey_rows.h"

#include "api/reach.h"
#include "base/bytes.h"

namespace doorstep::api {
namespace {

store::Bytes hashed(const Direct& direct, const std::string& challenge) {
  return {blake2b("passkey:" + challenge, direct.store.pepper())};
}

}  // namespace

Result<std::string> passkey_origin(const Direct& direct) {
  const std::string origin = origin_of(direct.settings.public_url);
  if (passkey_domain(origin).empty()) return Error{ErrorKind::conflict, "passkey.no_domain"};
  return origin;
}

std::string ask_challenge(store::Transaction& tx, const Direct& direct, const std::string& bytes,
                          std::optional<Id<access::Account>> account) {
  tx.run("DELETE FROM passkey_challenge WHERE ends_at <= $1", {direct.now});
  tx.run("INSERT INTO passkey_challenge (challenge_hash, account_id, ends_at) VALUES ($1, $2, $3)",
         {hashed(direct, bytes), account, direct.now + passkey_minutes});
  return to_base64url(bytes);
}

Result<Ceremony> take_challenge(store::Transaction& tx, const Direct& direct,
                                const std::string& challenge,
                                std::optional<Id<access::Account>> account) {
  Ceremony ceremony;
  ceremony.origin = TRY(passkey_origin(direct));
  ceremony.challenge = TRY(from_base64url(challenge));
  ceremony.registering = account.has_value();
  const auto taken = tx.run(
      "DELETE FROM passkey_challenge WHERE challenge_hash = $1 AND ends_at > $2"
      " AND coalesce(account_id, 0) = $3",
      {hashed(direct, ceremony.challenge), direct.now, account ? account->value() : 0});
  if (taken == 0) return Error{ErrorKind::invalid, "passkey.expired"};
  return ceremony;
}

}  // namespace doorstep::api
