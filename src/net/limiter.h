#pragma once
/// \file Limiter: how often one peer may ask, and how many connections it may hold.

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "net/options.h"

namespace doorstep::net {

/// What all requests of one household or one machine share: the IPv4 address, or the first 64 bits
/// of an IPv6 one. A mapped IPv4 address is that address.
[[nodiscard]] std::string network_of(std::string_view address);

/// Thread-safe.
class Limiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class Bucket : std::uint8_t { general, sign_in, failed_proof };

  explicit Limiter(const Limits& limits);

  /// Takes one; returns 0, or the seconds to wait where nothing was left.
  int take(Bucket bucket, const std::string& network, Time now);
  /// Like take(), but takes nothing.
  int wait(Bucket bucket, const std::string& network, Time now);

  /// Whether this network may hold one connection more; then it does until closed().
  bool opened(const std::string& network);
  void closed(const std::string& network);

 private:
  struct Level {
    double left = 0;
    Time at;
  };
  struct Peer {
    std::array<Level, 3> levels;
    int connections = 0;
  };

  Peer& peer(const std::string& network, Time now);
  Level& refill(Bucket bucket, Peer& peer, Time now) const;
  int ask(Bucket bucket, const std::string& network, Time now, double cost);

  std::array<Rate, 3> rates_;
  int connections_per_peer_;
  std::mutex mutex_;
  std::unordered_map<std::string, Peer> peers_;
};

}  // namespace doorstep::net
