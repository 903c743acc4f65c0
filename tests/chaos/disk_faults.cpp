/// \file A disk that fails on command, for tools/chaos.py: preloaded into the server, it stands between the program and
/// the C library. What is below the folder DISK_FAULTS_FOLDER fails as the file DISK_FAULTS_ORDER says at that moment:
/// "full" (nothing grows), "readonly" (nothing is written), "sync" (nothing can be made sure of), or nothing.

#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

enum class Order { none, full, readonly, sync };

Order order() {
  static const char* const file = std::getenv("DISK_FAULTS_ORDER");
  if (file == nullptr) return Order::none;
  const int descriptor =
      static_cast<int>(syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC));
  if (descriptor < 0) return Order::none;
  std::array<char, 16> text{};
  const auto size = syscall(SYS_read, descriptor, text.data(), text.size());
  syscall(SYS_close, descriptor);
  const std::string_view word(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  if (word == "full") return Order::full;
  if (word == "readonly") return Order::readonly;
  return word == "sync" ? Order::sync : Order::none;
}

bool ours(std::string_view path) {
  static const char* const folder = std::getenv("DISK_FAULTS_FOLDER");
  return folder != nullptr && path.starts_with(folder);
}

bool ours(int descriptor) {
  std::array<char, 64> link{};
  std::array<char, PATH_MAX> path{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  const auto size = readlink(link.data(), path.data(), path.size());
  return size > 0 && ours(std::string_view(path.data(), static_cast<std::size_t>(size)));
}

/// Whether bytes up to there make the file longer; only that needs room.
bool grows(int descriptor, off_t end) {
  struct stat about{};
  return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && end > about.st_size;
}

int fail(int number) {
  errno = number;
  return -1;
}

bool refuses_write(int descriptor, off_t end) {
  const Order now = order();
  if (now == Order::none || now == Order::sync || !ours(descriptor)) return false;
  if (now == Order::full && !grows(descriptor, end)) return false;
  errno = now == Order::full ? ENOSPC : EROFS;
  return true;
}

bool refuses_change(const char* path) {
  if (order() != Order::readonly || !ours(std::string_view(path))) return false;
  errno = EROFS;
  return true;
}

int open_at(int folder, const char* path, int flags, mode_t mode) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (writes && refuses_change(path)) return -1;
  return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

mode_t mode_of(int flags, va_list& rest) {
  return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  const off_t at = lseek(descriptor, 0, SEEK_CUR);
  if (at >= 0 && refuses_write(descriptor, at + static_cast<off_t>(size))) return -1;
  return syscall(SYS_write, descriptor, bytes, size);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  if (refuses_write(descriptor, at + static_cast<off_t>(size))) return -1;
  return syscall(SYS_pwrite64, descriptor, bytes, size, at);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  return pwrite64(descriptor, bytes, size, at);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
  if (refuses_write(descriptor, size)) return -1;
  return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
}
int ftruncate(int descriptor, off_t size) noexcept {
  return ftruncate64(descriptor, size);
}

int fsync(int descriptor) {
  if (order() == Order::sync && ours(descriptor)) return fail(EIO);
  return static_cast<int>(syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  if (order() == Order::sync && ours(descriptor)) return fail(EIO);
  return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_at(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_at(AT_FDCWD, path, flags, mode);
}

int unlink(const char* path) noexcept {
  if (refuses_change(path)) return -1;
  return static_cast<int>(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
int rename(const char* from, const char* to) noexcept {
  if (refuses_change(to)) return -1;
  return static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
}
