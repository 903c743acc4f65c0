#include "api/message.h"

#include "api/fields.h"

namespace doorstep::api {

std::string_view to_text(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::remove: return "DELETE";
  }
  return "GET";
}

int http_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return 422;
    case ErrorKind::unauthenticated: return 401;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::too_large: return 413;
    case ErrorKind::rate_limited: return 429;
    case ErrorKind::unavailable: return 503;
  }
  return 500;
}

Response problem(const Error& error) {
  Response response;
  response.status = error.code == "body.not_json" ? 400
                    : error.code == "http.method" ? 405
                                                  : http_status(error.kind);
  response.media_type = "application/problem+json";
  if (response.status == 429) response.retry_after_seconds = 30;
  if (response.status == 503) response.retry_after_seconds = 2;
  Writer out;
  out.open('{');
  out("type", std::string("about:blank"));
  out("title", error.code);
  out("status", std::int64_t{response.status});
  out("code", error.code);
  // What the store says of itself (addresses, paths, statements) is for the log.
  const bool ours = error.kind == ErrorKind::unavailable;
  if (!error.hint.empty() && !ours) out("hint", error.hint);
  out.close('}');
  response.body = out.take();
  return response;
}

}  // namespace doorstep::api
