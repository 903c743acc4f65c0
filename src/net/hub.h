#pragma once
/// \file Hub: reads the journal once and hands every new entry to all who watch. Its thread sleeps
/// until the store says that something was sealed; nothing is polled.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "net/handler.h"
#include "net/metrics.h"
#include "net/options.h"
#include "store/store.h"

namespace doorstep::net {

/// One browser that watches. Whoever holds the shared_ptr is subscribed; letting go of it ends
/// that.
class Watch {
 public:
  Watch(api::Viewer viewer, std::int64_t cursor, std::function<void()> wake)
      : viewer_(std::move(viewer)), cursor_(cursor), wake_(std::move(wake)) {}

  /// From now on filter for this viewer: grants change.
  void set_viewer(api::Viewer viewer);
  /// The journal up to here was handed out or is not for this viewer.
  [[nodiscard]] std::int64_t cursor() const;

 private:
  friend class Hub;

  mutable std::mutex mutex_;
  api::Viewer viewer_;
  std::int64_t cursor_;
  std::string pending_;  ///< Events as text, not taken yet.
  std::function<void()> wake_;
};

/// Thread-safe.
class Hub {
 public:
  Hub(Handler& handler, store::Store& store, const Events& options, Metrics& metrics);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  void start();
  void stop();

  /// `after` is the last entry that the browser has seen; none: from now on. `wake` is called from
  /// the hub's thread when there is something to take.
  std::shared_ptr<Watch> subscribe(api::Viewer viewer, std::optional<std::int64_t> after,
                                   std::function<void()> wake);

  /// What waits for this watcher, in the form of the event stream; often nothing.
  std::string take(Watch& watch);

  /// Newest entry known.
  [[nodiscard]] std::int64_t newest() const;

 private:
  struct Signal;

  void run();
  /// On the hub's thread alone.
  void fetch(std::int64_t sealed);
  void skip(std::int64_t sealed);
  bool deliver(Watch& watch);
  void reset(Watch& watch) const;
  bool load_past(std::int64_t after);

  Handler* handler_;
  store::Store* store_;
  Events options_;
  Metrics* metrics_;
  std::shared_ptr<Signal> signal_;             ///< Outlives the hub in the store's listener.
  std::vector<std::weak_ptr<Watch>> watches_;  ///< Guarded by the signal's mutex.

  // The last `resume` entries, gap-free by seq, for the hub's thread alone. It makes a reconnecting
  // crowd (server restarted, router rebooted) cost no query each.
  std::deque<store::Sealed> recent_;
  std::int64_t read_ = 0;  ///< Newest entry read from the journal.
  std::thread thread_;
};

}  // namespace doorstep::net
