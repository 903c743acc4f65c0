#pragma once
/// \file Keeping: for each personal column what it is for, on what basis, and how long, as the migrations
/// say (`-- kept:`, migration "erasure" has the grammar).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/rules.h"

namespace doorstep::rights {

struct Kept {
  std::string table = {};
  std::string column = {};
  std::string field_class = {};  ///< Of its `-- personal:` mark.
  std::string purpose = {};
  std::string basis = {};
  std::string period = {};  ///< "health", "needs.words", "store", "stays".
  std::string since = {};   ///< "left", "made" or a column; empty where nothing runs out.
};

/// One for each personal column, in the order of the migrations. Throws std::logic_error for a line it cannot
/// read, a column named twice, a column without a line and a line without a column.
[[nodiscard]] const std::vector<Kept>& kept_columns();

/// The same for given marks and lines: `script` has both.
[[nodiscard]] std::vector<Kept> kept_columns(std::string_view script);

/// The key of the rule pack that says how many days; empty where no period runs.
[[nodiscard]] std::string period_key(std::string_view period);

/// Errors: those of the rule pack.
Result<std::int64_t> period_days(const RulePack& rules, std::string_view period);

/// 2020-01-01T00:00:00Z in milliseconds since 1970, and the bits below an id's time (base/id.h).
inline constexpr std::int64_t id_epoch_ms = 1'577'836'800'000;
inline constexpr unsigned id_low_bits = 22;

/// What the pack says, or `otherwise`: a pack that a community has followed for long knows nothing of a younger rule.
[[nodiscard]] std::int64_t said_or(const RulePack& rules, std::string_view key,
                                   std::int64_t otherwise);

}  // namespace doorstep::rights
