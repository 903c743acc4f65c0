#pragma once
/// \file Paper that bears the address: noted when it is printed, so that a changed address says what to print again (N2).

#include <cstdint>
#include <set>
#include <string_view>

#include "api/endpoint.h"

namespace doorstep::registry {

struct Paper;

enum class PaperKind : std::uint8_t {
  slip,    ///< A household's link.
  letter,  ///< A household's letter of release.
};

/// `subject` is a household, `path` its path. The same again is the newer one alone.
void note_paper(api::WriteContext& context, PaperKind kind, std::int64_t subject,
                std::string_view path);

/// One door on the way of who hands slips out.
struct SlipDoor {
  Id<access::Household> household{};
  std::string path = {};
  std::string door = {};
  std::string label = {};
};

/// The households below a place as somebody walks them: building after building, entrance after entrance, from the top
/// floor down. Errors: not_found "place.unknown"; too_large "link.too_many" (over 500).
Result<std::vector<SlipDoor>> doors_to_walk(const api::Context& context, Id<access::Place> place);

/// Households below a path that have a link in force and a slip from before slips bore a code for the building's claim
/// link (ADR 0054).
std::set<std::int64_t> slips_without_code(const api::Context& context, std::string_view path);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::PaperKind> {
  static constexpr std::array words{std::string_view{"slip"}, std::string_view{"letter"}};
};
