#include "care/supply/suppliers.h"

#include "access/secrets.h"

namespace doorstep::supply {

Result<SupplierKnown> find_by_link(store::Snapshot& db, const std::string& pepper,
                                   std::string_view token) {
  const auto row = db.first(
      "SELECT l.community_id, l.supplier_id, s.name, l.revoked_at FROM supplier_link l"
      " JOIN supplier s ON s.community_id = l.community_id AND s.id = l.supplier_id"
      " WHERE l.token_hash = $1 AND s.closed_at IS NULL",
      {store::Bytes{access::token_hash(token, pepper)}});
  if (!row) return Error{ErrorKind::unauthenticated, "link.unknown"};
  if (!row->is_null(3)) return Error{ErrorKind::unauthenticated, "link.revoked"};
  return SupplierKnown{row->id<access::Community>(0), row->id<Supplier>(1), row->text(2)};
}

Result<std::string> find_supplier(const api::Context& context, Id<Supplier> supplier) {
  const auto row = context.db.first(
      "SELECT name FROM supplier WHERE community_id = $1 AND id = $2 AND closed_at IS NULL",
      {context.community.id, supplier});
  if (!row) return Error{ErrorKind::not_found, "supplier.unknown"};
  return row->text(0);
}

}  // namespace doorstep::supply
