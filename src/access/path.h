#pragma once
/// \file Place paths: one text per place and household that begins with its parent's, so that
/// "everything below" is one range of an index.
///
/// A segment is a letter for the kind, the id's 13 characters and a slash: "g01..3/b01..7/e../d../".
/// The community itself has the empty path; a household's segment ("h") follows its dwelling's.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep::access {

[[nodiscard]] std::string path_below(std::string_view parent, char kind, std::int64_t id);

/// The smallest text that is greater than every path that begins with `prefix`.
[[nodiscard]] std::string path_end(std::string_view prefix);

/// The id in the segment of this kind, where the path has one.
[[nodiscard]] std::optional<std::int64_t> id_in_path(std::string_view path, char kind);

}  // namespace doorstep::access
