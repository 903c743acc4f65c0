/// \file Add somebody who sells: a farm, a supermarket, a shop.

#include "care/registry/households.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request {
  std::string name;
  void fields(auto& f) { f("name", name); }
};

struct Response {
  Id<Supplier> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "supplier.name" (empty or over 40 characters); conflict "supplier.duplicate".
Result<Response> add(api::WriteContext& context, const Request& request) {
  const std::string name = TRY(registry::clean_text(request.name, 40, "supplier.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "supplier.name"};
  const auto id = context.new_id<Supplier>();
  if (context.tx.run("INSERT INTO supplier (community_id, id, name, created_at)"
                     " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                     {context.community.id, id, name, context.now}) == 0) {
    return Error{ErrorKind::conflict, "supplier.duplicate"};
  }
  context.journal("supplier.added", id.value(), "");
  return Response{id};
}

}  // namespace

api::Endpoint add_supplier() {
  return api::command(api::Method::post, "/api/v1/suppliers", "supplier.edit",
                      "Add somebody who sells", add);
}

}  // namespace doorstep::supply
