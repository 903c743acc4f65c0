#pragma once
/// \file Blobs as content-addressed files: `blobs/ab/<hash>`.

#include <optional>
#include <string>
#include <string_view>

namespace doorstep::store {

/// True for what put_blob() gives out: 64 lower-case hexadecimal digits.
[[nodiscard]] bool is_blob_hash(std::string_view hash);

class BlobFiles {
 public:
  explicit BlobFiles(std::string directory) : directory_(std::move(directory)) {}

  std::string put(std::string_view bytes);
  /// None where it is not there or its bytes no longer have that hash.
  [[nodiscard]] std::optional<std::string> get(const std::string& hash) const;
  void remove(const std::string& hash);

 private:
  [[nodiscard]] std::string path(const std::string& hash) const;
  std::string directory_;
};

}  // namespace doorstep::store
