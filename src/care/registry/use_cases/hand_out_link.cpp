/// \file Hand a household its link in a message of its own, or pass it over. Handing out again makes a new link and voids
/// the one before where nobody has opened it: it may have gone to the wrong chat.

#include "api/reach.h"
#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Household> household;
  std::string name;
  std::optional<bool> skip;  ///< Pass it over; no link is made.

  void fields(auto& f) {
    f("household", household);
    f("name", name);
    f("skip", skip);
  }
};

struct HandedOut {
  std::optional<std::string> url;  ///< Shown this once.
  void fields(auto& f) { f("url", url); }
};

void void_last(api::WriteContext& context, Id<access::Household> household) {
  context.tx.run(
      "UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND revoked_at IS NULL"
      " AND last_used_at IS NULL AND id = (SELECT link_id FROM handout WHERE community_id = $1"
      " AND household_id = $2)",
      {context.community.id, household, context.now});
}

/// Errors: not_found "household.unknown"; invalid "link.name"; conflict as require_printing().
Result<HandedOut> hand_out(api::WriteContext& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string name = TRY(clean_link_name(request.name));
  HandedOut answer;
  store::Value link;
  if (!request.skip.value_or(false)) {
    TRY(api::require_printing(context));
    void_last(context, request.household);
    const NewLink made = create_link(context, request.household, home->text(0), name);
    answer.url = made.url;
    link = store::Value(made.id);
  }
  context.tx.run(
      "INSERT INTO handout (community_id, household_id, link_id, at, by) VALUES ($1, $2, $3, $4, "
      "$5)"
      " ON CONFLICT (community_id, household_id) DO UPDATE SET link_id = excluded.link_id,"
      " at = excluded.at, by = excluded.by",
      {context.community.id, request.household, link, context.now, context.actor.id});
  context.journal(answer.url ? "link.handed_out" : "link.passed_over", request.household.value(),
                  home->text(0));
  return answer;
}

}  // namespace

api::Endpoint hand_out_link() {
  return api::command(api::Method::post, "/api/v1/households/{household}/handout", "link.issue",
                      "Hand a household its link in a message of its own", hand_out);
}

}  // namespace doorstep::registry
