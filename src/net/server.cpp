#include "net/server.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/context.hpp>
#include <sys/resource.h>

#include "base/log.h"
#include "net/listener.h"
#include "net/loop.h"
#include "net/shared.h"
#include "net/tls.h"

namespace doorstep::net {
namespace {

/// Sockets count as files; the usual soft limit of 1,024 is a quarter of our connections.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, 65'536));
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A server that listens no more but lives on would be the worst of all: better to end and be
/// started again.
void end_with_it(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

Options with_defaults(Options options) {
  static const SystemClock system_clock;
  static SystemRng system_rng;
  if (options.clock == nullptr) options.clock = &system_clock;
  if (options.rng == nullptr) options.rng = &system_rng;
  return options;
}

}  // namespace

struct Server::State {
  State(Handler& handler, store::Store& store, const Options& options)
      : shared(std::make_shared<Shared>(handler, store, options)) {}

  std::unique_ptr<Handler> own;  ///< Where the server was given a service.
  std::shared_ptr<Shared> shared;
  std::optional<asio::ssl::context> tls;  ///< Before the loops: their connections use it.
  Loops loops;
  std::uint16_t port = 0;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  bool stopped = false;
};

Server::Server(Handler& handler, store::Store& store, Options options)
    : state_(std::make_unique<State>(handler, store, with_defaults(std::move(options)))) {}

Server::Server(std::unique_ptr<Handler> own, store::Store& store, Options options)
    : Server(*own, store, std::move(options)) {
  state_->own = std::move(own);
}

Server::~Server() {
  stop();
}

Result<void> Server::start() {
  std::signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  State& state = *state_;
  const Options& options = state.shared->options;
  if (!options.certificate.empty() || !options.key.empty()) {
    state.tls.emplace(asio::ssl::context::tls_server);
    TRY(load_certificate(*state.tls, options.certificate, options.key));
  }
  for (int i = 0; i < std::max(1, options.io_threads); ++i) {
    state.loops.push_back(std::make_unique<Loop>());
    // Makes the loop open its own files now; with the first connection there might be none left.
    const asio::steady_timer first_use(state.loops.back()->io);
  }
  Loop& first = *state.loops.front();
  asio::ip::tcp::acceptor acceptor = TRY(listen_tcp(first, options.host, options.port));
  state.port = acceptor.local_endpoint().port();
  if (!options.control_socket.empty()) {
    auto control = TRY(listen_control(first, options.control_socket));
    asio::co_spawn(first.io, accept_control(state.shared, state.loops, std::move(control)),
                   end_with_it);
  }
  asio::ssl::context* tls = state.tls ? &*state.tls : nullptr;
  asio::co_spawn(first.io, accept_tcp(state.shared, state.loops, std::move(acceptor), tls),
                 end_with_it);
  state.shared->hub.start();
  for (const auto& loop : state.loops) {
    loop->thread = std::thread([&io = loop->io] { io.run(); });
  }
  log::info("net: listening on port {}{}", state.port, tls != nullptr ? " with TLS" : "");
  return {};
}

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::wait() {
  std::unique_lock lock(state_->mutex);
  state_->wake.wait(lock, [this] { return state_->stopped; });
}

void Server::stop() {
  {
    std::unique_lock lock(state_->mutex);
    if (std::exchange(state_->stopping, true)) {
      state_->wake.wait(lock, [this] { return state_->stopped; });
      return;
    }
  }
  // First those who post into the loops, then the loops, which end every connection with them.
  for (const auto& loop : state_->loops) loop->gate->close();
  state_->shared->hub.stop();
  state_->shared->workers.stop();
  for (const auto& loop : state_->loops) loop->io.stop();
  for (const auto& loop : state_->loops) {
    if (loop->thread.joinable()) loop->thread.join();
  }
  state_->loops.clear();
  const std::scoped_lock lock(state_->mutex);
  state_->stopped = true;
  state_->wake.notify_all();
}

}  // namespace doorstep::net
