#pragma once
/// \file Enrolment: from an invitation to a password and a confirmed one-time code. The first manager
/// and invited staff go the same way.

#include "access/accounts.h"
#include "api/endpoint.h"

namespace doorstep::api {

/// What an authenticator app needs; `qr` are rows of "0" and "1".
struct Enrolment {
  std::string login;
  std::string totp_secret;
  std::string totp_uri;
  std::vector<std::string> totp_qr;

  void fields(auto& f) {
    f("login", login);
    f("totp_secret", totp_secret);
    f("totp_uri", totp_uri);
    f("totp_qr", totp_qr);
  }
};

struct SignedIn {
  bool ok = true;
  void fields(auto& f) { f("ok", ok); }
};

struct ConfirmRequest {
  std::string token;
  std::string code;

  void fields(auto& f) {
    f("token", token);
    f("code", code);
  }
};

/// An invitation that may still be used. Errors: unauthenticated "invitation.unknown".
struct OpenInvitation {
  std::optional<Id<access::Account>> account = {};
  std::optional<Id<Community>> community = {};
};
Result<OpenInvitation> find_invitation(store::Snapshot& db, const std::string& token_hash,
                                       Instant now);

/// Errors: invalid "password.short" (fewer than 10 characters), "password.long".
Result<void> check_password(std::string_view password);

/// Sets the password (already hashed) and a fresh secret on an account that is not confirmed yet.
Enrolment enrol(store::Transaction& tx, Id<access::Account> account, std::string_view issuer,
                const std::string& password_hash, const std::string& secret);

/// Checks the first code, closes the invitation and signs in.
Response confirm(Direct& direct, const ConfirmRequest& request);

/// A fresh session as an answer with its cookie, or the problem.
Response signed_in(const store::Outcome& outcome, const std::string& token);

}  // namespace doorstep::api
