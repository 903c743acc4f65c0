#pragma once
/// \file Addresses as people write them: 静园巷13号1单元103, 12-1-302, 7栋的, Apt 1204 Tower B.

#include <cstdint>
#include <vector>

#include "engine/intake/lexicon.h"

namespace doorstep::intake {

/// One reading of an address.
struct AddressReading {
  Address address;
  std::uint32_t to = 0;
  float cost = 0;
  bool bare = false;  ///< A number alone that may be a room.
};

/// All sensible readings at `from`.
void read_addresses(const Folded& text, const Lexicon& lexicon, std::uint32_t from,
                    std::vector<AddressReading>& out);

/// Adds the parts of `more` that `into` lacks; false and nothing done when a part contradicts.
bool merge(Address& into, const Address& more);

}  // namespace doorstep::intake
