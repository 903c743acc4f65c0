#pragma once
/// \file A long text under a key, in pieces, so that it is neither held in memory nor cut short unseen: libsodium's
/// secretstream (XChaCha20-Poly1305) with an end of its own.

#include <array>
#include <cstdint>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>

#include <sodium.h>

namespace doorstep::store {

inline constexpr std::size_t stream_key_size = crypto_secretstream_xchacha20poly1305_KEYBYTES;

class SealedWriter {
 public:
  /// Requires a key of stream_key_size bytes.
  SealedWriter(std::ostream& out, const std::string& key);
  /// Throws Failure "backup.write".
  void put(std::string_view bytes);
  /// Writes what is left and the end. Without it the file counts as cut short.
  void finish();

 private:
  void push(std::string_view piece, unsigned char tag);

  std::ostream& out_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  std::string waiting_;
};

class SealedReader {
 public:
  /// Throws Failure "backup.damaged".
  SealedReader(std::istream& in, const std::string& key);
  /// The next `count` bytes. Throws Failure "backup.damaged" where they were changed or cut off.
  std::string take(std::size_t count);
  /// Throws Failure "backup.damaged" where something follows, or the end is missing.
  void finish();

 private:
  bool pull();  ///< False at the end.

  std::istream& in_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  std::string open_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace doorstep::store
