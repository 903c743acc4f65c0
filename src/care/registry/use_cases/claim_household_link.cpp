/// \file A household claims a link of its own: by the building's claim link and the code of its slip. What is answered
/// says nothing of who lives where; a wrong code and a code of another building are answered alike.

#include "access/secrets.h"
#include "care/registry/claim_link.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::string token;
  std::string code;  ///< As it was typed off the slip.

  void fields(auto& f) {
    f("token", token);
    f("code", code);
  }
};

struct Claimed {
  std::string url;  ///< The household's own page.
  void fields(auto& f) { f("url", url); }
};

struct Group {
  std::int64_t community = 0;
  std::int64_t id = 0;
  std::string name;
  std::string path;  ///< Of the building.
  store::Bytes peer;
};

Result<Group> find_group(store::Transaction& tx, const api::Direct& direct,
                         const Request& request) {
  const std::string& pepper = direct.store.pepper();
  const auto row = tx.first(
      "SELECT g.community_id, g.id, g.name, p.path FROM claim_link g JOIN place p"
      " ON p.community_id = g.community_id AND p.id = g.place_id WHERE g.token_hash = $1"
      " AND g.revoked_at IS NULL",
      {store::Bytes{access::token_hash(request.token, pepper)}});
  if (!row) return Error{ErrorKind::not_found, "claim.unknown"};
  return Group{row->integer(0),
               row->integer(1),
               row->text(2),
               row->text(3),
               {access::token_hash("claim:" + direct.request.peer, pepper)}};
}

Result<void> check_tries(store::Transaction& tx, const api::Direct& direct, const Group& group) {
  const auto failures = tx.first(
      "SELECT count(*), count(CASE WHEN peer_hash = $2 AND at > $4 THEN 1 END)"
      " FROM claim_failure WHERE claim_link_id = $1 AND at > $3",
      {group.id, group.peer, direct.now - link_window, direct.now - peer_window});
  if (failures->integer(0) >= link_failures_max || failures->integer(1) >= peer_failures_max) {
    return Error{ErrorKind::rate_limited, "claim.locked"};
  }
  return {};
}

void note_failure(store::Transaction& tx, api::Direct& direct, const Group& group) {
  IdSource ids(direct.rng);
  tx.run("DELETE FROM claim_failure WHERE claim_link_id = $1 AND at < $2",
         {group.id, direct.now - link_window});
  tx.post("INSERT INTO claim_failure (claim_link_id, at, id, peer_hash) VALUES ($1, $2, $3, $4)",
          {group.id, direct.now, ids.next(direct.now), group.peer});
  tx.journal({group.community, 0, "claim_link.refused", group.id, group.path});
}

/// A fresh link. The same key again replaces the link that its first try made: nobody has seen that one.
store::Outcome give(store::Transaction& tx, api::Direct& direct, const Group& group,
                    const store::Row& slip, const std::string& token) {
  const std::string& pepper = direct.store.pepper();
  const std::string& key = direct.request.idempotency_key;
  const store::Bytes key_hash{access::token_hash("claim key:" + key, pepper)};
  const auto household = slip.id<access::Household>(0);
  const bool again = !key.empty() && !slip.is_null(3) && slip.bytes(3) == key_hash.data;
  if (!again && slip.integer(2) >= links_per_code_max) {
    return Error{ErrorKind::conflict, "claim.used_up"};
  }
  if (again) {
    tx.run("UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND id = $2",
           {group.community, slip.integer(4), direct.now});
  }
  IdSource ids(direct.rng);
  const auto link = ids.next<access::Link>(direct.now);
  tx.run(
      "INSERT INTO link_token (community_id, id, household_id, token_hash, name, created_at,"
      " created_by, trusted) VALUES ($1, $2, $3, $4, $5, $6, 0, FALSE)",
      {group.community, link, household, store::Bytes{access::token_hash(token, pepper)},
       group.name, direct.now});
  tx.run(
      "UPDATE claim_code SET links = links + $3, last_key = $4, last_link = $5"
      " WHERE community_id = $1 AND household_id = $2",
      {group.community, household, again ? 0 : 1, key_hash, link});
  tx.journal({group.community, 0, "link.claimed", link.value(), slip.text(1),
              R"({"household":")" + to_text(household) + R"("})"});
  return store::Answer{api::to_json(Claimed{direct.settings.public_url + "/r/" + token})};
}

/// Errors: not_found "claim.unknown"; rate_limited "claim.locked"; invalid "claim.code", "claim.wrong"; conflict
/// "claim.used_up" (five links came of this slip).
api::Response run(api::Direct& direct, const Request& request) {
  const std::string token = access::new_token(direct.rng);
  bool wrong = false;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    wrong = false;
    const Group group = TRY(find_group(tx, direct, request));
    TRY(check_tries(tx, direct, group));
    const std::string code = TRY(clean_claim_code(request.code));
    const auto slips = tx.query(
        "SELECT h.id, h.path, c.links, c.last_key, c.last_link FROM claim_code c JOIN household h"
        " ON h.community_id = c.community_id AND h.id = c.household_id WHERE c.community_id = $1"
        " AND c.code_hash = $2 AND h.path >= $3 AND h.path < $4 AND h.ended_at IS NULL LIMIT 2",
        {group.community, claim_code_hash(code, direct.store.pepper()), group.path,
         access::path_end(group.path)});
    if (slips.size() == 1) return give(tx, direct, group, slips.front(), token);
    // Kept, and so answered as a success here: a refusal would take the count of tries back.
    note_failure(tx, direct, group);
    wrong = true;
    return store::Answer{};
  });
  if (!outcome.ok()) return api::problem(outcome.error());
  if (wrong) return api::problem({ErrorKind::invalid, "claim.wrong"});
  api::Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

api::Endpoint claim_household_link() {
  return api::direct<Claimed>(api::Method::post, "/api/v1/claims",
                              "A household claims a link of its own", run);
}

}  // namespace doorstep::registry
