#include <memory>
#include <utility>

#include "net/handler.h"
#include "net/server.h"

namespace doorstep::net {

// Beside the adapter and not in server.cpp: who brings a handler of their own need not link the
// service.
Server::Server(api::Service& service, store::Store& store, Options options)
    : Server(std::make_unique<ServiceHandler>(service), store, std::move(options)) {}

void ServiceHandler::handle(const api::Request& request, const api::Reply& reply) {
  service_->handle(request, reply);
}

Result<api::Viewer> ServiceHandler::viewer(const api::Request& request) {
  return service_->viewer(request);
}

std::optional<std::string> ServiceHandler::event_data(const api::Viewer& viewer,
                                                      const store::Sealed& entry) {
  return api::Service::event_data(viewer, entry);
}

}  // namespace doorstep::net
