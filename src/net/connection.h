#pragma once
/// \file A connection: reads requests one after the other, answers each, and streams events.

#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

#include "net/loop.h"
#include "net/shared.h"
#include "net/wire.h"

namespace doorstep::net {

/// Each starts a connection on the loop that the socket belongs to and returns. From any thread.
void serve_plain(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
                 asio::ip::tcp::socket socket, Origin origin);
void serve_tls(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
               asio::ip::tcp::socket socket, Origin origin, asio::ssl::context& context);
void serve_local(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
                 asio::local::stream_protocol::socket socket, Origin origin);

}  // namespace doorstep::net
