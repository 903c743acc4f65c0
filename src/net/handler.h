#pragma once
/// \file Handler: what the server needs of whoever answers. ServiceHandler makes one of the
/// Service; tests bring a toy.

#include <optional>
#include <string>

#include "api/message.h"
#include "api/service.h"
#include "store/store.h"

namespace doorstep::net {

/// Thread-safe.
class Handler {
 public:
  Handler() = default;
  virtual ~Handler() = default;
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;

  /// May block; called from a worker thread. Replies once, from any thread.
  virtual void handle(const api::Request& request, const api::Reply& reply) = 0;
  /// Who would watch with this session or link. May block; called from a worker thread.
  virtual Result<api::Viewer> viewer(const api::Request& request) = 0;
  /// The data line of an event for this viewer, or none where the entry is not theirs. Does not
  /// block: it is called for every entry and every stream.
  virtual std::optional<std::string> event_data(const api::Viewer& viewer,
                                                const store::Sealed& entry) = 0;
};

/// The service as a handler. Requires a service that outlives it.
class ServiceHandler final : public Handler {
 public:
  explicit ServiceHandler(api::Service& service) : service_(&service) {}
  void handle(const api::Request& request, const api::Reply& reply) override;
  Result<api::Viewer> viewer(const api::Request& request) override;
  std::optional<std::string> event_data(const api::Viewer& viewer,
                                        const store::Sealed& entry) override;

 private:
  api::Service* service_;
};

}  // namespace doorstep::net
