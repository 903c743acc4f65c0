#pragma once
/// \file The keys by which a person is found in a store: rows of a table link_key(key, person). Two,
/// since a registry writes them for everybody: the phone; the name by its sound, with the year of
/// birth. What is asked about and what is kept need share one only.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::linkage {

/// A key of the table: 63 bits, the same on any machine and in any version.
using LinkKey = std::int64_t;

struct LinkKeys {
  std::vector<LinkKey> kept;   ///< The rows of this person.
  std::vector<LinkKey> asked;  ///< Where others may stand who are the same person.
  /// Everybody of this name, in either order where it is Latin, stands between these two (both
  /// included), whatever their year. Empty without a name, or with one that is masked.
  std::vector<std::pair<LinkKey, LinkKey>> of_name;
};

/// `born_on` as in Day ("1958-03-02") or empty; phones in any writing.
[[nodiscard]] LinkKeys link_keys(std::string_view name, std::string_view born_on,
                                 std::span<const std::string> phones);

}  // namespace doorstep::linkage
