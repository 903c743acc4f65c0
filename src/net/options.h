#pragma once
/// \file Options: everything about the server that an installation or a test may set.

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "base/rng.h"
#include "base/time.h"
#include "net/pages.h"

namespace doorstep::net {

/// A token bucket: `burst` at once, then `per_second`. No limit where `per_second` is 0.
struct Rate {
  double per_second = 0;
  double burst = 0;
};

/// What one request, one peer and all together may take.
struct Limits {
  using Time = std::chrono::milliseconds;

  std::uint32_t header_bytes = 16 * 1024;
  std::uint64_t body_bytes = std::uint64_t{256} * 1024;
  std::uint64_t upload_bytes =
      std::uint64_t{20} * 1024 * 1024;  ///< The most of any file (api/body_limits.h).
  int uploads = 8;                      ///< Bodies over body_bytes held at one time.
  Time header_time{10'000};   ///< From the first byte, or the opening, to the end of the headers.
  Time request_time{30'000};  ///< For the body; for the answer; for each 64 KiB sent.
  Time upload_time{300'000};  ///< For the body of an upload.
  Time idle_time{60'000};     ///< Between two requests of a connection.
  int connections = 4096;
  int connections_per_peer = 1024;  ///< A mobile carrier puts a whole compound behind one address.
  Rate general{200, 2000};          ///< Requests of one peer: an address, or an IPv6 /64.
  Rate sign_in{1, 30};              ///< Sign-in, set-up, joining: each may hash a password.
  Rate failed_proof{1, 60};         ///< Links that were refused with 401: guessing.
  bool loopback = false;            ///< Whether the rates bind peers on this machine too.
};

/// How server-sent events behave.
struct Events {
  using Time = std::chrono::milliseconds;

  Time heartbeat{15'000};
  Time recheck{30'000};          ///< How often to ask whether a viewer may still watch.
  Time stall{10'000};            ///< A reader that takes longer over one write is dropped.
  Time retry{2'000};             ///< What the browser waits before it connects again.
  std::int64_t resume = 10'000;  ///< Entries behind that are still made up for.
  std::size_t queue =
      std::size_t{64} * 1024;  ///< Bytes waiting for one reader; it gets the rest later.
  int streams = 2048;
};

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;     ///< 0: any free one, see Server::port().
  std::string certificate = {};  ///< PEM file with the chain; with `key` it turns TLS on.
  std::string key = {};          ///< PEM file.
  /// Path of a second listener, a unix-domain socket for the operator's shell; empty for none. It
  /// answers our own user and root, with Request::channel control.
  std::string control_socket = {};
  int io_threads = 2;
  int workers = 4;  ///< Threads that run the handler.
  Limits limits = {};
  Events events = {};
  std::span<const Page> pages = {};    ///< Usually net::pages().
  std::string web_root = {};           ///< Serve the pages from this folder instead: development.
  std::string zone = "Asia/Shanghai";  ///< For the receipt without JavaScript.
  bool public_metrics = false;         ///< /metrics for everybody, not for this machine alone.
  /// A proxy on this machine ends TLS: take peer and scheme from X-Forwarded-For and -Proto.
  bool behind_proxy = false;
  const Clock* clock = nullptr;  ///< The system's where null.
  Rng* rng = nullptr;            ///< The system's where null; else thread-safe.
};

}  // namespace doorstep::net
