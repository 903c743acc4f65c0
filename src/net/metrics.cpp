#include "net/metrics.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/id.h"

namespace doorstep::net {
namespace {

constexpr std::array<double, 11> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                        0.1,   0.25,   0.5,   1,    5};
// The service has some 200 routes. A client that invents paths must not make us remember them.
constexpr std::size_t routes_max = 400;

bool is_word(std::string_view segment) {
  return segment.size() <= 32 && std::ranges::all_of(segment, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
                  c == '-';
         });
}

std::string_view family(std::string_view path) {
  if (path.starts_with("/assets/")) return "/assets/{file}";
  if (path.starts_with("/r/"))
    return path.ends_with("/check-in") ? "/r/{token}/check-in" : "/r/{token}";
  if (path.size() > 2 && path.front() == '/' && path[2] == '/') return "/{app}/{page}";
  return {};
}

void gauge(std::string& out, std::string_view name, std::string_view type, std::string_view help,
           std::int64_t value) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help,
                 type, value);
}

}  // namespace

std::string route_template(std::string_view path) {
  if (!path.starts_with("/api/")) {
    const std::string_view known = family(path);
    if (!known.empty()) return std::string(known);
    return is_word(path.substr(std::min<std::size_t>(1, path.size()))) ? std::string(path)
                                                                       : "other";
  }
  std::string out;
  for (int depth = 0; !path.empty(); ++depth) {
    if (depth == 8) return "other";
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, std::min(path.size(), path.find('/')));
    path.remove_prefix(segment.size());
    out += '/';
    if (id_from_text(segment)) {
      out += "{id}";
    } else {
      out += is_word(segment) ? segment : "{text}";
    }
  }
  return out;
}

void Metrics::request(std::string_view path, int status, std::chrono::nanoseconds took) {
  std::string route = route_template(path);
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bucket =
      static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
  const std::scoped_lock lock(mutex_);
  // Only an answer that found something makes a new row.
  const bool known = latencies_.contains(route);
  if (!known && (status == 404 || status == 405 || latencies_.size() >= routes_max))
    route = "other";
  ++requests_[route][status];
  Latency& latency = latencies_[route];
  ++latency.buckets.at(bucket);
  latency.seconds += seconds;
  ++latency.count;
}

std::string Metrics::exposition(std::int64_t journal_seq) const {
  std::string out;
  gauge(out, "doorstep_connections", "gauge", "Open connections.", connections);
  gauge(out, "doorstep_connections_accepted_total", "counter", "Connections accepted.", accepted);
  gauge(out, "doorstep_event_streams", "gauge", "Browsers that watch the journal.", streams);
  gauge(out, "doorstep_events_sent_total", "counter", "Events handed to streams.", events);
  gauge(out, "doorstep_event_streams_dropped_total", "counter", "Streams that read too slowly.",
        dropped);
  gauge(out, "doorstep_journal_seq", "gauge", "Newest entry of the journal seen.", journal_seq);
  auto to = std::back_inserter(out);
  const std::scoped_lock lock(mutex_);
  out +=
      "# HELP doorstep_http_requests_total Answers by route and status.\n"
      "# TYPE doorstep_http_requests_total counter\n";
  for (const auto& [route, statuses] : requests_) {
    for (const auto& [status, count] : statuses) {
      fmt::format_to(to, "doorstep_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route,
                     status, count);
    }
  }
  out +=
      "# HELP doorstep_http_request_seconds From the end of the headers to the last byte.\n"
      "# TYPE doorstep_http_request_seconds histogram\n";
  for (const auto& [route, latency] : latencies_) {
    std::int64_t below = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      below += latency.buckets.at(i);
      fmt::format_to(to, "doorstep_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                     route, bounds.at(i), below);
    }
    fmt::format_to(to,
                   "doorstep_http_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                   "doorstep_http_request_seconds_sum{{route=\"{0}\"}} {2}\n"
                   "doorstep_http_request_seconds_count{{route=\"{0}\"}} {1}\n",
                   route, latency.count, latency.seconds);
  }
  return out;
}

}  // namespace doorstep::net
