#pragma once
/// \file Everything that is kept about somebody, to be read by them and by a machine. It is found by the same
/// statements that erase it (plan.h): what can be erased is shown, and the other way round.

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "care/rights/request.h"

namespace doorstep::rights {

struct DataValue {
  std::string name = {};
  std::string value = {};
  bool operator==(const DataValue&) const = default;
  void fields(auto& f) {
    f("name", name);
    f("value", value);
  }
};

struct DataRow {
  std::optional<Instant> at = {};
  std::vector<DataValue> values = {};
  bool operator==(const DataRow&) const = default;
  void fields(auto& f) {
    f("at", at);
    f("values", values);
  }
};

struct DataSection {
  std::string table = {};
  std::string purpose = {};
  std::string basis = {};
  std::optional<std::int64_t> days = {};  ///< How long it is kept.
  std::vector<DataRow> rows = {};
  void fields(auto& f) {
    f("table", table);
    f("purpose", purpose);
    f("basis", basis);
    f("days", days);
    f("rows", rows);
  }
};

/// Whose: one person of the household, or with 0 all who live there. `only_link`: what is private to another
/// link than this is left out (N26). Errors: those of the rule pack.
Result<std::vector<DataSection>> data_of(api::Context& context, Id<access::Household> household,
                                         std::int64_t person, std::int64_t only_link);

}  // namespace doorstep::rights
