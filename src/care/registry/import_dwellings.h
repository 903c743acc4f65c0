#pragma once
/// \file A row of dwellings as it was written, checked.

#include <cstdint>
#include <optional>
#include <string>

#include "care/registry/import_slice.h"

namespace doorstep::registry {

struct WantedDwelling {
  std::string compound;
  std::string grid;
  std::string building;
  std::string entrance;
  std::string door;
  std::optional<std::int64_t> floor;
  std::optional<std::int64_t> floors;
  std::optional<bool> lift;
};

/// Errors: the reasons of a row (import_slice.h).
Result<WantedDwelling> read_dwelling(const FieldCells& cells);

}  // namespace doorstep::registry
