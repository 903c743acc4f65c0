#pragma once
/// \file The care calls of a closing sheet (N29): of each window who was due, what met it and how surely, who
/// was excused and why; the day's level, and whom tomorrow asks for. Ids, codes and times only, so that it can
/// be recomputed from the journal.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "care/day/closing_due.h"

namespace doorstep::day {

/// How a contact stands at the closing.
enum class CareState : std::uint8_t {
  met,
  late,       ///< Heard of after the window.
  excused,    ///< In hospital, away, handed over, no longer in the ledger; the reason says which.
  escalated,  ///< The window is over; raised, with an owner.
  waiting,    ///< The window is not over.
  missed,     ///< None of these: there must be none.
};

struct CareLine {
  std::string contact = {};
  std::string person = {};
  Day day{};  ///< Today, or an earlier one that was still open when the sheet before was made.
  std::string window = {};
  CareState state = CareState::missed;
  std::optional<std::string> evidence = {};   ///< The call.
  std::optional<std::string> assurance = {};  ///< Of it (N23).
  std::optional<Instant> at = {};             ///< When they were heard of.
  std::optional<std::string> reason = {};     ///< Excused.
  std::optional<std::string> owner = {};      ///< Escalated: the account that has it.

  void fields(auto& f) {
    f("contact", contact);
    f("person", person);
    f("day", day);
    f("window", window);
    f("state", state);
    f("evidence", evidence);
    f("assurance", assurance);
    f("at", at);
    f("reason", reason);
    f("owner", owner);
  }
};

/// One window of today: before + entered - left = due, in persons; opened = due + excused, and due = met +
/// late + escalated + waiting + missed.
struct CareWindowCount {
  std::string name = {};
  Instant from{};
  Instant until{};
  std::int64_t opened = 0;
  std::int64_t before = 0;  ///< Due in the window before this one.
  std::int64_t entered = 0;
  std::int64_t left = 0;
  std::int64_t due = 0;
  std::int64_t met = 0;
  std::int64_t late = 0;
  std::int64_t excused = 0;
  std::int64_t escalated = 0;
  std::int64_t waiting = 0;
  std::int64_t missed = 0;
  std::vector<Count> assurance = {};  ///< Of those heard of, weakest first.
  std::vector<Count> reasons = {};    ///< Of those excused.

  void fields(auto& f) {
    f("name", name);
    f("from", from);
    f("until", until);
    f("opened", opened);
    f("before", before);
    f("entered", entered);
    f("left", left);
    f("due", due);
    f("met", met);
    f("late", late);
    f("excused", excused);
    f("escalated", escalated);
    f("waiting", waiting);
    f("missed", missed);
    f("assurance", assurance);
    f("reasons", reasons);
  }
};

struct ClosingCare {
  std::string pack = {};  ///< Its name; its hash stands on the sheet.
  std::string level = {};
  std::optional<std::int64_t> value_tenths = {};
  std::string unit = {};
  std::string tomorrow_level = {};
  std::vector<Count> tomorrow = {};  ///< Whom each window of tomorrow asks for, as things stand.
  std::vector<CareWindowCount> windows = {};
  std::vector<CareLine> lines = {};

  void fields(auto& f) {
    f("pack", pack);
    f("level", level);
    f("value_tenths", value_tenths);
    f("unit", unit);
    f("tomorrow_level", tomorrow_level);
    f("tomorrow", tomorrow);
    f("windows", windows);
    f("lines", lines);
  }
};

/// As things stand now; none under a pack without windows. `since`: when the sheet before was made. Errors:
/// those of the rule pack.
Result<std::optional<ClosingCare>> care_of_day(api::WriteContext& context, Instant since);

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::CareState> {
  static constexpr std::array words{std::string_view{"met"},     std::string_view{"late"},
                                    std::string_view{"excused"}, std::string_view{"escalated"},
                                    std::string_view{"waiting"}, std::string_view{"missed"}};
};
