#pragma once
/// \file Orders that have come: delivery lies below and knows nothing of orders, so somebody looks.

#include "api/endpoint.h"

namespace doorstep::supply {

/// Orders whose parcels are all at their doors, or will not come, are done, and so are the needs that
/// asked for them; so are errands whose parcel was brought to the door. For the clock. Returns how many, at
/// most `limit`.
std::int64_t notice_delivered(api::WriteContext& context, std::int64_t limit);

}  // namespace doorstep::supply
