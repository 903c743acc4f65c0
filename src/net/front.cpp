#include "net/front.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "api/body_limits.h"
#include "net/decode.h"
#include "net/gzip.h"

namespace doorstep::net {
namespace {

constexpr std::string_view read_only = "GET, HEAD, OPTIONS";
constexpr std::string_view any_method = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
constexpr std::size_t compress_from = 1024;

bool reads(Verb verb) {
  return verb == Verb::get || verb == Verb::head;
}

Plan answered(Outbound answer) {
  Plan plan;
  plan.answer = std::move(answer);
  return plan;
}

bool is_api(std::string_view path) {
  return path == "/api" || path.starts_with("/api/");
}

std::string_view allowed_for(std::string_view path) {
  if (is_api(path)) return any_method;
  if (path.starts_with("/r/") && path.ends_with("/check-in")) return "POST, OPTIONS";
  return read_only;
}

/// Requests that may cost a password hash, or try a secret that a person can remember.
bool proves_identity(const Inbound& in) {
  static constexpr std::array<std::string_view, 10> paths{
      "/api/v1/session",     "/api/v1/session/passkey", "/api/v1/session/phone/claim",
      "/api/v1/session/pin", "/api/v1/session/unlock",  "/api/v1/recovery-codes",
      "/api/v1/setup",       "/api/v1/setup/confirm",   "/api/v1/join",
      "/api/v1/join/confirm"};
  if (in.verb != Verb::post) return false;
  for (const std::string_view path : paths) {
    if (in.path == path) return true;
  }
  return false;
}

std::string_view cookie_name(const Origin& origin) {
  return origin.secure ? "__Host-doorstep" : "doorstep";
}

std::string set_cookie(const Origin& origin, const api::Response& response) {
  const bool clear = response.cookie == api::Response::Cookie::clear;
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie_name(origin),
                     clear ? "" : response.session, origin.secure ? "; Secure" : "",
                     clear ? "; Max-Age=0" : "");
}

api::Method method_of(Verb verb) {
  switch (verb) {
    case Verb::post: return api::Method::post;
    case Verb::put: return api::Method::put;
    case Verb::remove: return api::Method::remove;
    default: return api::Method::get;
  }
}

bool compressible(std::string_view media_type) {
  return media_type.starts_with("application/json") || media_type.starts_with("text/") ||
         media_type.starts_with("application/problem+json");
}

void compress(const Inbound& in, Outbound& answer) {
  if (!compressible(answer.media_type) || answer.body.size() <= compress_from) return;
  answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts_coding(in.accept_encoding, "gzip")) return;
  // Level 1: a board of 10,000 dwellings in some 5 ms.
  std::string packed = gzip(answer.body, 1);
  if (packed.empty() || packed.size() >= answer.body.size()) return;
  answer.body = std::move(packed);
  answer.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

Outbound not_allowed(std::string_view allowed) {
  Outbound answer = transport_problem(405, "http.method");
  answer.headers.emplace_back("Allow", allowed);
  return answer;
}

Outbound too_often(int seconds) {
  Outbound answer = transport_problem(429, "http.rate");
  answer.headers.emplace_back("Retry-After", std::to_string(seconds));
  return answer;
}

std::uint64_t Front::body_limit(Verb verb, std::string_view target) const {
  const std::string_view path = target.substr(0, target.find('?'));
  const std::size_t file = api::file_bytes_max(method_of(verb), path);
  return file == 0 ? options_->limits.body_bytes
                   : std::min<std::uint64_t>(file, options_->limits.upload_bytes);
}

bool Front::limited(const Inbound& in) const {
  if (in.origin.channel == api::Channel::control) return false;
  return !in.origin.loopback || options_->limits.loopback;
}

int Front::wait_time(const Inbound& in) {
  if (!limited(in)) return 0;
  const auto now = std::chrono::steady_clock::now();
  const std::string network = network_of(in.origin.peer);
  int seconds = limiter_->take(Limiter::Bucket::general, network, now);
  if (seconds == 0 && proves_identity(in)) {
    seconds = limiter_->take(Limiter::Bucket::sign_in, network, now);
  }
  // Whoever shows a link pays for wrong ones alone: a compound behind one address may all report
  // at eight o'clock.
  if (seconds == 0 && (!in.authorization.empty() || in.path.ends_with("/check-in"))) {
    seconds = limiter_->wait(Limiter::Bucket::failed_proof, network, now);
  }
  return seconds;
}

void Front::charge_failed_proof(const Inbound& in, int status) {
  if (status != 401 || !limited(in)) return;
  limiter_->take(Limiter::Bucket::failed_proof, network_of(in.origin.peer),
                 std::chrono::steady_clock::now());
}

Plan Front::plan(Inbound& in) {
  const auto resident = resident_path(in.path);
  const bool reports = resident && resident->rest == "/check-in";
  if (const int seconds = wait_time(in); seconds > 0) {
    if (!reports || in.verb != Verb::post) return answered(too_often(seconds));
    // Words for whoever sits there without JavaScript, and a button to try again.
    Plan plan = plan_report(in, *resident);
    if (plan.kind == Plan::Kind::answer) return plan;
    api::Response limited = api::problem({ErrorKind::rate_limited, "http.rate"});
    limited.retry_after_seconds = seconds;
    return answered(receipt_page(plan.report, limited, options_->zone));
  }
  const std::string_view allowed = allowed_for(in.path);
  if (in.verb == Verb::options) {
    Outbound answer;
    answer.status = 204;
    answer.headers.emplace_back("Allow", allowed);
    return answered(std::move(answer));
  }
  if (in.verb == Verb::other) return answered(not_allowed(allowed));
  if (is_api(in.path)) return plan_api(in);
  if (reports) return plan_report(in, *resident);
  return reads(in.verb) ? plan_page(in) : answered(not_allowed(allowed));
}

Plan Front::plan_api(Inbound& in) const {
  Plan plan;
  plan.kind = Plan::Kind::call;
  if (in.path == "/api/v1/events") {
    if (in.verb != Verb::get) return answered(not_allowed("GET, OPTIONS"));
    plan.kind = Plan::Kind::events;
  }
  api::Request& request = plan.request;
  request.method = method_of(in.verb);
  request.path = in.path;
  request.query = in.query;
  request.body = std::move(in.body);
  request.content_type = in.content_type;
  request.session = cookie_value(in.cookie, cookie_name(in.origin));
  request.link = link_token(in.authorization);
  request.idempotency_key = in.idempotency_key;
  request.same_site = in.same_site;
  request.language = in.language;
  request.peer = in.origin.peer;
  request.channel = in.origin.channel;
  return plan;
}

Plan Front::plan_report(Inbound& in, const ResidentPath& path) const {
  const std::string back = fmt::format("/r/{}", path.token);
  if (reads(in.verb)) {
    // Somebody reloaded the receipt: reading reports nothing.
    Outbound answer;
    answer.status = 303;
    answer.headers.emplace_back("Location", back);
    return answered(std::move(answer));
  }
  if (in.verb != Verb::post) return answered(not_allowed("POST, OPTIONS"));
  Plan plan;
  plan.kind = Plan::Kind::report;
  plan.report.token = path.token;
  plan.report.key = query_value(in.body, "key").value_or("");
  plan.report.wellbeing = query_value(in.body, "wellbeing").value_or("");
  plan.report.language = language_of(in);
  if (plan.report.wellbeing != "fine" && plan.report.wellbeing != "unwell") {
    const api::Response wrong = api::problem({ErrorKind::invalid, "check_in.wellbeing"});
    return answered(receipt_page(plan.report, wrong, options_->zone));
  }
  plan.request.method = api::Method::post;
  plan.request.path = "/api/v1/check-ins";
  plan.request.body = fmt::format(R"({{"wellbeing":"{}"}})", plan.report.wellbeing);
  plan.request.content_type = "application/json";
  plan.request.link = plan.report.token;
  plan.request.idempotency_key = plan.report.key;
  // The token stands in the address, which no foreign page knows.
  plan.request.same_site = true;
  plan.request.language = in.language;
  plan.request.peer = in.origin.peer;
  plan.request.channel = in.origin.channel;
  return plan;
}

Plan Front::plan_page(const Inbound& in) const {
  Plan plan;
  if (in.path == "/healthz") {
    plan.answer.media_type = "text/plain";
    plan.answer.body = "ok\n";
    return plan;
  }
  if (in.path == "/readyz") {
    plan.kind = Plan::Kind::ready;
    return plan;
  }
  if (in.path == "/metrics") {
    const bool ours = in.origin.channel == api::Channel::control ||
                      (in.origin.loopback && !in.forwarded) || options_->public_metrics;
    if (!ours) return answered(transport_problem(404, "http.not_found"));
    plan.kind = Plan::Kind::metrics;
    return plan;
  }
  if (in.path == receipt_style_path) return answered(receipt_style());
  const auto path = resident_path(in.path);
  if (path && (path->rest.empty() || path->rest == "/")) {
    const Instant now = options_->clock->now();
    const Site::Keys keys{uuid7(now, *options_->rng), uuid7(now, *options_->rng)};
    return answered(site_.resident(in, *path, keys));
  }
  return answered(site_.get(in));
}

Outbound Front::answer(const Inbound& in, const api::Request& request, api::Response response) {
  if (!request.link.empty()) charge_failed_proof(in, response.status);
  Outbound answer;
  answer.status = response.status;
  answer.media_type = std::move(response.media_type);
  answer.body = std::move(response.body);
  if (!response.file_name.empty()) {
    answer.headers.emplace_back("Content-Disposition", content_disposition(response.file_name));
  }
  if (response.cookie != api::Response::Cookie::keep) {
    answer.headers.emplace_back("Set-Cookie", set_cookie(in.origin, response));
  }
  if (response.retry_after_seconds > 0) {
    answer.headers.emplace_back("Retry-After", std::to_string(response.retry_after_seconds));
  }
  compress(in, answer);
  return answer;
}

Outbound Front::receipt(const Inbound& in, const Report& report, const api::Response& response) {
  charge_failed_proof(in, response.status);
  return receipt_page(report, response, options_->zone);
}

}  // namespace doorstep::net
