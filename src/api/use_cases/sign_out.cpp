/// \file Sign out: the session ends at once, in every window.

#include "access/secrets.h"
#include "api/enrolment.h"

namespace doorstep::api {
namespace {

Response run(Direct& direct, const Nothing&) {
  const store::Bytes hash{access::token_hash(direct.request.session, direct.store.pepper())};
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const auto row = tx.first(
        "SELECT account_id, community_id FROM session WHERE token_hash = $1 AND ended_at IS NULL",
        {hash});
    if (!row) return store::Answer{};
    tx.post("UPDATE session SET ended_at = $2 WHERE token_hash = $1", {hash, direct.now});
    tx.journal({row->integer(1), row->integer(0), "session.closed", row->integer(0), "~"});
    return store::Answer{};
  });
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = to_json(SignedIn{});
  response.cookie = Response::Cookie::clear;
  return response;
}

}  // namespace

Endpoint sign_out() {
  return direct<SignedIn>(Method::remove, "/api/v1/session", "Sign out", run);
}

}  // namespace doorstep::api
