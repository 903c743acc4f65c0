/// \file A programme that brings produce, with the organisation that runs it, its helpers and its baskets
/// (D7).
///
/// Source: 「“菜籃子”工程」 (S0).

#include "care/registry/households.h"
#include "care/registry/staff.h"
#include "care/supply/purchase.h"

namespace doorstep::needs {
struct Basket;
}

namespace doorstep::supply {

struct Programme;

namespace {

struct Request {
  std::string name;   ///< The same one again changes owner, helpers and baskets.
  std::string owner;  ///< The organisation: 东方威尼斯党支部.
  std::vector<Id<access::Account>> helpers;
  std::vector<Id<needs::Basket>> baskets;

  void fields(auto& f) {
    f("name", name);
    f("owner", owner);
    f("helpers", helpers);
    f("baskets", baskets);
  }
};

struct Response {
  Id<Programme> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "programme.name", "programme.owner"; not_found "account.unknown", "basket.unknown".
Result<Response> open(api::WriteContext& context, const Request& request) {
  const std::string name = TRY(registry::clean_text(request.name, 40, "programme.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "programme.name"};
  const std::string owner = TRY(registry::clean_text(request.owner, 60, "programme.owner"));
  if (owner.empty()) return Error{ErrorKind::invalid, "programme.owner"};
  const auto standing =
      context.db.first("SELECT id FROM programme WHERE community_id = $1 AND name = $2",
                       {context.community.id, name});
  const Response made{standing ? standing->id<Programme>(0) : context.new_id<Programme>()};
  context.tx.post(
      "INSERT INTO programme (community_id, id, name, owner, created_at) VALUES ($1, $2, $3, $4,"
      " $5) ON CONFLICT (community_id, id) DO UPDATE SET owner = excluded.owner",
      {context.community.id, made.id, name, owner, context.now});
  context.tx.post("DELETE FROM programme_helper WHERE community_id = $1 AND programme_id = $2",
                  {context.community.id, made.id});
  for (const auto helper : request.helpers) {
    TRY(registry::check_account(context, helper));
    context.tx.post(
        "INSERT INTO programme_helper (community_id, programme_id, account_id)"
        " VALUES ($1, $2, $3) ON CONFLICT (community_id, programme_id, account_id) DO NOTHING",
        {context.community.id, made.id, helper});
  }
  context.tx.post(
      "UPDATE basket SET programme_id = 0 WHERE community_id = $1 AND programme_id = $2",
      {context.community.id, made.id});
  for (const auto basket : request.baskets) {
    const auto changed =
        context.tx.run("UPDATE basket SET programme_id = $3 WHERE community_id = $1 AND id = $2",
                       {context.community.id, basket, made.id});
    if (changed == 0) return Error{ErrorKind::not_found, "basket.unknown"};
  }
  context.journal("programme.opened", made.id.value(), "");
  return made;
}

}  // namespace

api::Endpoint open_programme() {
  return api::command(api::Method::post, "/api/v1/programmes", "supplier.edit",
                      "Open a programme with its owner", open);
}

}  // namespace doorstep::supply
