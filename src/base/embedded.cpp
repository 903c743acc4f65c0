#include "base/embedded.h"

#include <span>

#include "base/check.h"
#include "base/embedded_table.h"

namespace doorstep {

std::string_view embedded(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == path) return {file.begin, static_cast<std::size_t>(file.end - file.begin)};
  }
  CHECK(path.empty());  // Not built in: a bug, the build lists the files.
  return {};
}

std::vector<std::string_view> embedded_below(std::string_view folder) {
  std::vector<std::string_view> paths;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.starts_with(folder)) paths.push_back(file.path);
  }
  return paths;
}

}  // namespace doorstep
