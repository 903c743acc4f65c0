#pragma once
/// \file The ledger of people who need somebody's eye (F1-F4, F8, F11): what they need it for, who follows
/// them, and the call of the day, which is a duty like any other.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/duty/duty.h"

namespace doorstep::people {

struct Person;

/// Somebody hears of them each day until `care.daily_until`; the subject is the person.
inline constexpr duty::Kind daily{"care_call", access::Class::health};
/// Medicine runs out within `care.medicine_refill_days`. The subject is the person.
inline constexpr duty::Kind medicine{"medicine", access::Class::health, true};
/// They said that they are unwell, or nobody answered three times.
inline constexpr duty::Kind ill{"care_unwell", access::Class::health, true};

/// The four of the field, and what the rule pack adds (`care.categories`).
inline constexpr std::array built_in{std::string_view{"lone_elder"}, std::string_view{"child"},
                                     std::string_view{"maternity"}, std::string_view{"chronic"}};

struct Entry {
  std::int64_t person = 0;
  Id<access::Household> household{};
  std::string path = {};
  std::int64_t follower = 0;
  std::vector<std::string> categories = {};
  Day verified_on{};
};

/// Each known, each once, in order. Errors: invalid "care.category" (none, or not one of the ledger's).
Result<std::string> clean_categories(const RulePack& rules, const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

/// An open entry inside the scope.
std::optional<Entry> find_entry(const api::Context& context, std::int64_t person);

struct Times {
  Instant from{};
  Instant due{};
};
/// The call of a day: from its midnight until `care.daily_until`. Errors: those of the rule pack.
Result<Times> call_of(const api::Context& context, Day day);

/// Who follows it where nobody was named. Errors: conflict "care.nobody" (nobody is there at all).
Result<std::int64_t> follower_for(api::Context& context, const std::string& path);

}  // namespace doorstep::people
