#pragma once
/// \file The listeners: TCP with or without TLS, and the control socket.

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

#include "base/result.h"
#include "net/loop.h"
#include "net/shared.h"

namespace doorstep::net {

/// New connections are dealt to the loops in turn.
using Loops = std::vector<std::unique_ptr<Loop>>;

/// Errors: unavailable "net.listen".
[[nodiscard]] Result<asio::ip::tcp::acceptor> listen_tcp(Loop& loop, const std::string& host,
                                                         std::uint16_t port);

/// Replaces what an earlier process left behind; the file is ours alone (0600). Errors: unavailable
/// "net.control_socket".
[[nodiscard]] Result<asio::local::stream_protocol::acceptor> listen_control(
    Loop& loop, const std::string& path);

/// `tls` may be null. Both run until the loop ends.
[[nodiscard]] asio::awaitable<void> accept_tcp(std::shared_ptr<Shared> shared, Loops& loops,
                                               asio::ip::tcp::acceptor acceptor,
                                               asio::ssl::context* tls);
[[nodiscard]] asio::awaitable<void> accept_control(std::shared_ptr<Shared> shared, Loops& loops,
                                                   asio::local::stream_protocol::acceptor acceptor);

}  // namespace doorstep::net
