#include "api/message.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace doorstep::api {
namespace {

struct Row {
  int status;
  std::string_view title;
};

// In the order of ErrorKind.
constexpr std::array<Row, 8> statuses{{{422, "Unprocessable Content"},
                                       {401, "Unauthorized"},
                                       {403, "Forbidden"},
                                       {404, "Not Found"},
                                       {409, "Conflict"},
                                       {413, "Content Too Large"},
                                       {429, "Too Many Requests"},
                                       {503, "Service Unavailable"}}};
static_assert(static_cast<std::size_t>(ErrorKind::unavailable) + 1 == statuses.size());

const Row& row(ErrorKind kind) {
  return statuses.at(static_cast<std::size_t>(kind));
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
  return out;
}

}  // namespace

std::string_view to_text(Method method) {
  constexpr std::array<std::string_view, 4> names{"GET", "POST", "PUT", "DELETE"};
  return names.at(static_cast<std::size_t>(method));
}

int http_status(ErrorKind kind) {
  return row(kind).status;
}

Response problem(const Error& error) {
  const Row& known = row(error.kind);
  Response response;
  response.status = known.status;
  response.media_type = "application/problem+json";
  response.body = fmt::format(R"({{"type":"about:blank","title":{},"status":{},"code":{})",
                              quoted(known.title), known.status, quoted(error.code));
  if (!error.hint.empty()) response.body += fmt::format(R"(,"hint":{})", quoted(error.hint));
  response.body += '}';
  // Busy passes quickly; a lock on sign-in does not.
  if (error.kind == ErrorKind::unavailable) response.retry_after_seconds = 2;
  if (error.kind == ErrorKind::rate_limited) response.retry_after_seconds = 30;
  return response;
}

}  // namespace doorstep::api
