#pragma once
/// \file Demo data: Fumin Garden from the CSV files that are built in, with invented staff and a
/// morning's reports. Everything goes through the same endpoints that people use.

#include <string>
#include <vector>

#include "app/installation.h"

namespace doorstep::app {

/// Fills an empty store, or goes on where a filling was broken off; does nothing on one that is filled. Errors: whatever an endpoint said, with
/// its code.
Result<void> fill_demo(Installation& house, const std::string& preset);

/// Lines with fresh links of a few households, one of them proved; the ones printed at an earlier
/// start are revoked.
Result<std::vector<std::string>> demo_links(Installation& house);

}  // namespace doorstep::app
