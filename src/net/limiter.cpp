#include "net/limiter.h"

#include <algorithm>
#include <cmath>

#include <arpa/inet.h>

namespace doorstep::net {
namespace {

// About 10 MB of peers; beyond that those who have asked for nothing lately are forgotten.
constexpr std::size_t peers_max = 65'536;

}  // namespace

std::string network_of(std::string_view address) {
  in6_addr parsed{};
  const std::string text(address);
  if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  const std::string bytes(reinterpret_cast<const char*>(parsed.s6_addr), 16);
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    std::array<char, INET_ADDRSTRLEN> dotted{};
    inet_ntop(AF_INET, bytes.data() + 12, dotted.data(), dotted.size());
    return dotted.data();
  }
  return bytes.substr(0, 8);
}

Limiter::Limiter(const Limits& limits)
    : rates_{limits.general, limits.sign_in, limits.failed_proof},
      connections_per_peer_(limits.connections_per_peer) {}

Limiter::Peer& Limiter::peer(const std::string& network, Time now) {
  if (const auto found = peers_.find(network); found != peers_.end()) return found->second;
  if (peers_.size() >= peers_max) {
    std::erase_if(peers_, [&](const auto& entry) {
      Peer known = entry.second;
      if (known.connections > 0) return false;
      for (std::size_t i = 0; i < rates_.size(); ++i) {
        const Level& level = refill(static_cast<Bucket>(i), known, now);
        if (level.left + 1 < rates_.at(i).burst) return false;
      }
      return true;
    });
    // A flood from that many networks: rates no longer help, memory must still be bounded.
    if (peers_.size() >= peers_max) peers_.clear();
  }
  Peer& fresh = peers_[network];
  for (std::size_t i = 0; i < rates_.size(); ++i) fresh.levels.at(i) = {rates_.at(i).burst, now};
  return fresh;
}

Limiter::Level& Limiter::refill(Bucket bucket, Peer& peer, Time now) const {
  const auto index = static_cast<std::size_t>(bucket);
  Level& level = peer.levels.at(index);
  const std::chrono::duration<double> passed = now - level.at;
  level.left = std::min(rates_.at(index).burst,
                        level.left + std::max(0.0, passed.count()) * rates_.at(index).per_second);
  level.at = now;
  return level;
}

int Limiter::ask(Bucket bucket, const std::string& network, Time now, double cost) {
  const Rate& rate = rates_.at(static_cast<std::size_t>(bucket));
  if (rate.per_second <= 0) return 0;
  const std::scoped_lock lock(mutex_);
  Level& level = refill(bucket, peer(network, now), now);
  if (level.left < 1) return static_cast<int>(std::ceil((1 - level.left) / rate.per_second));
  level.left -= cost;
  return 0;
}

int Limiter::take(Bucket bucket, const std::string& network, Time now) {
  return ask(bucket, network, now, 1);
}

int Limiter::wait(Bucket bucket, const std::string& network, Time now) {
  return ask(bucket, network, now, 0);
}

bool Limiter::opened(const std::string& network) {
  const std::scoped_lock lock(mutex_);
  Peer& known = peer(network, std::chrono::steady_clock::now());
  if (known.connections >= connections_per_peer_) return false;
  ++known.connections;
  return true;
}

void Limiter::closed(const std::string& network) {
  const std::scoped_lock lock(mutex_);
  const auto found = peers_.find(network);
  if (found != peers_.end() && found->second.connections > 0) --found->second.connections;
}

}  // namespace doorstep::net
