#pragma once
/// \file Reporting windows: by when a household says today that it is well, and what its state is.

#include <array>
#include <optional>
#include <string>

#include "api/fields.h"
#include "base/result.h"
#include "base/rules.h"
#include "base/time.h"

namespace doorstep::observation {

/// One window of one day. Half-open: [from, until).
struct Window {
  std::string name = {};
  Instant from{};
  Instant until{};

  void fields(auto& f) {
    f("name", name);
    f("from", from);
    f("until", until);
  }
};

/// The window that decides now: the last one that has begun, today's or, before today's first,
/// yesterday's last. Errors: those of the rule pack ("rules.*").
Result<Window> deciding_window(const RulePack& rules, const Zone& zone, Instant now);

/// The first window that is still open at `now`, or is yet to come: what somebody who is asked from now
/// on owes first. Errors: as above.
Result<Window> first_window(const RulePack& rules, const Zone& zone, Instant now);

/// The one that begins next after `window`. Errors: as above.
Result<Window> window_after(const RulePack& rules, const Zone& zone, const Window& window);

/// The last one of a day. Errors: as above.
Result<Window> last_window_of(const RulePack& rules, const Zone& zone, Day day);

/// What a door shows under the lens "safe".
enum class SafeState : std::uint8_t { safe, due, overdue, alarm, empty, none, released };

/// The facts a household's state follows from.
struct Reported {
  Instant reported_at{};                ///< Of the last report; the epoch before the first.
  Instant unwell_at{};                  ///< Of the last report that asks for a call back.
  std::optional<Instant> seen_at = {};  ///< When a worker took that up.
  Instant opened_at{};  ///< Since when they are asked: a window that was over by then asked nobody.
};

/// Of an observed household. An unwell report that nobody has taken up stays an alarm whatever was
/// reported after it.
[[nodiscard]] SafeState state_of(const Reported& reported, const Window& window, Instant now);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::SafeState> {
  static constexpr std::array words{std::string_view{"safe"},    std::string_view{"due"},
                                    std::string_view{"overdue"}, std::string_view{"alarm"},
                                    std::string_view{"empty"},   std::string_view{"none"},
                                    std::string_view{"released"}};
};
