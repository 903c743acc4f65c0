#pragma once
/// \file Metrics: what the server counts, in the text form that Prometheus reads.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace doorstep::net {

/// A path with everything that names one thing replaced: "/api/v1/households/{id}", "/r/{token}".
/// Never holds an id, a token or a word of the client's own beyond [a-z0-9_.-].
[[nodiscard]] std::string route_template(std::string_view path);

/// Thread-safe.
class Metrics {
 public:
  void request(std::string_view path, int status, std::chrono::nanoseconds took);

  std::atomic<std::int64_t> connections{0};  ///< Open now.
  std::atomic<std::int64_t> accepted{0};     ///< Since the start.
  std::atomic<std::int64_t> streams{0};      ///< Server-sent event streams open now.
  std::atomic<std::int64_t> events{0};       ///< Events handed to streams.
  std::atomic<std::int64_t> dropped{0};      ///< Streams ended for reading too slowly.
  std::atomic<std::int64_t> uploads{0};      ///< Large bodies held now.

  [[nodiscard]] std::string exposition(std::int64_t journal_seq) const;

 private:
  struct Latency {
    std::array<std::int64_t, 12> buckets{};  ///< Not cumulative; the last is "+Inf".
    double seconds = 0;
    std::int64_t count = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string, std::map<int, std::int64_t>, std::less<>> requests_;
  std::map<std::string, Latency, std::less<>> latencies_;
};

}  // namespace doorstep::net
