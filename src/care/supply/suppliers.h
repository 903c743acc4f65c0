#pragma once
/// \file Suppliers, what they sell, and the link that opens their own page (A32): it shows the goods of
/// their sheets, and never a household.

#include "care/supply/purchase.h"

namespace doorstep::supply {

/// Whom a supplier's link speaks for.
struct SupplierKnown {
  Id<access::Community> community{};
  Id<Supplier> supplier{};
  std::string name = {};
};

/// Errors: unauthenticated "link.unknown", "link.revoked".
Result<SupplierKnown> find_by_link(store::Snapshot& db, const std::string& pepper,
                                   std::string_view token);

/// Of this community and still there. Errors: not_found "supplier.unknown".
Result<std::string> find_supplier(const api::Context& context, Id<Supplier> supplier);

}  // namespace doorstep::supply
