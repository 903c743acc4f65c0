#pragma once
/// \file How an area stands (A5): normal, under control or locked down, from a day until a day. What was
/// said of a past day stays; a control has an end, and goes on only when somebody sets it again (N16).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/duty/duty.h"

namespace doorstep::observation {

struct AreaStatus;

enum class Area : std::uint8_t { normal, control, lockdown };

/// The last day of a control begins: somebody sets it again with a reason, or it ends by itself. The
/// subject is the status; ended by hand or by setting another one.
inline constexpr duty::Kind area_end{"area_end", access::Class::none, true};

struct AreaRow {
  Id<AreaStatus> id{};
  Id<access::Place> place{};
  std::string path = {};
  Area status = Area::normal;
  Day from_on{};
  Day until_on{};  ///< The first day on which it is over.
  std::string reason = {};
  Instant set_at{};
  std::int64_t set_by = 0;
};

/// What is in force at a place on a day: the strictest of what was set for it and for what it lies in;
/// none where nothing was: normal.
std::optional<AreaRow> area_on(store::Snapshot& db, Id<access::Community> community,
                               const std::string& path, Day day);

/// Of one place, newest first, replaced ones left out.
std::vector<AreaRow> areas_of(store::Snapshot& db, Id<access::Community> community,
                              Id<access::Place> place);

/// Sets it from `wanted.from_on`: what was set for later days is cut off there or replaced, what was said
/// of earlier days stays. Journals. Errors: those of the rule pack.
Result<Id<AreaStatus>> set_area(api::WriteContext& context, const AreaRow& wanted);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Area> {
  static constexpr std::array words{std::string_view{"normal"}, std::string_view{"control"},
                                    std::string_view{"lockdown"}};
};
