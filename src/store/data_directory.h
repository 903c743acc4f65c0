#pragma once
/// \file The data directory: its lock, its secrets, and the file of the heads that were signed
/// here.

#include <mutex>
#include <string>
#include <vector>

#include "store/files.h"
#include "store/store.h"

namespace doorstep::store {

/// The key by which the heads of a data directory are checked; takes no lock. Throws Failure "store.none"
/// where there is none.
std::string public_key_in(const std::string& path);

/// The heads that were signed in a data directory, oldest first; takes no lock.
std::vector<Head> noted_in(const std::string& path);

class DataDirectory {
 public:
  /// Creates what is missing and takes the lock. Throws Failure "store.locked" naming the process
  /// that holds it.
  DataDirectory(const std::string& path, Rng& rng);

  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] const std::string& pepper() const { return pepper_; }
  [[nodiscard]] const std::string& public_key() const { return public_key_; }
  /// Tells whether another data directory has the same secrets, without telling them.
  [[nodiscard]] std::string fingerprint() const;

  /// Ed25519 over the text.
  [[nodiscard]] std::string sign(std::string_view text) const;
  /// Signs, and notes nothing.
  [[nodiscard]] Head sign(std::int64_t seq, const std::string& hash, Instant now) const;
  /// Appends a head that the database has to `heads.log`, durably, unless it is there.
  void note(const Head& head);
  [[nodiscard]] std::vector<Head> noted() const { return noted_in(path_); }

 private:
  std::string path_;
  Descriptor lock_;
  std::string pepper_;
  std::string secret_key_;
  std::string public_key_;
  mutable std::mutex mutex_;
  std::int64_t last_noted_ = -1;
};

}  // namespace doorstep::store
