/// \file Both ends of a proof speak here with the same code: the desk that shows it, so that the server knows it again,
/// and the device that opened it. That one must be another (judge_proof). Nothing is proved by a GET: previews of chat
/// apps open addresses too.

#include "access/secrets.h"
#include "api/reach.h"
#include "base/bytes.h"
#include "base/own_address.h"

namespace doorstep::api {
namespace {

constexpr std::size_t text_max = 500;

struct OpenRequest {
  std::string token;
  std::string origin;  ///< As the address bar has it: "http://192.168.1.20:8080".
  std::string device;  ///< Browser and screen; kept as a keyed hash alone.
  bool desk = false;   ///< The page that shows the code speaks.

  void fields(auto& f) {
    f("token", token);
    f("origin", origin);
    f("device", device);
    f("desk", desk);
  }
};

struct Opened {
  bool proved = false;
  void fields(auto& f) { f("proved", proved); }
};

std::string hashed(const Direct& direct, std::string_view what) {
  return blake2b(what, direct.store.pepper());
}

/// The staff member whose session comes along; none for a device that is not the desk.
bool carries_session(store::Snapshot& db, const Direct& direct) {
  return !direct.request.session.empty() &&
         access::find_by_session(db, direct.store.pepper(), direct.request.session, direct.now)
             .ok();
}

struct ProofRow {
  store::Bytes hash;
  std::string url;
  ProofEnd desk;
  bool shown = false;
  bool proved = false;
};

Result<ProofRow> find(store::Transaction& tx, const Direct& direct, const OpenRequest& request) {
  ProofRow found{{access::token_hash(request.token, direct.store.pepper())}, {}, {}};
  const auto row = tx.first(
      "SELECT url, desk_peer, desk_device, proved_at FROM reach_proof WHERE token_hash = $1"
      " AND ends_at > $2",
      {found.hash, direct.now});
  if (!row) return Error{ErrorKind::not_found, "proof.unknown"};
  found.url = row->text(0);
  found.shown = !row->is_null(1);
  if (found.shown) {
    found.desk.peer = row->bytes(1);
    found.desk.device = row->bytes(2);
  }
  found.proved = !row->is_null(3);
  return found;
}

store::Outcome show_at_desk(store::Transaction& tx, const Direct& direct, const ProofRow& row,
                            const OpenRequest& request) {
  if (!carries_session(tx, direct)) return Error{ErrorKind::unauthenticated, "session.none"};
  if (!row.shown) {
    tx.run("UPDATE reach_proof SET desk_peer = $2, desk_device = $3 WHERE token_hash = $1",
           {row.hash, store::Bytes{hashed(direct, direct.request.peer)},
            store::Bytes{hashed(direct, request.device)}});
    tx.journal({0, 0, "reach.proof_shown", 1, ""});
  }
  return store::Answer{to_json(Opened{row.proved})};
}

store::Outcome open_elsewhere(store::Transaction& tx, const Direct& direct, const ProofRow& row,
                              const OpenRequest& request) {
  if (row.proved) return store::Answer{to_json(Opened{true})};
  if (!row.shown) return Error{ErrorKind::conflict, "proof.not_shown"};
  if (row.url != direct.settings.public_url)
    return Error{ErrorKind::conflict, "proof.other_address"};
  const ProofEnd opened{hashed(direct, direct.request.peer), hashed(direct, request.device),
                        carries_session(tx, direct), is_own_address(direct.request.peer)};
  const auto refusal = judge_proof(row.url, request.origin, row.desk, opened);
  if (refusal) return Error{ErrorKind::conflict, *refusal};
  tx.run("UPDATE reach_proof SET proved_at = $2 WHERE token_hash = $1", {row.hash, direct.now});
  tx.run(
      "INSERT INTO reach_address (url, from_at, proved_at) VALUES ($1, $2, $2)"
      " ON CONFLICT (url) DO UPDATE SET proved_at = excluded.proved_at",
      {row.url, direct.now});
  tx.journal({0, 0, "reach.proved", 1, ""});
  return store::Answer{to_json(Opened{true})};
}

Response run(Direct& direct, const OpenRequest& request) {
  if (request.origin.size() > text_max || request.device.size() > text_max) {
    return problem({ErrorKind::invalid, "proof.unknown"});
  }
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const ProofRow row = TRY(find(tx, direct, request));
    return request.desk ? show_at_desk(tx, direct, row, request)
                        : open_elsewhere(tx, direct, row, request);
  });
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

Endpoint open_proof() {
  return direct<Opened>(Method::post, "/api/v1/reach/open", "Both ends of a proof speak here", run);
}

}  // namespace doorstep::api
