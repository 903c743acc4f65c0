#pragma once
/// \file What the shell says of a backup that it has made: the body of POST /api/v1/backups.

#include <cstdint>
#include <string>

namespace doorstep::api {

struct BackupNoted {
  std::string name;  ///< Of the file, without its folder.
  bool verified = false;
  std::int64_t seq = 0;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;

  void fields(auto& f) {
    f("name", name);
    f("verified", verified);
    f("seq", seq);
    f("rows", rows);
    f("bytes", bytes);
  }
};

}  // namespace doorstep::api
