#pragma once
/// \file Opening: one household is opened in an emergency by somebody whose grants do not reach it, for as long as the
/// rule pack says (`opening.minutes`), with a reason. It is a grant of the role `opener` on that household alone; whoever
/// looks after the household is owed a look at it (duty `opening`), and the household reads it among who looked.

#include <optional>
#include <string>

#include "api/endpoint.h"
#include "care/duty/duty.h"

namespace doorstep::rights {

struct Opening;

enum class OpeningReason : std::uint8_t {
  no_answer,           ///< Nobody answers, and there is reason to worry.
  unwell,              ///< Somebody is or seems to be ill or hurt.
  danger,              ///< Fire, gas, water, a fall, violence.
  family_asks,         ///< Relatives or neighbours cannot reach them.
  worker_unreachable,  ///< They need something at once, and nobody who looks after them can be reached.
};

/// What whoever looks after the household says of it afterwards.
enum class OpeningVerdict : std::uint8_t { justified, mistaken, unjustified };

/// The subject is the opening.
inline constexpr duty::Kind opening_seen{"opening", access::Class::name};

struct OpeningRow {
  Id<Opening> id{};
  Id<access::Household> household{};
  std::string path = {};  ///< Of the household.
  std::int64_t account = 0;
  Instant until{};
  bool ended = false;  ///< Before `until`, because somebody said so.
  bool reviewed = false;
};

/// An opening of a household inside the scope.
std::optional<OpeningRow> find_opening(const api::Context& context, Id<Opening> id);

/// The actor has opened it, and it lasts.
bool is_opened(const api::Context& context, Id<access::Household> household);

/// Where the actor reads a door: at `path`, its own, or at that of a household behind it where their reach is that household
/// and not the whole door. Errors: not_found "place.unknown".
Result<std::string> path_reached(const api::Context& context, Id<access::Place> dwelling,
                                 const std::string& path);

/// Ends it now, where it lasts still. Journals "opening.closed".
void end_opening(api::WriteContext& context, const OpeningRow& opening);

}  // namespace doorstep::rights

template <>
struct doorstep::api::Choices<doorstep::rights::OpeningReason> {
  static constexpr std::array words{"no_answer", "unwell", "danger", "family_asks",
                                    "worker_unreachable"};
};
template <>
struct doorstep::api::Choices<doorstep::rights::OpeningVerdict> {
  static constexpr std::array words{"justified", "mistaken", "unjustified"};
};
