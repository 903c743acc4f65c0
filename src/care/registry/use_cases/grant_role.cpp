/// \file Give a role on a place, for a time. A deputy is such a grant with dates (A17).

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Account> account;
  std::string role;
  std::optional<Id<access::Place>> place;
  std::optional<Instant> from;
  std::optional<Instant> until;

  void fields(auto& f) {
    f("account", account);
    f("role", role);
    f("place", place);
    f("from", from);
    f("until", until);
  }
};

struct Granted {
  Id<access::GrantRow> id;
  void fields(auto& f) { f("id", id); }
};

/// One worker and one deputy per place at any time; others may be many.
/// Errors: conflict "grant.taken"; invalid "grant.dates"; those of staff.h.
Result<Granted> grant(api::WriteContext& context, const Request& request) {
  const access::Role role = TRY(staff_role(context, request.role));
  const std::string path = TRY(path_of(context, request.place));
  TRY(check_account(context, request.account));
  const Instant from = request.from.value_or(context.now);
  if (request.until && *request.until <= from) return Error{ErrorKind::invalid, "grant.dates"};
  if (role == access::Role::worker || role == access::Role::deputy) {
    const auto taken = context.tx.first(
        "SELECT id FROM access_grant WHERE community_id = $1 AND role = $2 AND path = $3"
        " AND (until_at IS NULL OR until_at > $4) AND from_at < $5 LIMIT 1",
        {context.community.id, access::word(role), path, from,
         request.until.value_or(Instant::max())});
    if (taken) return Error{ErrorKind::conflict, "grant.taken"};
  }
  const auto id = access::create_grant(
      context.tx, context.ids, context.now, context.community.id, request.account, role,
      request.place ? std::optional(request.place->value()) : std::nullopt, path, from,
      request.until, context.actor.id);
  return Granted{id};
}

}  // namespace

api::Endpoint grant_role() {
  return api::command(api::Method::post, "/api/v1/grants", "grant.edit",
                      "Give a role on a place, for a time", grant);
}

}  // namespace doorstep::registry
