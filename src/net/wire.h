#pragma once
/// \file Inbound and Outbound: one HTTP exchange as plain values, between the connection that reads
/// bytes and the front that decides. Knows no socket.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/message.h"

namespace doorstep::net {

enum class Verb : std::uint8_t { get, head, post, put, remove, options, other };

/// Where a request came from; the same for all requests of a connection.
struct Origin {
  std::string peer = {};  ///< Address without port; empty on the control socket. Never logged.
  api::Channel channel = api::Channel::network;
  bool secure = false;    ///< TLS between us and the other end.
  bool loopback = false;  ///< The other end is on this machine.
};

struct Inbound {
  Origin origin = {};
  Verb verb = Verb::get;
  std::string path = {};   ///< Decoded and checked, see decode.h.
  std::string query = {};  ///< Still percent-encoded.
  std::string body = {};
  std::string content_type = {};
  std::string cookie = {};
  std::string authorization = {};
  std::string idempotency_key = {};
  std::string language = {};  ///< Accept-Language.
  std::string accept_encoding = {};
  std::string if_none_match = {};
  std::string last_event_id = {};
  bool same_site = false;  ///< `X-Doorstep: 1`.
  bool forwarded = false;  ///< A proxy stood in between.
};

struct Outbound {
  int status = 200;
  std::string media_type = {};
  std::string body = {};
  /// Instead of `body`: bytes that live as long as the process (pages built into the program).
  std::string_view fixed = {};
  std::string cache = "no-store";
  /// Beyond the ones that every answer carries.
  std::vector<std::pair<std::string_view, std::string>> headers = {};

  [[nodiscard]] std::string_view content() const { return fixed.empty() ? body : fixed; }
};

/// How the answer ends, which only the connection knows.
enum class Framing : std::uint8_t {
  keep,    ///< Content-Length, another request may follow.
  close,   ///< Content-Length, then the end of the connection.
  stream,  ///< No length: server-sent events until the end of the connection.
};

/// Status line and headers with the closing empty line: those of `answer` and, on each and every
/// answer, the ones that keep a browser from doing foreign work (CSP, no sniffing, no referrer, no
/// framing, HSTS under TLS).
[[nodiscard]] std::string head_text(const Outbound& answer, const Origin& origin, Framing framing);

/// An RFC 9457 problem of the transport itself: "http.timeout" and its like. `code` and `hint` are
/// our own literals.
[[nodiscard]] Outbound transport_problem(int status, std::string_view code,
                                         std::string_view hint = {});

/// "Not Found" for 404; "Unknown" for a status that this house does not send.
[[nodiscard]] std::string_view reason(int status);

}  // namespace doorstep::net
