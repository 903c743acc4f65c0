#include "net/wire.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace doorstep::net {
namespace {

// img-src blob: the poster that a page draws; data: the icons in style sheets.
constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), autoplay=(self), camera=(self), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()\r\n";

constexpr std::string_view strict_transport =
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

// A value can hold what a store or a file name held: a line break in it would be a second header.
std::string_view until_line_break(std::string_view value) {
  return value.substr(0, std::min(value.size(), value.find_first_of("\r\n")));
}

}  // namespace

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Unknown";
  }
}

std::string head_text(const Outbound& answer, const Origin& origin, Framing framing) {
  std::string out;
  out.reserve(1400);
  auto to = std::back_inserter(out);
  fmt::format_to(to, "HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
  if (!answer.media_type.empty()) {
    fmt::format_to(to, "Content-Type: {}\r\n", until_line_break(answer.media_type));
  }
  const bool bodiless = answer.status == 204 || answer.status == 304;
  if (framing != Framing::stream && !bodiless) {
    fmt::format_to(to, "Content-Length: {}\r\n", answer.content().size());
  }
  fmt::format_to(to, "Cache-Control: {}\r\n", until_line_break(answer.cache));
  for (const auto& [name, value] : answer.headers) {
    fmt::format_to(to, "{}: {}\r\n", name, until_line_break(value));
  }
  out += security_headers;
  if (origin.secure) out += strict_transport;
  if (framing != Framing::keep) out += "Connection: close\r\n";
  out += "\r\n";
  return out;
}

Outbound transport_problem(int status, std::string_view code, std::string_view hint) {
  Outbound answer;
  answer.status = status;
  answer.media_type = "application/problem+json";
  answer.body = fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"code":"{}")",
                            reason(status), status, code);
  if (!hint.empty()) answer.body += fmt::format(R"(,"hint":"{}")", hint);
  answer.body += '}';
  return answer;
}

}  // namespace doorstep::net
