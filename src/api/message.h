#pragma once
/// \file Request and Response: a call as the outside made it, without any transport. The HTTP server,
/// the control socket, the command line and the tests all speak these.

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace doorstep::api {

enum class Method : std::uint8_t { get, post, put, remove };

using doorstep::to_text;
[[nodiscard]] std::string_view to_text(Method method);  ///< "GET", "POST", "PUT", "DELETE".

/// Who carried the request here; decides what proof is asked for.
enum class Channel : std::uint8_t {
  network,  ///< From a socket: session cookie or link token, same-site mark on every change.
  control,  ///< From the operator's shell on this machine (control socket, command line).
};

struct Request {
  Method method = Method::get;
  std::string path = {};   ///< Decoded, without the query: "/api/v1/households/0..".
  std::string query = {};  ///< After the "?", still percent-encoded.
  std::string body = {};
  std::string content_type = {};
  std::string session = {};          ///< Value of the session cookie.
  std::string link = {};             ///< Token of `Authorization: Link TOKEN`.
  std::string idempotency_key = {};  ///< Header Idempotency-Key.
  bool same_site = false;            ///< Header `X-Doorstep: 1`, which a foreign page cannot send.
  std::string language = {};         ///< Header Accept-Language.
  std::string peer = {};             ///< Address of the other end, for rates only; never logged.
  Channel channel = Channel::network;
};

struct Response {
  int status = 200;
  std::string media_type = "application/json";
  std::string body = {};
  std::string file_name = {};  ///< Not empty: a download of this name.
  /// What becomes of the session cookie.
  enum class Cookie : std::uint8_t { keep, set, clear } cookie = Cookie::keep;
  std::string session = {};     ///< The value to set.
  int retry_after_seconds = 0;  ///< With 429 and 503.
};

/// Called exactly once, from any thread.
using Reply = std::function<void(Response)>;

/// The one table from kinds of error to HTTP status, and the RFC 9457 body.
[[nodiscard]] int http_status(ErrorKind kind);
[[nodiscard]] Response problem(const Error& error);

}  // namespace doorstep::api
