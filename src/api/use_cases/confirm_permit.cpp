/// \file Sign in again for a file with names (N14).

#include "access/accounts.h"
#include "api/credentials.h"
#include "api/export_file.h"

namespace doorstep::api {
namespace {

struct Request {
  Id<ExportPermit> permit;
  std::string password;
  std::optional<std::string> code;
  void fields(auto& f) {
    f("permit", permit);
    f("password", password);
    f("code", code);
  }
};

struct Confirmed {
  Instant until{};
  void fields(auto& f) { f("until", until); }
};

struct Session {
  access::Actor actor = {};
  std::string login = {};
};

Result<Session> session_of(Direct& direct) {
  Session found;
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    found.actor =
        TRY(access::find_by_session(db, direct.store.pepper(), direct.request.session, direct.now))
            .actor;
    const auto row = db.first("SELECT login FROM account WHERE id = $1", {found.actor.id});
    found.login = row->text(0);
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return found;
}

/// Wrong here does not end the session that asks.
Error within(Error error) {
  if (error.kind == ErrorKind::unauthenticated) error.kind = ErrorKind::forbidden;
  return error;
}

/// Errors: unauthenticated "session.none"; forbidden "session.wrong", "export.permit"; rate_limited "session.locked".
Response run(Direct& direct, const Request& request) {
  const auto session = session_of(direct);
  if (!session.ok()) return problem(session.error());
  const auto proven = prove(direct, {session->login, request.password, request.code});
  if (!proven.ok()) return problem(within(proven.error()));
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    TRY(use_code(tx, *proven, direct.now));
    const auto confirmed = tx.run(
        "UPDATE export_permit SET confirmed_at = $4 WHERE community_id = $1 AND id = $2"
        " AND account_id = $3 AND confirmed_at IS NULL",
        {session->actor.community, request.permit, session->actor.id, direct.now});
    if (confirmed == 0) return Error{ErrorKind::forbidden, "export.permit"};
    tx.journal({session->actor.community.value(), session->actor.id, "export.permit_confirmed",
                request.permit.value(), "~"});
    return store::Answer{to_json(Confirmed{direct.now + permit_length})};
  });
  if (!outcome.ok()) return problem(within(outcome.error()));
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

Endpoint confirm_permit() {
  return direct<Confirmed>(Method::post, "/api/v1/exports/permits/confirm",
                           "Sign in again for a file with names", run);
}

}  // namespace doorstep::api
