#include "net/listener.h"

#include <utility>

#include <boost/asio/ip/address.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "net/connection.h"

namespace doorstep::net {
namespace {

using asio::ip::tcp;
using Local = asio::local::stream_protocol;

/// So that a full table of files does not spin the loop: connections end meanwhile.
constexpr std::chrono::milliseconds pause_after_error{50};

Error cannot(std::string code, const boost::system::error_code& error) {
  return Error{ErrorKind::unavailable, std::move(code), error.message()};
}

asio::awaitable<void> pause() {
  asio::steady_timer timer(co_await asio::this_coro::executor, pause_after_error);
  co_await timer.async_wait(as_result);
}

/// Counts the connection in, or says that there are too many.
bool enter(Shared& shared, const std::string& network) {
  if (shared.metrics.connections >= shared.options.limits.connections) return false;
  if (!network.empty() && !shared.limiter.opened(network)) return false;
  ++shared.metrics.connections;
  ++shared.metrics.accepted;
  return true;
}

/// The user at the other end must be ours or root: the file's mode says so too, but a folder that
/// was copied or mounted oddly may not.
bool is_ours(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == geteuid();
}

/// Removes the socket of an earlier process; lstat does not follow a link that somebody placed.
bool clear_path(const std::string& path) {
  struct stat found{};
  if (lstat(path.c_str(), &found) != 0) return true;
  return S_ISSOCK(found.st_mode) && unlink(path.c_str()) == 0;
}

}  // namespace

Result<tcp::acceptor> listen_tcp(Loop& loop, const std::string& host, std::uint16_t port) {
  boost::system::error_code error;
  tcp::resolver resolver(loop.io);
  const auto found = resolver.resolve(
      host, std::to_string(port), tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error || found.empty()) return cannot("net.listen", error);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  tcp::acceptor acceptor(loop.io);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return cannot("net.listen", error);
  return acceptor;
}

Result<Local::acceptor> listen_control(Loop& loop, const std::string& path) {
  if (!clear_path(path)) {
    return Error{ErrorKind::unavailable, "net.control_socket", "the path is taken by another file"};
  }
  // bind() takes the mode from the umask; what a second thread creates just now gets it too, which
  // only makes it stricter.
  const mode_t before = umask(0177);
  boost::system::error_code error;
  Local::acceptor acceptor(loop.io);
  acceptor.open(Local{}, error);
  try {
    if (!error) acceptor.bind(Local::endpoint(path), error);
  } catch (const boost::system::system_error& too_long) {
    error = too_long.code();
  }
  umask(before);
  if (!error) acceptor.listen(Local::acceptor::max_listen_connections, error);
  if (error) return cannot("net.control_socket", error);
  return acceptor;
}

asio::awaitable<void> accept_tcp(std::shared_ptr<Shared> shared, Loops& loops,
                                 tcp::acceptor acceptor, asio::ssl::context* tls) {
  for (std::size_t turn = 0;; ++turn) {
    Loop& loop = *loops.at(turn % loops.size());
    auto [error, socket] = co_await acceptor.async_accept(loop.io, as_result);
    if (error == asio::error::operation_aborted) co_return;
    boost::system::error_code ignored;
    const tcp::endpoint peer = error ? tcp::endpoint() : socket.remote_endpoint(error);
    if (error) {
      // One that was reset while it waited is nothing; no file left for the next one is.
      if (error != asio::error::connection_aborted && error != asio::error::not_connected) {
        log::warning("net: cannot accept: {}", error.message());
        co_await pause();
      }
      continue;
    }
    Origin origin;
    origin.peer = peer.address().to_string();
    origin.loopback = peer.address().is_loopback();
    origin.secure = tls != nullptr;
    if (!enter(*shared, network_of(origin.peer))) continue;
    socket.set_option(tcp::no_delay(true), ignored);
    if (tls != nullptr) {
      serve_tls(shared, loop.gate, std::move(socket), std::move(origin), *tls);
    } else {
      serve_plain(shared, loop.gate, std::move(socket), std::move(origin));
    }
  }
}

asio::awaitable<void> accept_control(std::shared_ptr<Shared> shared, Loops& loops,
                                     Local::acceptor acceptor) {
  for (std::size_t turn = 0;; ++turn) {
    Loop& loop = *loops.at(turn % loops.size());
    auto [error, socket] = co_await acceptor.async_accept(loop.io, as_result);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      co_await pause();
      continue;
    }
    if (!is_ours(socket.native_handle()) || !enter(*shared, {})) continue;
    Origin origin;
    origin.channel = api::Channel::control;
    origin.loopback = true;
    serve_local(shared, loop.gate, std::move(socket), std::move(origin));
  }
}

}  // namespace doorstep::net
