#pragma once
/// \file Server: the house on the network. HTTP/1.1 with or without TLS, the control socket, pages,
/// live events, health and metrics, in front of one Handler.

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "net/handler.h"
#include "net/options.h"
#include "store/store.h"

namespace doorstep::net {

class Server {
 public:
  /// Requires a handler (a service) and a store that outlive the server. The store is read for the
  /// journal and for readiness alone.
  Server(Handler& handler, store::Store& store, Options options);
  Server(api::Service& service, store::Store& store, Options options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and returns; threads of the server do the rest. Ignores SIGPIPE and raises the limit
  /// of open files. Errors: unavailable "net.listen", "net.control_socket"; invalid
  /// "net.certificate".
  Result<void> start();

  /// The port that was bound. Requires start().
  [[nodiscard]] std::uint16_t port() const;

  /// Blocks until stop() is called.
  void wait();

  /// Ends at once: open requests are dropped, and whoever sent them sends them again. Idempotent;
  /// from any thread but the server's own.
  void stop();

 private:
  Server(std::unique_ptr<Handler> own, store::Store& store, Options options);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::net
