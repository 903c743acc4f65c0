#include "store/blob_files.h"

#include "base/bytes.h"
#include "base/log.h"
#include "store/files.h"

namespace doorstep::store {

bool is_blob_hash(std::string_view hash) {
  return hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string BlobFiles::put(std::string_view bytes) {
  std::string hash = to_hex(blake2b(bytes));
  // Where the bytes are there already they are durable already: a file gets its name after fsync.
  if (get(hash)) return hash;
  make_directory(directory_ + "/" + hash.substr(0, 2));
  write_file(path(hash), bytes);
  return hash;
}

std::optional<std::string> BlobFiles::get(const std::string& hash) const {
  if (!is_blob_hash(hash)) return std::nullopt;
  auto bytes = read_file(path(hash));
  if (bytes && to_hex(blake2b(*bytes)) != hash) {
    log::error("store: blob {} is damaged", hash);
    return std::nullopt;
  }
  return bytes;
}

void BlobFiles::remove(const std::string& hash) {
  if (is_blob_hash(hash)) remove_file(path(hash));
}

std::string BlobFiles::path(const std::string& hash) const {
  return directory_ + "/" + hash.substr(0, 2) + "/" + hash;
}

}  // namespace doorstep::store
