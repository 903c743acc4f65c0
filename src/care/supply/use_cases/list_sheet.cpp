/// \file The sheet of a cycle, line by line, as table, CSV or XLSX: what is bought is the sum of what
/// was ordered (D4). While the cycle is open it is what the orders of now come to.

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request : api::PageRequest {
  Id<needs::Cycle> cycle;
  std::optional<Id<Supplier>> supplier;

  void fields(auto& f) {
    f("cycle", cycle);
    f("supplier", supplier);
    page_fields(f);
  }
};

/// Errors: not_found "cycle.unknown". A sheet is one page.
Result<api::Page<SheetLine>> list(api::Context& context, const Request& request) {
  const auto cycle = needs::find_cycle(context, request.cycle);
  if (!cycle) return Error{ErrorKind::not_found, "cycle.unknown"};
  return api::Page<SheetLine>{sheet_of(context, *cycle, request.supplier), {}};
}

}  // namespace

api::Endpoint list_sheet() {
  return api::list("/api/v1/cycles/{cycle}/sheet", "cycle.show", "The purchase sheet of a cycle",
                   list);
}

}  // namespace doorstep::supply
