#pragma once
/// \file The generated table behind base/embedded.h.

#include <span>
#include <string_view>

namespace doorstep {

struct EmbeddedFile {
  std::string_view path;
  const char* begin;
  const char* end;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace doorstep
