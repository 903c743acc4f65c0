#include "api/credentials.h"

#include "access/accounts.h"
#include "access/recovery.h"
#include "access/secrets.h"
#include "base/text.h"

namespace doorstep::api {
namespace {

constexpr std::int64_t failures_max = 5;
constexpr std::chrono::minutes lock_window{15};

struct Candidate {
  Id<access::Account> account{};
  std::string password_hash = access::no_password();
  std::string secret;
  bool confirmed = false;
  bool demo = false;
  std::optional<store::Bytes> recovery = {};  ///< The code is a recovery code that is still good.
};

Candidate look_up(Direct& direct, const std::string& login, const std::string& code) {
  Candidate found;
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
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
    const auto recovery = access::recovery_hash(code, direct.store.pepper());
    if (recovery && db.first("SELECT 1 FROM recovery_code WHERE account_id = $1 AND code_hash = $2"
                             " AND used_at IS NULL",
                             {found.account, *recovery})) {
      found.recovery = recovery;
    }
    return store::Answer{};
  });
  if (!outcome.ok()) throw store::Failure(outcome.error().code, "sign-in could not read");
  return found;
}

/// Counts the try before it is looked at, so that many at once are no more than five. Errors: rate_limited
/// "session.locked".
Result<std::int64_t> take_try(Direct& direct, const store::Bytes& login_hash) {
  IdSource ids(direct.rng);
  const std::int64_t id = ids.next(direct.now);
  const auto kept = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("DELETE FROM sign_in_failure WHERE at < $1", {direct.now - lock_window});
    const auto failures =
        tx.first("SELECT count(*) FROM sign_in_failure WHERE login_hash = $1 AND at > $2",
                 {login_hash, direct.now - lock_window});
    if (failures->integer(0) >= failures_max) {
      return Error{ErrorKind::rate_limited, "session.locked"};
    }
    tx.run("INSERT INTO sign_in_failure (login_hash, at, id) VALUES ($1, $2, $3)",
           {login_hash, direct.now, id});
    return store::Answer{};
  });
  if (!kept.ok()) return kept.error();
  return id;
}

/// The try was a right one, or stays as the failure that locks.
Result<void> settle(Direct& direct, const store::Bytes& login_hash, std::int64_t taken,
                    bool right) {
  const auto kept = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    if (right) {
      tx.run("DELETE FROM sign_in_failure WHERE login_hash = $1 AND id = $2", {login_hash, taken});
    } else {
      tx.journal({0, 0, "session.refused", 0, "~"});
    }
    return store::Answer{};
  });
  if (!kept.ok()) return kept.error();
  if (!right) return Error{ErrorKind::unauthenticated, "session.wrong"};
  return {};
}

}  // namespace

Result<Proven> prove(Direct& direct, const Credentials& credentials) {
  const std::string login = text::fold(credentials.login);
  const store::Bytes login_hash{access::token_hash("login:" + login, direct.store.pepper())};
  const std::int64_t taken = TRY(take_try(direct, login_hash));
  const Candidate candidate = look_up(direct, login, credentials.code.value_or(""));
  const bool known = access::password_matches(credentials.password, candidate.password_hash);
  const bool code_waived = candidate.demo && direct.settings.demo;
  const std::int64_t step =
      code_waived ? 0
                  : access::totp_step(candidate.secret, credentials.code.value_or(""), direct.now);
  const bool by_code = code_waived || (step >= 0 && candidate.confirmed);
  TRY(settle(direct, login_hash, taken, known && (by_code || candidate.recovery)));
  Proven proven{candidate.account, step, code_waived};
  if (!by_code) proven.recovery = candidate.recovery;
  return proven;
}

Result<void> prove_password(Direct& direct, Id<access::Account> account,
                            std::string_view password) {
  std::string login;
  std::string kept;
  const auto read = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    const auto row = db.first("SELECT login, password_hash FROM account WHERE id = $1", {account});
    if (!row) return Error{ErrorKind::unauthenticated, "session.none"};
    login = row->text(0);
    kept = row->maybe_text(1).value_or(access::no_password());
    return store::Answer{};
  });
  if (!read.ok()) return read.error();
  const store::Bytes login_hash{access::token_hash("login:" + login, direct.store.pepper())};
  const std::int64_t taken = TRY(take_try(direct, login_hash));
  const bool right = access::password_matches(password, kept);
  if (settle(direct, login_hash, taken, right).ok()) return {};
  return Error{ErrorKind::invalid, "session.wrong_password"};
}

Result<void> use_code(store::Transaction& tx, const Proven& proven, Instant now) {
  // A code is good once: a recovery code, or a step later than the last one used.
  const auto moved =
      proven.recovery
          ? tx.run(
                "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2"
                " AND used_at IS NULL",
                {proven.account, *proven.recovery, now})
          : tx.run(
                "UPDATE account SET totp_last_step = $2 WHERE id = $1"
                " AND ($3 OR totp_last_step < $2)",
                {proven.account, proven.step, proven.code_waived});
  if (moved == 0) return Error{ErrorKind::unauthenticated, "session.wrong"};
  return {};
}

}  // namespace doorstep::api
