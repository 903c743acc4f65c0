/// \file Make the link that opens a run on its carrier's phone; the ones before end. It ends 12 hours after
/// the carrier's shift, and the phone forgets then what it showed.

#include "access/secrets.h"
#include "api/reach.h"
#include "base/qr.h"
#include "care/delivery/runs.h"

namespace doorstep::delivery {
namespace {

constexpr std::chrono::hours after_shift{12};
/// Of a carrier without a shift in the roster.
constexpr std::chrono::hours usual_shift{12};

struct Request {
  Id<Run> run;
  void fields(auto& f) { f("run", run); }
};

struct NewRunLink {
  std::string url;
  std::string token;  ///< Shown this once; only its hash is kept.
  Instant expires_at{};
  std::vector<std::string> qr;

  void fields(auto& f) {
    f("url", url);
    f("token", token);
    f("expires_at", expires_at);
    f("qr", qr);
  }
};

Instant shift_end(const api::Context& context, Id<Account> carrier) {
  const auto row = context.db.first(
      "SELECT min(until_at) FROM shift WHERE community_id = $1 AND account_id = $2"
      " AND from_at <= $3 AND until_at > $3",
      {context.community.id, carrier, context.now});
  return row->maybe_instant(0).value_or(context.now + usual_shift);
}

/// Errors: conflict "reach.desk", "run.closed"; not_found "run.unknown".
Result<NewRunLink> issue(api::WriteContext& context, const Request& request) {
  const RunRow run = TRY(scoped_run(context, request.run));
  if (run.state == RunState::done || run.state == RunState::cancelled) {
    return Error{ErrorKind::conflict, "run.closed"};
  }
  TRY(api::require_links(context));
  revoke_links(context, run.id);
  NewRunLink link;
  link.token = access::new_token(context.rng);
  link.url = context.settings.public_url + "/v/" + link.token;
  link.expires_at = shift_end(context, run.carrier) + after_shift;
  link.qr = qr_rows(link.url);
  const auto id = context.new_id<access::Link>();
  context.tx.run(
      "INSERT INTO run_link (community_id, id, run_id, account_id, token_hash, created_at,"
      " created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, id, run.id, run.carrier,
       store::Bytes{access::token_hash(link.token, context.pepper)}, context.now, context.actor.id,
       link.expires_at});
  context.journal("run.link_issued", run.id.value(), run.path,
                  R"({"carrier":")" + to_text(run.carrier) + R"("})");
  return link;
}

}  // namespace

api::Endpoint issue_run_link() {
  return api::command(api::Method::post, "/api/v1/runs/{run}/link", "run.edit",
                      "Make the link that opens a run on a phone", issue);
}

}  // namespace doorstep::delivery
