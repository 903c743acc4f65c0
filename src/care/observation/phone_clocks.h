#pragma once
/// \file The clocks of the phones that report, against the server's own (N8).

#include "api/endpoint.h"

namespace doorstep::observation {

/// Of the newest reports of the last hour, each phone's last: where at least three phones, and more than half
/// of them, are over five minutes off, the server's clock is in doubt (duty::doubt_clock). Who has said within
/// a day that it is right is believed. Errors: none of its own.
Result<void> watch_phones(api::WriteContext& context);

}  // namespace doorstep::observation
