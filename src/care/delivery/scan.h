#pragma once
/// \file What a scanner or a keypad gave: a parcel's label, its typed code, a sender's barcode, a
/// household's code, a door.

#include <optional>
#include <string>
#include <string_view>

#include "care/delivery/parcel.h"

namespace doorstep::delivery {

inline constexpr std::size_t scan_length_max = 100;
inline constexpr std::size_t door_length_max = 400;

/// Upper case, without space around and in between.
[[nodiscard]] std::string clean_scan(std::string_view text);

/// The parcel that a label's id, a typed code of an open parcel or a barcode means, in the scope; of
/// several with one barcode the newest that is open.
std::optional<ParcelRow> parcel_of_scan(const api::Context& context, std::string_view clean);

/// A household that stands there, inside the scope.
struct Door {
  Id<access::Household> household{};
  std::string path = {};
  bool ended = false;
};

/// Whom a household's code means; also one that ended.
std::optional<Door> door_of_scan(const api::Context& context, std::string_view clean);

/// Whom a door means as people type it: "10-2-301". Errors: invalid "door.text_too_long"; not_found "door.unknown"; conflict
/// "door.ambiguous" (several doors, or several households behind it: name the household), "door.empty"
/// (nobody lives there).
Result<Door> door_of_text(api::Context& context, std::string_view text);

}  // namespace doorstep::delivery
