#pragma once
/// \file A file system for tests on which the power can be cut: what was not synced may be lost,
/// torn inside a sector, or there while older writes are not. Test code alone includes this.

#include <cstdint>
#include <string>

#include "base/rng.h"

namespace doorstep::store {

/// The name to open a database with, once a PowerCut exists.
inline constexpr const char* power_cut_vfs = "power_cut";

/// One at a time. Files live in the real file system; what a disk would hold is kept beside them.
class PowerCut {
 public:
  explicit PowerCut(std::uint64_t seed);
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  /// The power goes before the `operations`-th write or sync from now.
  void cut_after(std::int64_t operations);
  [[nodiscard]] bool is_cut() const;
  /// The operation after `operations` others from now fails, once, a read too; the disk goes on
  /// after it. What a failed sync did not reach, no later one does either.
  void fail_after(std::int64_t operations);
  [[nodiscard]] bool has_failed() const;
  /// With all connections closed: writes what the disk would hold over every file, and turns the
  /// power on again.
  void restore();
  /// Forgets all files.
  void forget();
};

}  // namespace doorstep::store
