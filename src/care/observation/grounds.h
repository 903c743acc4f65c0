#pragma once
/// \file The grounds of an observation: why, for whom and how long. Several stand side by side; the
/// latest end rules (capabilities.md, settled meanings, A6 and C2).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/observation/contact.h"
#include "care/observation/period.h"

namespace doorstep::observation {

struct ObservationGround;
struct Person;

/// Why somebody is asked to stay. `area`: the building or compound is closed. `voluntary`: by choice,
/// for the services; care goes on, control and the duty to report do not (C5).
enum class Ground : std::uint8_t { area, exposed, returnee, case_contact, voluntary, other };

/// Who said so first (B15).
enum class Source : std::uint8_t { worker, self, screened, pushed, captain, hotline, found };

enum class EndReason : std::uint8_t {
  completed,
  became_case,
  transferred,
  deceased,
  entered_in_error,
  lost,    ///< Not to be found.
  merged,  ///< The same as others.
};

struct GroundRow {
  Id<ObservationGround> id{};
  Id<Observation> observation{};
  Id<access::Household> household{};
  std::int64_t person = 0;  ///< 0: everybody in the household.
  Ground ground = Ground::area;
  Source source = Source::worker;
  Day started_on{};
  std::int64_t length_days = 0;
  Day first_day{};
  Day ends_on{};  ///< The first free day.
  std::optional<Instant> ended_at = {};
  std::optional<std::string> end_reason = {};
};

/// Of one observation, open and ended, in the order in which they were opened.
std::vector<GroundRow> grounds_of(store::Snapshot& db, Id<access::Community> community,
                                  Id<Observation> observation);
/// An open one inside the scope.
std::optional<GroundRow> find_ground(const api::Context& context, Id<ObservationGround> id);

/// What is asked for: a household, or one person in it.
struct NewGround {
  Id<access::Household> household{};
  std::string path = {};
  std::int64_t person = 0;
  Ground ground = Ground::area;
  Source source = Source::worker;
  Day started_on{};
};

/// Opens an observation with this ground, or adds the ground to the open one. False where the same
/// ground stands already. Errors: those of the rule pack.
Result<bool> add_ground(api::WriteContext& context, const NewGround& wanted,
                        const ObservationPeriod& period, const duty::Roster& roster);

/// Another end: keeps the old one with who, why and when. Errors: those of the rule pack.
Result<void> change_ground(api::WriteContext& context, const GroundRow& ground,
                           std::string_view kind, Day started_on, const ObservationPeriod& period,
                           const std::string& reason);

/// Ends one ground; with the last one the observation ends too, and its duties are excused. Errors:
/// those of the rule pack.
Result<void> end_ground(api::WriteContext& context, const GroundRow& ground, EndReason reason);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Ground> {
  static constexpr std::array words{std::string_view{"area"},      std::string_view{"exposed"},
                                    std::string_view{"returnee"},  std::string_view{"case_contact"},
                                    std::string_view{"voluntary"}, std::string_view{"other"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::Source> {
  static constexpr std::array words{std::string_view{"worker"},   std::string_view{"self"},
                                    std::string_view{"screened"}, std::string_view{"pushed"},
                                    std::string_view{"captain"},  std::string_view{"hotline"},
                                    std::string_view{"found"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::EndReason> {
  static constexpr std::array words{std::string_view{"completed"},
                                    std::string_view{"became_case"},
                                    std::string_view{"transferred"},
                                    std::string_view{"deceased"},
                                    std::string_view{"entered_in_error"},
                                    std::string_view{"lost"},
                                    std::string_view{"merged"}};
};
