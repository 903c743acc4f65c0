#pragma once
/// \file The group of households under observation (C15): a board of their own in each community. Who
/// belongs to it follows from the observations; the others read a household by its number, never by its
/// door or a name.

#include <optional>

#include "api/endpoint.h"

namespace doorstep::observation {

struct GroupPost;
struct Observation;

/// A household's place in the group.
struct Membership {
  Id<Observation> observation{};
  std::optional<std::int64_t> number = {};  ///< Absent: belongs to it, and has not joined yet.
};

/// Absent where the household is not under observation now.
std::optional<Membership> membership(const api::Context& context, Id<access::Household> household);

/// Joins, or stays joined; the number is its own from the first time on. Errors: conflict
/// "group.not_member".
Result<std::int64_t> join(api::WriteContext& context, Id<access::Household> household);

}  // namespace doorstep::observation
