#include "access/path.h"

#include "base/id.h"

namespace doorstep::access {
namespace {
constexpr std::size_t segment_length = 15;
}

std::string path_below(std::string_view parent, char kind, std::int64_t id) {
  std::string path(parent);
  path += kind;
  path += id_text(id);
  path += '/';
  return path;
}

std::string path_end(std::string_view prefix) {
  if (prefix.empty()) return "~";  // Greater than every letter a path begins with.
  std::string end(prefix);
  end.back() = '0';  // '/' + 1
  return end;
}

std::optional<std::int64_t> id_in_path(std::string_view path, char kind) {
  for (std::size_t at = 0; at + segment_length <= path.size(); at += segment_length) {
    if (path[at] == kind) return id_from_text(path.substr(at + 1, segment_length - 2));
  }
  return std::nullopt;
}

}  // namespace doorstep::access
