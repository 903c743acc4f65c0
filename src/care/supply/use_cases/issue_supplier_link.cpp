/// \file Give a supplier the link to its own page. Whoever has it speaks for the supplier; a new one
/// ends those before.

#include "access/secrets.h"
#include "api/reach.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct SupplierLink;

struct Request {
  Id<Supplier> supplier;
  void fields(auto& f) { f("supplier", supplier); }
};

struct Response {
  Id<SupplierLink> id;
  std::string token;  ///< Shown once.
  void fields(auto& f) {
    f("id", id);
    f("token", token);
  }
};

/// Errors: conflict "reach.desk"; not_found "supplier.unknown".
Result<Response> issue(api::WriteContext& context, const Request& request) {
  TRY(find_supplier(context, request.supplier));
  TRY(api::require_links(context));
  context.tx.run(
      "UPDATE supplier_link SET revoked_at = $3 WHERE community_id = $1 AND supplier_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, request.supplier, context.now});
  const Response made{context.new_id<SupplierLink>(), access::new_token(context.rng)};
  context.tx.run(
      "INSERT INTO supplier_link (community_id, id, supplier_id, token_hash, created_at, "
      "created_by)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {context.community.id, made.id, request.supplier,
       store::Bytes{access::token_hash(made.token, context.pepper)}, context.now,
       context.actor.id});
  context.journal("supplier.link_issued", request.supplier.value(), "");
  return made;
}

}  // namespace

api::Endpoint issue_supplier_link() {
  return api::command(api::Method::post, "/api/v1/suppliers/{supplier}/links", "supplier.edit",
                      "Give a supplier the link to its own page", issue);
}

}  // namespace doorstep::supply
