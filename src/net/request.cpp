#include "net/request.h"

#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include "net/decode.h"

namespace doorstep::net {
namespace {

namespace http = boost::beast::http;

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

std::string_view field(const Message& message, http::field name) {
  return plain(message[name]);
}

std::string_view field(const Message& message, std::string_view name) {
  return plain(message[boost::beast::string_view(name.data(), name.size())]);
}

/// The address that the proxy next to us saw: the last one, which no client can forge.
std::string_view last_forwarded(std::string_view header) {
  const std::size_t comma = header.rfind(',');
  std::string_view last = comma == std::string_view::npos ? header : header.substr(comma + 1);
  while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
  while (!last.empty() && last.back() == ' ') last.remove_suffix(1);
  return last;
}

bool is_address(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

void believe_proxy(Inbound& in, const Message& message) {
  const std::string peer(last_forwarded(field(message, "X-Forwarded-For")));
  if (is_address(peer)) {
    in.origin.peer = peer;
    in.origin.loopback = false;
  }
  in.origin.secure = in.origin.secure || field(message, "X-Forwarded-Proto") == "https";
}

}  // namespace

Verb verb_of(const Message& message) {
  switch (message.method()) {
    case http::verb::get: return Verb::get;
    case http::verb::head: return Verb::head;
    case http::verb::post: return Verb::post;
    case http::verb::put: return Verb::put;
    case http::verb::delete_: return Verb::remove;
    case http::verb::options: return Verb::options;
    default: return Verb::other;
  }
}

Result<Inbound> to_inbound(Message& message, const Origin& origin, bool behind_proxy) {
  const auto hosts = message.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() >= 11)) {
    return Error{ErrorKind::invalid, "http.bad_request", "exactly one Host header is needed"};
  }
  Inbound in;
  in.verb = verb_of(message);
  std::string_view target = plain(message.target());
  // "OPTIONS *" asks about the server as a whole.
  if (in.verb == Verb::options && target == "*") target = "/";
  std::optional<Target> decoded = decode_target(target);
  if (!decoded) return Error{ErrorKind::invalid, "http.bad_request", "the path cannot be read"};
  in.path = std::move(decoded->path);
  in.query = std::move(decoded->query);
  in.origin = origin;
  in.content_type = field(message, http::field::content_type);
  in.cookie = field(message, http::field::cookie);
  in.authorization = field(message, http::field::authorization);
  in.idempotency_key = field(message, "Idempotency-Key");
  in.language = field(message, http::field::accept_language);
  in.accept_encoding = field(message, http::field::accept_encoding);
  in.if_none_match = field(message, http::field::if_none_match);
  in.last_event_id = field(message, "Last-Event-ID");
  in.same_site = field(message, "X-Doorstep") == "1";
  in.forwarded = message.count("X-Forwarded-For") > 0 || message.count(http::field::forwarded) > 0;
  if (behind_proxy && origin.loopback) believe_proxy(in, message);
  in.body = std::move(message.body());
  return in;
}

std::optional<Outbound> refusal(const boost::system::error_code& error, bool timed_out) {
  if (timed_out) return transport_problem(408, "http.timeout");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return transport_problem(431, "http.headers");
  }
  if (error == http::error::body_limit) return transport_problem(413, "http.too_large");
  if (error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  if (error.category() == make_error_code(http::error::bad_method).category()) {
    return transport_problem(400, "http.bad_request");
  }
  return std::nullopt;
}

}  // namespace doorstep::net
