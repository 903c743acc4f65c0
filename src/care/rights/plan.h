#pragma once
/// \file The plan of forgetting: for each table with something personal, which rows are somebody's, what is
/// left of them when that person is erased, and what when their period is over. A table with a personal
/// column that is not in it fails a test.

#include <cstdint>
#include <span>
#include <string_view>

namespace doorstep::rights {

/// Whose rows a statement is about, and with that its values.
enum class Whose : std::uint8_t {
  person,     ///< $1 community, $2 person.
  resident,   ///< $1 community, $2 person, $3 a household in which they live or lived.
  household,  ///< $1 community, $2 the household: nobody else who lives or lived there is kept.
};

struct Step {
  std::string_view table;
  Whose whose;
  std::string_view sql;
};
/// In this order: what leads to other rows comes after them.
[[nodiscard]] std::span<const Step> steps();

/// Texts of a household in which others are kept, and of doors nobody knows: the name and the phones of whom is
/// erased are cut out. $1 community, $2 household, $3 what is cut out.
struct Mention {
  std::string_view table;
  std::string_view column;
  std::string_view where;
};
[[nodiscard]] std::span<const Mention> mentions();

/// What is over its period. Where `key` is given, rows are gone through in its order once, by the time
/// that an id holds: $1 community, $2 from (exclusive), $3 up to; else at once: $1 community, $2 before when (ms).
struct Expiry {
  std::string_view table;
  std::string_view key;
  std::string_view sql;
  std::int64_t looks_days =
      0;  ///< Of a table without a personal column: `rights.looks_days`, or so many.
};
[[nodiscard]] std::span<const Expiry> expiries();

}  // namespace doorstep::rights
