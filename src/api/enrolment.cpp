#include "api/enrolment.h"

#include "access/secrets.h"
#include "base/qr.h"
#include "base/text.h"

namespace doorstep::api {
namespace {

constexpr std::size_t password_min = 10;
constexpr std::size_t password_max = 200;

std::string uri_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_') {
      out += c;
    } else {
      out += '%';
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  return out;
}

}  // namespace

Result<OpenInvitation> find_invitation(store::Snapshot& db, const std::string& token_hash,
                                       Instant now) {
  const auto row = db.first(
      "SELECT account_id, community_id FROM invitation WHERE token_hash = $1 AND used_at IS NULL"
      " AND expires_at > $2",
      {store::Bytes{token_hash}, now});
  if (!row) return Error{ErrorKind::unauthenticated, "invitation.unknown"};
  return OpenInvitation{row->maybe_id<access::Account>(0), row->maybe_id<Community>(1)};
}

Result<void> check_password(std::string_view password) {
  if (!text::valid_utf8(password) || text::length(password) < password_min) {
    return Error{ErrorKind::invalid, "password.short"};
  }
  if (password.size() > password_max) return Error{ErrorKind::invalid, "password.long"};
  return {};
}

Enrolment enrol(store::Transaction& tx, Id<access::Account> account, std::string_view issuer,
                const std::string& password_hash, const std::string& secret) {
  tx.post(
      "UPDATE account SET password_hash = $2, totp_secret = $3 WHERE id = $1"
      " AND totp_confirmed = FALSE",
      {account, password_hash, secret});
  const auto row = tx.first("SELECT login FROM account WHERE id = $1", {account});
  Enrolment made;
  made.login = row->text(0);
  made.totp_secret = secret;
  made.totp_uri = "otpauth://totp/" + uri_encoded(issuer) + ":" + uri_encoded(made.login) +
                  "?secret=" + secret + "&issuer=" + uri_encoded(issuer);
  made.totp_qr = qr_rows(made.totp_uri);
  return made;
}

Response signed_in(const store::Outcome& outcome, const std::string& token) {
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = to_json(SignedIn{});
  response.cookie = Response::Cookie::set;
  response.session = token;
  return response;
}

Response confirm(Direct& direct, const ConfirmRequest& request) {
  const std::string invitation = access::token_hash(request.token, direct.store.pepper());
  const std::string token = access::new_token(direct.rng);
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OpenInvitation open = TRY(find_invitation(tx, invitation, direct.now));
    if (!open.account) return Error{ErrorKind::conflict, "invitation.no_password_yet"};
    const auto row = tx.first("SELECT totp_secret FROM account WHERE id = $1", {*open.account});
    if (!row || row->is_null(0)) return Error{ErrorKind::conflict, "invitation.no_password_yet"};
    const std::int64_t step = access::totp_step(row->text(0), request.code, direct.now);
    if (step < 0) return Error{ErrorKind::unauthenticated, "session.wrong_code"};
    tx.post("UPDATE account SET totp_confirmed = TRUE, totp_last_step = $2 WHERE id = $1",
            {*open.account, step});
    tx.post("UPDATE invitation SET used_at = $2 WHERE token_hash = $1",
            {store::Bytes{invitation}, direct.now});
    TRY(access::create_session(tx, *open.account, access::token_hash(token, direct.store.pepper()),
                               direct.now));
    return store::Answer{};
  });
  return signed_in(outcome, token);
}

}  // namespace doorstep::api
