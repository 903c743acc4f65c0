#pragma once
/// \file The closing sheet: who was due today, what met each duty, who is open with whom (F5, N22). It
/// is made at the closing hour also when nobody signs, holds ids, codes and times only, and can be
/// recomputed from the journal elsewhere (`doorstep verify SHEET --journal EXPORT`).

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "care/day/closing_care.h"
#include "care/day/closing_due.h"
#include "care/day/closing_goods.h"
#include "care/observation/contact.h"

namespace doorstep::day {

struct ClosingSheet;

/// How a household's duty of the day stands at the closing.
enum class Reached : std::uint8_t {
  met,        ///< A report covers everybody inside the window.
  escalated,  ///< Not reached; raised, with an owner.
  excused,    ///< Not under observation any more, or nobody is at home; the reason says why.
  waiting,    ///< The window is still open, or their days began after it.
  missed,     ///< None of these: there must be none.
};

struct Line {
  std::string household = {};
  Reached state = Reached::missed;
  std::optional<std::string> evidence = {};   ///< The check-in.
  std::optional<std::string> assurance = {};  ///< Of that check-in (N23).
  std::optional<std::string> channel = {};
  std::optional<std::string> reason = {};  ///< Excused.
  std::optional<std::string> owner = {};   ///< Escalated: the account that has it.
  std::optional<std::string> level = {};

  void fields(auto& f) {
    f("household", household);
    f("state", state);
    f("evidence", evidence);
    f("assurance", assurance);
    f("channel", channel);
    f("reason", reason);
    f("owner", owner);
    f("level", level);
  }
};

struct SheetContent {
  /// 1 had no goods, 2 counted persons without saying who came and left, 3 had no care calls.
  std::int64_t version = 4;
  Id<ClosingSheet> sheet{};
  Id<access::Community> community{};
  Day day{};
  std::string rules = {};  ///< Hash of the pack in force.
  Instant since{};         ///< The closing before, or the first observation.
  Instant made_at{};
  Instant window_from{};  ///< The window that decided.
  Instant window_until{};
  DueSet due = {};
  std::int64_t met = 0;
  std::int64_t escalated = 0;
  std::int64_t excused = 0;
  std::int64_t waiting = 0;
  std::int64_t missed = 0;
  std::vector<Count> assurance = {};  ///< Of those met, weakest first.
  std::vector<Count> channels = {};   ///< Of those met; those that carried nothing stand with 0.
  std::vector<Count> owners = {};     ///< Open duties per account.
  std::int64_t unproved = 0;          ///< Met by a link that nobody has proved.
  std::vector<Line> lines = {};
  ClosingGoods goods = {};
  std::optional<ClosingCare> care = {};  ///< Under a pack with windows for care calls (N29).

  void fields(auto& f) {
    f("version", version);
    f("sheet", sheet);
    f("community", community);
    f("day", day);
    f("rules", rules);
    f("since", since);
    f("made_at", made_at);
    f("window_from", window_from);
    f("window_until", window_until);
    f("due", due);
    f("met", met);
    f("escalated", escalated);
    f("excused", excused);
    f("waiting", waiting);
    f("missed", missed);
    f("assurance", assurance);
    f("channels", channels);
    f("owners", owners);
    f("unproved", unproved);
    f("lines", lines);
    f("goods", goods);
    f("care", care);
  }
};

/// What stands under a sheet or supplement: signed by the installation when it is made.
[[nodiscard]] std::string sheet_message(std::string_view hash);
/// What a person signs: the sheet's hash, who and when.
[[nodiscard]] std::string signer_message(std::string_view hash, std::int64_t account, Instant at);

/// Makes the sheet of today, once; a second call gives the first one's id. Errors: those of the rule
/// pack.
Result<Id<ClosingSheet>> close_day(api::WriteContext& context);

/// Makes it when the rule pack's `closing.at` has come today, and supplements to the newest one where
/// its open households were reached since. For the clock. Errors: those of the rule pack.
Result<void> close_when_due(api::WriteContext& context);

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Reached> {
  static constexpr std::array words{std::string_view{"met"}, std::string_view{"escalated"},
                                    std::string_view{"excused"}, std::string_view{"waiting"},
                                    std::string_view{"missed"}};
};
