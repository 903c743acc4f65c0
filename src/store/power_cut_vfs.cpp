#include "store/power_cut_vfs.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include <sqlite3.h>
#include <unistd.h>

#include "base/check.h"

namespace doorstep::store {
namespace {

constexpr std::size_t sector = 512;

/// A change that no sync has covered yet.
struct Change {
  std::size_t offset = 0;
  std::string bytes = {};
  std::optional<std::size_t> truncated_to = {};
};

/// What the disk holds of a file for certain, and what it may hold.
struct Disk {
  bool exists = false;
  std::string durable = {};
  std::vector<Change> changes = {};
};

void apply(std::string& image, std::size_t offset, std::string_view bytes) {
  if (image.size() < offset + bytes.size()) image.resize(offset + bytes.size(), '\0');
  image.replace(offset, bytes.size(), bytes);
}

/// The state behind the file system; sqlite3 knows it by its C interface alone.
struct World {
  explicit World(std::uint64_t seed) : rng(seed) {}

  std::mutex mutex = {};
  SeededRng rng;
  std::map<std::string, Disk> disks = {};
  std::int64_t left = -1;  ///< Operations until the cut; -1: never.
  std::atomic<bool> cut = false;
  std::int64_t until_failure = -1;  ///< Operations until one of them fails; -1: none will.
  bool failed = false;

  Disk& disk(const std::string& path) {
    const auto [at, fresh] = disks.try_emplace(path);
    if (fresh && ::access(path.c_str(), F_OK) == 0) {
      std::ifstream file(path, std::ios::binary);
      at->second = {true, std::string(std::istreambuf_iterator<char>(file), {}), {}};
    }
    return at->second;
  }

  /// False once the power is gone.
  bool powered() {
    if (!cut && left >= 0 && left-- == 0) cut = true;
    return !cut;
  }

  /// True for the one operation that is to fail.
  bool fails() {
    if (until_failure < 0 || until_failure-- > 0) return false;
    return failed = true;
  }

  void sync(Disk& disk) {
    for (const Change& change : disk.changes) {
      if (change.truncated_to) {
        disk.durable.resize(*change.truncated_to, '\0');
      } else {
        apply(disk.durable, change.offset, change.bytes);
      }
    }
    disk.changes.clear();
    disk.exists = true;
  }

  /// Each sector of each unsynced write for itself: there, lost, or torn.
  void settle(Disk& disk) {
    static constexpr std::uint64_t chances[] = {0, 30, 70, 95, 100};
    const std::uint64_t kept_of_100 = chances[rng.below(5)];
    const std::size_t sure = disk.durable.size();
    for (const Change& change : disk.changes) {
      if (change.truncated_to) {
        if (rng.below(100) < kept_of_100) disk.durable.resize(*change.truncated_to, '\0');
        continue;
      }
      std::size_t at = 0;
      while (at < change.bytes.size()) {
        const std::size_t border = sector - (change.offset + at) % sector;
        std::size_t size = std::min(border, change.bytes.size() - at);
        const std::size_t whole = size;
        if (rng.below(100) >= kept_of_100) size = rng.below(10) == 0 ? rng.below(whole) : 0;
        if (size > 0) apply(disk.durable, change.offset + at, {&change.bytes[at], size});
        at += whole;
      }
    }
    disk.changes.clear();
    // The length of a file is written apart from its sectors.
    if (disk.durable.size() > sure && rng.below(3) == 0) {
      const std::size_t sectors = (disk.durable.size() - sure) / sector;
      disk.durable.resize(sure + rng.below(sectors + 1) * sector);
    }
  }
};

World* world = nullptr;
sqlite3_vfs* real_vfs = nullptr;

/// sqlite3 allocates this with the real file's bytes behind it.
struct File {
  sqlite3_file base;
  std::string* path;  ///< Null for a temporary file, which nobody misses.
  [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* cast(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}

int do_close(sqlite3_file* file) {
  const int result = cast(file)->real()->pMethods->xClose(cast(file)->real());
  delete cast(file)->path;
  return result;
}

int do_read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  if (world->cut) return SQLITE_IOERR_READ;
  if (cast(file)->path != nullptr) {
    const std::lock_guard lock(world->mutex);
    if (world->fails()) return SQLITE_IOERR_READ;
  }
  return cast(file)->real()->pMethods->xRead(cast(file)->real(), to, size, offset);
}

int do_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  if (cast(file)->path != nullptr) {
    const std::lock_guard lock(world->mutex);
    Disk& disk = world->disk(*cast(file)->path);
    if (world->cut || world->fails()) return SQLITE_IOERR_WRITE;
    // The write that the cut falls into may still reach the disk in part.
    disk.changes.push_back(
        {std::size_t(offset), std::string(static_cast<const char*>(from), std::size_t(size)), {}});
    if (!world->powered()) return SQLITE_IOERR_WRITE;
  }
  return cast(file)->real()->pMethods->xWrite(cast(file)->real(), from, size, offset);
}

int do_truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (cast(file)->path != nullptr) {
    const std::lock_guard lock(world->mutex);
    Disk& disk = world->disk(*cast(file)->path);
    if (!world->powered() || world->fails()) return SQLITE_IOERR_TRUNCATE;
    disk.changes.push_back({0, {}, std::size_t(size)});
  }
  return cast(file)->real()->pMethods->xTruncate(cast(file)->real(), size);
}

int do_sync(sqlite3_file* file, int /*flags*/) {
  if (cast(file)->path == nullptr) return SQLITE_OK;
  const std::lock_guard lock(world->mutex);
  Disk& disk = world->disk(*cast(file)->path);
  if (!world->powered()) return SQLITE_IOERR_FSYNC;
  if (world->fails()) {
    // The kernel calls the pages clean all the same, and they never reach the disk.
    disk.changes.clear();
    return SQLITE_IOERR_FSYNC;
  }
  world->sync(disk);
  return SQLITE_OK;
}

int do_file_size(sqlite3_file* file, sqlite3_int64* size) {
  return cast(file)->real()->pMethods->xFileSize(cast(file)->real(), size);
}
int do_lock(sqlite3_file* file, int kind) {
  return cast(file)->real()->pMethods->xLock(cast(file)->real(), kind);
}
int do_unlock(sqlite3_file* file, int kind) {
  return cast(file)->real()->pMethods->xUnlock(cast(file)->real(), kind);
}
int do_check_lock(sqlite3_file* file, int* held) {
  return cast(file)->real()->pMethods->xCheckReservedLock(cast(file)->real(), held);
}
int do_control(sqlite3_file* file, int operation, void* argument) {
  return cast(file)->real()->pMethods->xFileControl(cast(file)->real(), operation, argument);
}
int do_sector_size(sqlite3_file* /*file*/) {
  return int(sector);
}
/// Nothing is promised: a write next to another may harm it (no "power-safe overwrite").
int do_characteristics(sqlite3_file* /*file*/) {
  return 0;
}
int do_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  return cast(file)->real()->pMethods->xShmMap(cast(file)->real(), page, size, extend, at);
}
int do_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return cast(file)->real()->pMethods->xShmLock(cast(file)->real(), offset, count, flags);
}
void do_shm_barrier(sqlite3_file* file) {
  cast(file)->real()->pMethods->xShmBarrier(cast(file)->real());
}
int do_shm_unmap(sqlite3_file* file, int remove) {
  return cast(file)->real()->pMethods->xShmUnmap(cast(file)->real(), remove);
}

constexpr sqlite3_io_methods methods = {2,
                                        do_close,
                                        do_read,
                                        do_write,
                                        do_truncate,
                                        do_sync,
                                        do_file_size,
                                        do_lock,
                                        do_unlock,
                                        do_check_lock,
                                        do_control,
                                        do_sector_size,
                                        do_characteristics,
                                        do_shm_map,
                                        do_shm_lock,
                                        do_shm_barrier,
                                        do_shm_unmap,
                                        nullptr,
                                        nullptr};

int do_open(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
            int* out_flags) {
  std::memset(file, 0, sizeof(File));
  if (name != nullptr) {
    const std::lock_guard lock(world->mutex);
    if (world->fails()) return SQLITE_CANTOPEN;
  }
  const int result = real_vfs->xOpen(real_vfs, name, cast(file)->real(), flags, out_flags);
  if (cast(file)->real()->pMethods != nullptr) {
    file->pMethods = &methods;
    cast(file)->path = name == nullptr ? nullptr : new std::string(name);
  }
  if (result == SQLITE_OK && name != nullptr) {
    const std::lock_guard lock(world->mutex);
    world->disk(name);
  }
  return result;
}

int do_delete(sqlite3_vfs* /*vfs*/, const char* name, int sync) {
  const std::lock_guard lock(world->mutex);
  if (!world->powered() || world->fails()) return SQLITE_IOERR_DELETE;
  world->disks.erase(name);
  return real_vfs->xDelete(real_vfs, name, sync);
}

}  // namespace

PowerCut::PowerCut(std::uint64_t seed) {
  CHECK(world == nullptr);
  world = new World(seed);
  if (sqlite3_vfs_find(power_cut_vfs) != nullptr) return;
  real_vfs = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs shim = *real_vfs;
  shim.zName = power_cut_vfs;
  shim.szOsFile = int(sizeof(File)) + real_vfs->szOsFile;
  shim.pNext = nullptr;
  shim.xOpen = do_open;
  shim.xDelete = do_delete;
  sqlite3_vfs_register(&shim, 0);
}

PowerCut::~PowerCut() {
  delete world;
  world = nullptr;
}

void PowerCut::cut_after(std::int64_t operations) {
  const std::lock_guard lock(world->mutex);
  world->left = operations;
}

bool PowerCut::is_cut() const {
  const std::lock_guard lock(world->mutex);
  return world->cut;
}

void PowerCut::fail_after(std::int64_t operations) {
  const std::lock_guard lock(world->mutex);
  world->until_failure = operations;
  world->failed = false;
}

bool PowerCut::has_failed() const {
  const std::lock_guard lock(world->mutex);
  return world->failed;
}

void PowerCut::restore() {
  const std::lock_guard lock(world->mutex);
  for (auto& [path, disk] : world->disks) {
    const bool never_synced = !disk.exists;
    world->settle(disk);
    // A file that was never synced may have no name yet.
    if (never_synced && world->rng.below(2) == 0) {
      ::unlink(path.c_str());
      continue;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << disk.durable;
    ::unlink((path + "-shm").c_str());
  }
  world->disks.clear();
  world->cut = false;
  world->left = -1;
  world->until_failure = -1;
}

void PowerCut::forget() {
  const std::lock_guard lock(world->mutex);
  world->disks.clear();
  world->cut = false;
  world->left = -1;
  world->until_failure = -1;
}

}  // namespace doorstep::store
