#pragma once
/// \file Where somebody is who is not at home: hospital, central quarantine, elsewhere, died (N20). Who
/// is away is asked after day by day; who remains behind in need of care is found before the vehicle
/// goes (N21).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/observation/contact.h"

namespace doorstep::observation {

struct Person;

enum class Where : std::uint8_t {
  home,
  hospital,  ///< Out of the due set; a daily "where are they" instead.
  central,   ///< Central quarantine: stays in the due set, by daily call.
  away,      ///< With a place and an expected return.
  deceased,  ///< Recorded by one, confirmed by another; then they have left the household.
};

/// Daily, for somebody who is not at home; the subject is the person. Met by saying anew where they
/// are.
inline constexpr duty::Kind where_is{"whereabouts", access::Class::health};
/// A child or somebody in need of care would be alone; the subject is the household. Ended by naming
/// who looks after whom.
inline constexpr duty::Kind left_behind{"left_behind", access::Class::none, true};
/// Somebody recorded a death; another person confirms it.
inline constexpr duty::Kind confirm_death{"confirm_death", access::Class::health};

struct Stay {
  Where state = Where::home;
  std::int64_t recorded_by = 0;
  Instant from{};
};

/// Where the person is now, when not at home.
std::optional<Stay> stay_of(store::Snapshot& db, Id<access::Community> community,
                            std::int64_t person);

/// Who would be left without an adult if `leaving` went: children under `care.child_under_years`, and
/// elders from `care.elder_from_years` on where no younger adult stays. Errors: those of the rule pack.
Result<std::vector<std::int64_t>> dependants_left(api::WriteContext& context,
                                                  Id<access::Household> household,
                                                  std::int64_t leaving);

/// Applies who is at home or in central quarantine to the household's contact: with nobody left it is
/// excused, with somebody back it is owed again. Errors: those of the rule pack.
Result<void> refresh_contact(api::WriteContext& context, Id<access::Household> household,
                             const std::string& path);

/// The daily question is owed at the end of the last window of tomorrow. Errors: as above.
Result<void> ask_daily(api::WriteContext& context, std::int64_t person, const std::string& path,
                       std::int64_t evidence);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Where> {
  static constexpr std::array words{std::string_view{"home"}, std::string_view{"hospital"},
                                    std::string_view{"central"}, std::string_view{"away"},
                                    std::string_view{"deceased"}};
};
