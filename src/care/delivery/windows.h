#pragma once
/// \file Windows of the classes of goods: meals around noon and before the evening, fresh goods in the
/// morning, parcels in the afternoon and evening, nothing overnight. Pure functions of rules and time.
///
/// Source: seed S3, 「食品盒饭、蔬菜生鲜、快递物品三类」 (E5-E9).

#include "base/rules.h"
#include "base/time.h"
#include "care/delivery/delivery.h"

namespace doorstep::delivery {

/// When something is to be brought.
struct Window {
  Instant from{};
  Instant until{};
  bool late = false;  ///< Its class's windows of the day are over; it is owed soon all the same.
  bool overnight = false;  ///< It came after the day's end, and is for tomorrow.
};

/// The window that goods received at `now` are for: the one that is open, else the next of the day; after
/// the last, `delivery.late_minutes` from now, but before `delivery.day_until`; after that, tomorrow's
/// first. Errors: those of the rule pack.
Result<Window> window_for(const RulePack& rules, const Zone& zone, Class kind, Instant now);

/// When nothing should be left any more (E9). Errors: those of the rule pack.
Result<Instant> day_until(const RulePack& rules, const Zone& zone, Instant now);

/// Whether goods are disinfected, and when: step order of E13, `delivery.disinfect`.
enum class Disinfect : std::uint8_t { before_receipt, after_receipt, none };
/// Errors: those of the rule pack; invalid "rules.wrong_type" (another word).
Result<Disinfect> disinfect_rule(const RulePack& rules);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Disinfect> {
  static constexpr std::array words{std::string_view{"before_receipt"},
                                    std::string_view{"after_receipt"}, std::string_view{"none"}};
};
