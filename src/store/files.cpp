#include "store/files.h"

#include <atomic>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

namespace doorstep::store {
namespace {

[[noreturn]] void fail(const char* doing, const std::string& path) {
  const int error = errno;
  throw Failure(error == ENOSPC || error == EDQUOT ? "store.full" : "store.broken",
                fmt::format("{} {}: errno {}", doing, path, error));
}

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Descriptor open_file(const std::string& path, int flags) {
  return Descriptor{::open(path.c_str(), flags | O_CLOEXEC, 0600)};
}

void sync(const Descriptor& file, const std::string& path) {
  if (::fsync(file.number()) != 0) fail("fsync", path);
}

void sync_directory(const std::string& path) {
  const Descriptor directory = open_file(path, O_RDONLY | O_DIRECTORY);
  if (!directory) fail("open", path);
  sync(directory, path);
}

void write_all(const Descriptor& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void make_directory(const std::string& path) {
  if (path.empty() || std::filesystem::is_directory(path)) return;
  make_directory(path == parent(path) ? "" : parent(path));
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("mkdir", path);
  sync_directory(parent(path));
}

std::optional<std::string> read_file(const std::string& path) {
  const Descriptor file = open_file(path, O_RDONLY);
  if (!file) {
    if (errno == ENOENT) return std::nullopt;
    fail("open", path);
  }
  std::string bytes;
  struct stat about = {};
  if (::fstat(file.number(), &about) == 0) bytes.reserve(static_cast<std::size_t>(about.st_size));
  char part[65536];
  for (;;) {
    const ssize_t got = ::read(file.number(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path);
    if (got == 0) return bytes;
    bytes.append(part, static_cast<std::size_t>(got));
  }
}

void write_file(const std::string& path, std::string_view bytes) {
  // A name of its own for each call: two threads may write the same file.
  static std::atomic<unsigned> counter = 0;
  const std::string temporary = fmt::format("{}.{}.{}.new", path, ::getpid(), ++counter);
  {
    const Descriptor file = open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) fail("create", temporary);
    try {
      write_all(file, bytes, temporary);
      sync(file, temporary);
    } catch (const Failure&) {
      ::unlink(temporary.c_str());
      throw;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail("rename", temporary);
  sync_directory(parent(path));
}

void keep_file(const std::string& written, const std::string& path) {
  {
    const Descriptor file = open_file(written, O_RDWR);
    if (!file) fail("open", written);
    sync(file, written);
  }
  if (::rename(written.c_str(), path.c_str()) != 0) fail("rename", written);
  sync_directory(parent(path));
}

void append_file(const std::string& path, std::string_view bytes) {
  const Descriptor file = open_file(path, O_WRONLY | O_CREAT | O_APPEND);
  if (!file) fail("open", path);
  write_all(file, bytes, path);
  sync(file, path);
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return;
    fail("unlink", path);
  }
  sync_directory(parent(path));
}

}  // namespace doorstep::store
