/// \file Sign in with password and one-time code. After five failures within 15 minutes the login is
/// locked for the rest of them, whether it exists or not, and an unknown login takes as long.

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/enrolment.h"
#include "base/text.h"

namespace doorstep::api {
namespace {

constexpr std::int64_t failures_max = 5;
constexpr std::chrono::minutes lock_window{15};

struct SignInRequest {
  std::string login;
  std::string password;
  std::optional<std::string> code;

  void fields(auto& f) {
    f("login", login);
    f("password", password);
    f("code", code);
  }
};

struct Candidate {
  Id<access::Account> account{};
  std::string password_hash = access::no_password();
  std::string secret;
  bool confirmed = false;
  bool demo = false;
  bool locked = false;
};

Candidate look_up(Direct& direct, const std::string& login, const store::Bytes& login_hash) {
  Candidate found;
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    const auto failures =
        db.first("SELECT count(*) FROM sign_in_failure WHERE login_hash = $1 AND at > $2",
                 {login_hash, direct.now - lock_window});
    found.locked = failures->integer(0) >= failures_max;
    const auto row = db.first(
        "SELECT id, password_hash, totp_secret, totp_confirmed, demo FROM account"
        " WHERE login = $1 AND closed_at IS NULL",
        {login});
    if (!row || row->is_null(1)) return store::Answer{};
    found.account = row->id<access::Account>(0);
    found.password_hash = row->text(1);
    found.secret = row->maybe_text(2).value_or("");
    found.confirmed = row->boolean(3);
    found.demo = row->boolean(4);
    return store::Answer{};
  });
  if (!outcome.ok()) throw store::Failure(outcome.error().code, "sign-in could not read");
  return found;
}

/// Refuses and remembers the failure; the count is what locks.
Response refuse(Direct& direct, const store::Bytes& login_hash) {
  const auto kept = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    IdSource ids(direct.rng);
    tx.post("DELETE FROM sign_in_failure WHERE at < $1", {direct.now - lock_window});
    tx.post("INSERT INTO sign_in_failure (login_hash, at, id) VALUES ($1, $2, $3)",
            {login_hash, direct.now, ids.next(direct.now)});
    tx.journal({0, 0, "session.refused", 0, "~"});
    return store::Answer{};
  });
  return problem(kept.ok() ? Error{ErrorKind::unauthenticated, "session.wrong"} : kept.error());
}

Response run(Direct& direct, const SignInRequest& request) {
  const std::string login = text::fold(request.login);
  const store::Bytes login_hash{access::token_hash("login:" + login, direct.store.pepper())};
  const Candidate candidate = look_up(direct, login, login_hash);
  if (candidate.locked) return problem({ErrorKind::rate_limited, "session.locked"});
  const bool known = access::password_matches(request.password, candidate.password_hash);
  const bool code_waived = candidate.demo && direct.settings.demo;
  const std::int64_t step =
      code_waived ? 0 : access::totp_step(candidate.secret, request.code.value_or(""), direct.now);
  if (!known || (!code_waived && (step < 0 || !candidate.confirmed))) {
    return refuse(direct, login_hash);
  }
  const std::string token = access::new_token(direct.rng);
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    // A code is good once: its step must be later than the last one used.
    const auto moved = tx.run(
        "UPDATE account SET totp_last_step = $2 WHERE id = $1 AND ($3 OR totp_last_step < $2)",
        {candidate.account, step, code_waived});
    if (moved == 0) return Error{ErrorKind::unauthenticated, "session.wrong"};
    TRY(access::create_session(tx, candidate.account,
                               access::token_hash(token, direct.store.pepper()), direct.now));
    return store::Answer{};
  });
  return signed_in(outcome, token);
}

}  // namespace

Endpoint sign_in() {
  return direct<SignedIn>(Method::post, "/api/v1/session", "Sign in", run);
}

}  // namespace doorstep::api
