/// \file Wake a session by its PIN. Each try is taken before it is looked at, so that many at once are no more than five.

#include "access/secrets.h"
#include "api/pin.h"

namespace doorstep::api {
namespace {

struct UnlockRequest {
  std::string pin;
  void fields(auto& f) { f("pin", pin); }
};

struct Unlocked {
  std::int64_t minutes = 0;  ///< How long it stays awake without a touch.
  void fields(auto& f) { f("minutes", minutes); }
};

struct Try {
  std::string hash = {};
  std::int64_t lasts_ms = 0;
  std::int64_t number = 0;  ///< From 1.
  std::int64_t community = 0;
  std::int64_t account = 0;
};

void end_session(store::Transaction& tx, const Direct& direct, const store::Bytes& session,
                 const Try& taken) {
  tx.run("UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL",
         {session, direct.now});
  tx.journal({taken.community, taken.account, "session.closed", taken.account, "~"});
}

/// One of the five. Errors: unauthenticated "session.none".
Result<Try> take_try(Direct& direct, const store::Bytes& session) {
  Try taken;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const auto row = tx.first(
        "SELECT s.pin_hash, s.pin_ms, s.pin_tries, s.community_id, s.account_id FROM session s"
        " JOIN account a ON a.id = s.account_id AND a.closed_at IS NULL WHERE s.token_hash = $1"
        " AND s.expires_at > $2 AND s.ended_at IS NULL AND s.pin_hash IS NOT NULL",
        {session, direct.now});
    if (!row || row->integer(2) >= pin_tries_max) {
      return Error{ErrorKind::unauthenticated, "session.none"};
    }
    taken = {row->text(0), row->integer(1), row->integer(2) + 1, row->integer(3), row->integer(4)};
    tx.run("UPDATE session SET pin_tries = pin_tries + 1 WHERE token_hash = $1", {session});
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return taken;
}

Response run(Direct& direct, const UnlockRequest& request) {
  const store::Bytes session{access::token_hash(direct.request.session, direct.store.pepper())};
  const auto taken = take_try(direct, session);
  if (!taken.ok()) return problem(taken.error());
  const bool right = access::password_matches(
      pin_secret(session, request.pin, direct.store.pepper()), taken->hash);
  const bool last = taken->number >= pin_tries_max;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    if (right) {
      tx.run(
          "UPDATE session SET pin_tries = 0, awake_until = $2 + pin_ms WHERE token_hash = $1"
          " AND ended_at IS NULL",
          {session, direct.now});
      tx.journal({taken->community, taken->account, "session.unlocked", taken->account, "~"});
    } else if (last) {
      end_session(tx, direct, session, *taken);
    } else {
      tx.journal({taken->community, taken->account, "session.refused", taken->account, "~"});
    }
    return store::Answer{to_json(Unlocked{taken->lasts_ms / 60'000})};
  });
  if (right || !outcome.ok()) return answered(outcome);
  if (last) return problem({ErrorKind::unauthenticated, "session.none"});
  return problem({ErrorKind::invalid, "pin.wrong"});
}

}  // namespace

/// Errors: invalid "pin.wrong"; unauthenticated "session.none" (none, one without a PIN, or the fifth wrong one ended it).
Endpoint unlock_session() {
  return direct<Unlocked>(Method::post, "/api/v1/session/unlock", "Wake a session by its PIN", run);
}

}  // namespace doorstep::api
