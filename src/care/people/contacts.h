#pragma once
/// \file Contacts in windows (F3, N29): each person of the ledger is owed one in each window that the day's
/// level asks for, by an owner; the duty's subject is the contact. Whoever is in hospital or away is
/// excused with that reason.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/duty/duty.h"
#include "care/observation/check_in.h"
#include "care/people/ledger.h"
#include "care/people/windows.h"

namespace doorstep::people {

struct CareContact;

inline constexpr duty::Kind window_contact{"care_contact", access::Class::health};

enum class ContactState : std::uint8_t {
  open,
  met,      ///< They were heard of inside the window.
  late,     ///< After it.
  excused,  ///< With a reason.
};

/// The level of a day, as somebody last said it or as the pack has it for a day of which nobody did.
struct Level {
  LevelStep step = {};
  std::optional<std::int64_t> value_tenths = {};
  std::optional<Instant> said_at = {};
  std::int64_t said_by = 0;
};

/// Errors: those of the rule pack.
Result<Level> level_of(const api::Context& context, Day day);

/// How many of the ledger are not in hospital, away or dead.
[[nodiscard]] std::int64_t at_home(const api::Context& context);

/// Opens what is owed today and is not there, and excuses what is owed no longer: after a level was said,
/// somebody came, left or went away, and for the clock. Twice changes nothing more. Errors: those of the
/// rule pack.
Result<void> keep_contacts(api::WriteContext& context);

/// What is open of them lies at another door, with who follows them there. Errors: as above.
Result<void> move_contacts(api::WriteContext& context, std::int64_t person,
                           Id<access::Household> household, const std::string& path,
                           std::int64_t follower);

/// Somebody was heard of at `at`: it meets the contact of that window, and what was still open of earlier
/// ones late. Once they did not answer, only `ladder.ends_with` or better meets it (N24). Names of the
/// windows. Errors: those of the rule pack.
Result<std::vector<std::string>> heard_of(api::WriteContext& context, std::int64_t person,
                                          Instant at, observation::Assurance assurance,
                                          std::int64_t tick);

/// What is tried next, and by when.
struct NextTry {
  std::string rung = {};
  Instant at{};
};
/// Nobody answered: the ladder is climbed from the contact whose window began last. None where nothing
/// is owed now. Errors: those of the rule pack.
Result<std::optional<NextTry>> not_heard(api::WriteContext& context, std::int64_t person,
                                         const std::string& note);

/// Given to the police, an ambulance, a hospital: what is owed of them now is excused. Errors: none.
Result<void> handed_over(api::WriteContext& context, std::int64_t person);

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::ContactState> {
  static constexpr std::array words{std::string_view{"open"}, std::string_view{"met"},
                                    std::string_view{"late"}, std::string_view{"excused"}};
};
