/// \file End one's own sessions: one that is named, or all but this. What it held open is told within 30 seconds.

#include "api/sessions.h"
#include "base/bytes.h"

namespace doorstep::api {
namespace {

struct EndRequest {
  std::optional<std::string> id;  ///< None: all but the one that asks.
  void fields(auto& f) { f("id", id); }
};

struct Ended {
  std::int64_t ended = 0;
  void fields(auto& f) { f("ended", ended); }
};

Response run(Direct& direct, const EndRequest& request) {
  return answered(direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    const auto hash = request.id ? from_hex(*request.id) : std::optional(own.hash.data);
    if (!hash) return Error{ErrorKind::not_found, "session.unknown"};
    const Ended ended{tx.run(
        request.id ? "UPDATE session SET ended_at = $3 WHERE account_id = $1 AND token_hash = $2"
                     " AND ended_at IS NULL"
                   : "UPDATE session SET ended_at = $3 WHERE account_id = $1 AND token_hash <> $2"
                     " AND ended_at IS NULL AND expires_at > $3",
        {own.account, store::Bytes{*hash}, direct.now})};
    if (request.id && ended.ended == 0) return Error{ErrorKind::not_found, "session.unknown"};
    tx.journal(
        {own.community.value(), own.account.value(), "session.closed", own.account.value(), "~"});
    return store::Answer{to_json(ended)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none"; not_found "session.unknown" (also another's, or ended).
Endpoint end_sessions() {
  return direct<Ended>(Method::post, "/api/v1/sessions/end", "End one's own sessions", run);
}

}  // namespace doorstep::api
