#pragma once
/// \file What the columns of a list mean.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doorstep::linkage {

/// The meaning of a column; decides how its values are normalised, compared and weighed.
enum class Kind : std::uint8_t {
  full_name,   ///< 王小明, 王某, "WANG Xiaoming", "Jane Doe".
  given_name,  ///< Given and family name in columns of their own may be crossed.
  family_name,
  category,    ///< One of few values: sex, state.
  identifier,  ///< Identity card (GB 11643, also masked), passport, permit, any number of one
               ///< person.
  date,        ///< Of birth; any order of year, month, day that names the year in four digits.
  phone,
  email,
  address,       ///< A whole address in one field, Chinese or Latin.
  house_number,  ///< The parts of an address in columns of their own.
  street,
  locality,
  postcode,
  text,  ///< Anything else that tends to stay the same.
  ignore,
};

[[nodiscard]] std::optional<Kind> kind_from_text(std::string_view text);
[[nodiscard]] std::string_view to_text(Kind kind);

struct Column {
  std::string name;  ///< As in the header of the file.
  Kind kind = Kind::ignore;

  friend bool operator==(const Column&, const Column&) = default;
};

/// Reads `[columns]` with lines `name = "kind"`, in the order of the names.
/// Errors: invalid "linkage.schema" with line and reason, for text that is not TOML, a table
/// without [columns], a kind that does not exist, or no column that is compared.
Result<std::vector<Column>> schema_from_toml(std::string_view toml);

/// The kind of a column known by its header: name, sex, id_number, dob, phone, address, their
/// Chinese forms (姓名, 性别, 身份证号, 出生日期, 手机号, 住址) and a few English ones. nullopt:
/// not known.
[[nodiscard]] std::optional<Kind> kind_of_header(std::string_view header);

/// One compared property of a person and where each of two files has it.
struct Slot {
  std::string name;
  Kind kind = Kind::ignore;
  int left = -1;   ///< Column index in the left (registry) file; -1 where it has none.
  int right = -1;  ///< Column index in the right file (the list).
};

/// Lines up the columns of two files (of one file with itself for de-duplication): by name, then
/// what is left over by kind and order. The first column of each is its id and never compared.
/// `schema` empty: by kind_of_header(). Columns that only one file has are left out.
[[nodiscard]] std::vector<Slot> line_up(std::span<const Column> schema,
                                        std::span<const std::string> left,
                                        std::span<const std::string> right);

}  // namespace doorstep::linkage
