#pragma once
/// \file Households: people who share food and one contact, 0..n per dwelling.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "care/registry/places.h"

namespace doorstep::registry {

using access::Household;

/// What the household can do with a phone.
enum class Digital : std::uint8_t {
  unknown,  ///< Not asked yet.
  none,     ///< No smartphone: someone calls or comes.
  chat,     ///< Reads and writes messages.
  shops,    ///< Orders in a shop's app as well.
};

struct HouseholdRow {
  Id<Household> id{};
  Id<Place> dwelling{};
  std::string path = {};          ///< Below its dwelling's.
  std::string label = {};         ///< Which of several in one dwelling ("次卧"); mostly empty.
  std::string door = {};          ///< "10栋2单元301"
  std::string access_notes = {};  ///< What to know at the door.
  Digital digital = Digital::unknown;
  Instant created_at{};
  std::optional<Instant> ended_at = {};
  bool care = false;  ///< To be looked after more closely (重点).
};

/// The columns of household in the order in which household_from() reads them, each after "h.".
inline constexpr std::string_view household_columns =
    "h.id, h.dwelling_id, h.path, h.label, h.door, h.access_notes, h.digital, h.created_at,"
    " h.ended_at, h.care";
inline constexpr std::size_t household_column_count = 10;
[[nodiscard]] HouseholdRow household_from(const store::Row& row, std::size_t first = 0);

/// A household inside the scope.
std::optional<HouseholdRow> find_household(const api::Context& context, Id<Household> id);

/// Adds a household. Does not journal. Errors: not_found "place.unknown" (the dwelling, or outside
/// the scope); invalid "household.not_a_dwelling", "household.label" (over 30 characters);
/// conflict "household.duplicate" (the dwelling has one of this label).
Result<HouseholdRow> create_household(api::WriteContext& context, Id<Place> dwelling,
                                      std::string_view label = {});

/// As it is kept: NFKC, without space around, at most `length_max` characters; else invalid `code`.
Result<std::string> clean_text(std::string_view text, std::size_t length_max,
                               std::string_view code);

inline constexpr std::size_t label_length_max = 30;
inline constexpr std::size_t access_notes_length_max = 500;

/// Inserts rows as they are; nothing is checked.
void insert_households(store::Transaction& tx, Id<access::Community> community,
                       std::span<const HouseholdRow> households);

/// Where a row hangs on a household: what exists there keeps the household from being taken back.
/// A table of what happens in a household is added here.
inline constexpr std::array<std::string_view, 9> tables_with_household{
    "link_token", "observation", "check_in",       "member_report", "whereabouts",
    "parcel",     "need",        "customer_order", "opening"};

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Digital> {
  static constexpr std::array words{"unknown", "none", "chat", "shops"};
};
