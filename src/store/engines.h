#pragma once
/// \file How the two engines are opened, with the seams their tests need. Production code opens a
/// store through Store::open() alone.

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "store/migrations.h"
#include "store/store.h"

namespace doorstep::store {

struct Seams {
  std::string vfs = {};                  ///< SQLite: the name of a registered file system.
  bool survive_power_loss = true;        ///< False for the control run that must lose rows.
  std::int64_t checkpoint_pages = 8000;  ///< SQLite: how long the log grows before it is folded in.
  std::int64_t page_limit = 0;           ///< SQLite: a disk that is full after so many pages.
  std::span<const Migration> history = migrations();  ///< The schema's.
  std::size_t group_limit = 0;  ///< Members of one commit at most; 0: the engine's own.
  /// Heads are signed by it: the wall clock may be set back, or run fast in a drill.
  std::function<std::chrono::steady_clock::time_point()> steady = std::chrono::steady_clock::now;
  std::function<void()> disk_lost = {};  ///< Instead of abort().
  std::function<void()> closed = {};     ///< After everything is released.
};

/// Calls back when everything that a store declared after it is gone.
struct AtTheEnd {
  std::function<void()> call;
  ~AtTheEnd() {
    if (call) call();
  }
};

std::unique_ptr<Store> open_sqlite(const Options& options, const Seams& seams);
std::unique_ptr<Store> open_postgres(const Options& options, const Seams& seams);

}  // namespace doorstep::store
