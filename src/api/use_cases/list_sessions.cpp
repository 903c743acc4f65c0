/// \file How one signs in: one's own sessions that are open, newest first, one's passkeys, and how many recovery codes are
/// left.

#include "access/recovery.h"
#include "api/passkey_rows.h"
#include "base/bytes.h"

namespace doorstep::api {
namespace {

struct SessionRow {
  std::string id;  ///< A hash: good for ending it and for nothing else.
  std::string way;
  std::string device;
  Instant created_at{};
  Instant expires_at{};
  bool current = false;
  bool pin = false;  ///< It sleeps when it is left alone.

  void fields(auto& f) {
    f("id", id);
    f("way", way);
    f("device", device);
    f("created_at", created_at);
    f("expires_at", expires_at);
    f("current", current);
    f("pin", pin);
  }
};

struct PasskeyRow {
  Id<Passkey> id;
  std::string device;
  Instant created_at{};
  std::optional<Instant> last_used_at;

  void fields(auto& f) {
    f("id", id);
    f("device", device);
    f("created_at", created_at);
    f("last_used_at", last_used_at);
  }
};

struct Answer {
  std::int64_t recovery_left = 0;
  bool passkeys_work = false;  ///< The address has a name, and HTTPS.
  std::vector<PasskeyRow> passkeys;
  std::vector<SessionRow> rows;

  void fields(auto& f) {
    f("recovery_left", recovery_left);
    f("passkeys_work", passkeys_work);
    f("passkeys", passkeys);
    f("rows", rows);
  }
};

Response run(Direct& direct, const Nothing&) {
  return answered(direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    const OwnSession own = TRY(own_session(db, direct));
    Answer answer{access::recovery_left(db, own.account), passkey_origin(direct).ok(), {}, {}};
    for (const store::Row& row :
         db.query("SELECT id, device, created_at, last_used_at FROM passkey WHERE account_id = $1"
                  " AND removed_at IS NULL ORDER BY id",
                  {own.account})) {
      answer.passkeys.push_back(
          {row.id<Passkey>(0), row.text(1), row.instant(2), row.maybe_instant(3)});
    }
    for (const store::Row& row :
         db.query("SELECT token_hash, way, device, created_at, expires_at, pin_hash FROM session"
                  " WHERE account_id = $1 AND expires_at > $2 AND ended_at IS NULL"
                  " ORDER BY created_at DESC, token_hash LIMIT 50",
                  {own.account, direct.now})) {
      answer.rows.push_back({to_hex(row.bytes(0)), row.text(1), row.text(2), row.instant(3),
                             row.instant(4), row.bytes(0) == own.hash.data, !row.is_null(5)});
    }
    return store::Answer{to_json(answer)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none".
Endpoint list_sessions() {
  Endpoint made = direct<Answer>(Method::get, "/api/v1/sessions", "One's own open sessions", run);
  return made;
}

}  // namespace doorstep::api
