#pragma once
/// \file What the columns of an import may mean, and how a header is matched to that.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"

namespace doorstep::registry {

enum class ImportKind : std::uint8_t { dwellings, residents };

/// In the order of the files that people are given as an example.
enum class Field : std::uint8_t {
  compound,
  grid,
  building,
  entrance,
  floor,
  door,
  lift,
  floors,  // where
  household,
  name,
  sex,
  id_number,
  born_on,
  phone,
  relation,
  access_notes,  // who
  document_kind,
  issuer,  // what the number stands on, where it is no resident identity number
};
inline constexpr std::size_t field_count = 18;

/// A column stands for a field or for nothing.
using Mapping = std::vector<std::optional<Field>>;

[[nodiscard]] std::span<const Field> fields_of(ImportKind kind);
[[nodiscard]] bool required(ImportKind kind, Field field);

/// The field that a column's header names in Chinese (either script) or English; notes in brackets,
/// stars and spaces do not matter.
[[nodiscard]] std::optional<Field> field_named(ImportKind kind, std::string_view header);

/// Every column by its header; of two that mean the same, the first.
[[nodiscard]] Mapping match_columns(ImportKind kind, std::span<const std::string> header);

/// Whether every required field has a column and none has two.
[[nodiscard]] bool complete(ImportKind kind, const Mapping& mapping);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::ImportKind> {
  static constexpr std::array words{"dwellings", "residents"};
};
template <>
struct doorstep::api::Choices<doorstep::registry::Field> {
  static constexpr std::array words{
      "compound", "grid",   "building",  "entrance",     "floor",         "door",
      "lift",     "floors", "household", "name",         "sex",           "id_number",
      "born_on",  "phone",  "relation",  "access_notes", "document_kind", "issuer"};
};
