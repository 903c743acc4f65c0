#pragma once
/// \file One request between a connection and the workers.

#include <memory>

#include "net/loop.h"
#include "net/shared.h"
#include "net/wire.h"

namespace doorstep::net {

/// Asks the service (plan call or report), the store (ready) or the counters (metrics); plan answer
/// is handed back. Not for plan events.
[[nodiscard]] asio::awaitable<Outbound> answer_for(std::shared_ptr<Shared> shared,
                                                   std::shared_ptr<Gate> gate, Inbound in,
                                                   Plan plan);

/// Who watches. Errors: those of Handler::viewer, unavailable "http.unanswered".
[[nodiscard]] asio::awaitable<Result<api::Viewer>> viewer_for(std::shared_ptr<Shared> shared,
                                                              std::shared_ptr<Gate> gate,
                                                              api::Request request);

}  // namespace doorstep::net
