/// \file Make the one-time code by which a second device proves the address (N2).

#include "access/secrets.h"
#include "api/reach.h"

namespace doorstep::api {
namespace {

constexpr std::chrono::minutes lasts{15};

struct Proof {
  std::string token;  ///< Shown this once; only its hash is kept.
  std::string url;    ///< What the second device opens.
  Instant ends_at{};

  void fields(auto& f) {
    f("token", token);
    f("url", url);
    f("ends_at", ends_at);
  }
};

/// Errors: conflict "reach.desk", "address.missing", "address.this_machine", "reach.no_https".
Result<Proof> ask(WriteContext& context, const Nothing&) {
  const Reach reach = reach_of(context.db, context.settings.public_url);
  if (reach.print_refusal && *reach.print_refusal != "address.unproved") {
    return Error{ErrorKind::conflict, *reach.print_refusal};
  }
  Proof proof{access::new_token(context.rng), {}, context.now + lasts};
  proof.url = reach.url + "/l/proof#" + proof.token;
  context.tx.run("DELETE FROM reach_proof WHERE ends_at <= $1 AND proved_at IS NULL",
                 {context.now});
  context.tx.run(
      "INSERT INTO reach_proof (token_hash, url, asked_at, asked_by, ends_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {store::Bytes{access::token_hash(proof.token, context.pepper)}, reach.url, context.now,
       context.actor.id, proof.ends_at});
  context.journal("reach.proof_asked", 1, "");
  return proof;
}

}  // namespace

Endpoint ask_proof() {
  return command(Method::post, "/api/v1/reach/proofs", "reach.edit",
                 "Make the code by which a second device proves the address", ask);
}

}  // namespace doorstep::api
