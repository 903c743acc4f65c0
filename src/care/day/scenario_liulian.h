#pragma once
/// \file Liulian (S0) for tests, in the figures of the article and of the plan made from it: 293 households in
/// 28 cohorts under an order, others who stay by choice, day by day from 25 January 2020. What belongs to
/// areas with entry points, helpers, donations and backups is not here.

#include <algorithm>
#include <set>

#include "base/embedded.h"
#include "care/day/scenario.h"

namespace doorstep::day::liulian {

using std::chrono::days;

struct Cohort {
  Day day{};
  int households = 0;
  int persons = 0;
};

inline Day day(std::string_view text) {
  return *day_from_text(text);
}

/// By the day of the start event; each is free on the fifteenth day after it.
inline std::vector<Cohort> ordered() {
  constexpr int sizes[][2] = {{6, 16},  {9, 24},  {22, 59}, {27, 73}, {24, 65}, {21, 57}, {18, 49},
                              {15, 40}, {13, 35}, {11, 30}, {8, 22},  {6, 16},  {5, 14},  {14, 38},
                              {18, 49}, {22, 59}, {12, 32}, {9, 24},  {7, 19},  {6, 16},  {5, 14},
                              {4, 11},  {3, 8},   {3, 8},   {2, 5},   {1, 3},   {1, 3},   {1, 3}};
  std::vector<Cohort> cohorts;
  for (const auto& [households, persons] : sizes) {
    cohorts.push_back({day("2020-01-25") + days(cohorts.size()), households, persons});
  }
  return cohorts;
}

/// Who comes by choice, and who of them leaves again. The four of 10 February are released ones (C5).
inline const std::vector<Cohort> by_choice{{day("2020-01-30"), 20, 48},
                                           {day("2020-02-03"), 30, 71},
                                           {day("2020-02-08"), 24, 58},
                                           {day("2020-02-15"), 6, 13}};
inline const std::vector<Cohort> leaving{{day("2020-02-09"), 6, 14},
                                         {day("2020-02-14"), 25, 60},
                                         {day("2020-02-18"), 32, 77},
                                         {day("2020-02-20"), 12, 28}};

class Liulian : public Scenario {
 protected:
  Liulian() {
    rules(embedded("rules/quarantine-liulian.toml"));
    clock().set(*instant_from_text("2020-01-24T09:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    std::string dwellings = "网格,楼栋,单元,楼层,门牌,电梯\n";
    std::string residents = "楼栋,单元,门牌,姓名,出生日期\n";
    int made = 0;
    const auto add = [&](int households, int persons) {
      for (int at = 0; at < households; ++at, ++made) {
        const int here = persons / (households - at);
        persons -= here;
        const int building = made / 24 + 1;
        const int number = made % 24 / 4 * 100 + 101 + made % 4;
        dwellings +=
            fmt::format("一网格,{}栋,1单元,{},{},无\n", building, made % 24 / 4 + 1, number);
        for (int one = 0; one < here; ++one) residents += person_row(building, number, made, one);
        doors_.push_back(fmt::format("{}栋1单元{}", building, number));
      }
    };
    for (const Cohort& one : ordered()) add(one.households, one.persons);
    // Such that the figures of who comes and of who leaves both hold.
    constexpr int chosen[][2] = {{6, 14},  {14, 34}, {11, 26}, {19, 45},
                                 {13, 32}, {11, 26}, {1, 2},   {5, 11}};
    for (const auto& [households, persons] : chosen) add(households, persons);
    import_file("dwellings", dwellings);
    import_file("residents", residents);
    for (const std::string& door : doors_) homes_.push_back(household(door));
    worker_ = account(staff(access::Role::worker, path_of_place("grid", "一网格")));
    deputy_ = account(staff(access::Role::deputy, path_of_place("grid", "一网格")));
  }
  /// H118 is two elders; of the rest no birthday is known.
  static std::string person_row(int building, int number, int household, int one) {
    const char* born = household != elders ? "" : one == 0 ? "1941-06-01" : "1943-06-01";
    return fmt::format("{}栋,1单元,{},住户{},{}\n", building, number, household * 10 + one, born);
  }
  /// The first household of the cohort that began on this day.
  static int first_of(Day start) {
    int at = 0;
    for (const Cohort& one : ordered()) {
      if (one.day >= start) break;
      at += one.households;
    }
    return at;
  }
  const std::string& home(int n) { return homes_.at(static_cast<std::size_t>(n)); }

  void enter(int n, std::string_view ground, Day start) {
    EXPECT_EQ(tell("/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"{}","start_event_on":"{}"{}}})",
                               home(n), ground, to_text(start),
                               ground == "voluntary" ? R"(,"length_days":60)" : ""))
                  .status,
              200);
    under_.insert(n);
  }
  void leave(int n, std::string_view reason) {
    const auto ended = end(home(n), reason);
    EXPECT_EQ(ended.status, 200) << ended.body;
    under_.erase(n);
  }

  /// A day without 21 February's stories: who is free leaves in the morning, then others come.
  void pass(Day today) {
    clock().set(*instant_from_text(to_text(today) + "T08:30:00+08:00"));
    int at = 0;
    for (const Cohort& one : ordered()) {
      for (int n = at; n < at + one.households; ++n) {
        if (one.day + days{15} == today) leave(n, "completed");
        if (one.day == today && n != late_) enter(n, "returnee", today);
        // Four of these stay some days more by choice.
        const bool stays = one.day == day("2020-01-26") && n >= at + 2 && n < at + 6;
        if (stays && today == day("2020-02-10")) enter(n, "voluntary", today);
      }
      at += one.households;
    }
    for (const Cohort& one : leaving) {
      for (int n = 0; today == one.day && n < one.households; ++n)
        leave(chosen_left_++, "completed");
    }
    for (const Cohort& one : by_choice) {
      for (int n = at; today == one.day && n < at + one.households; ++n)
        enter(n, "voluntary", today);
      at += one.households;
    }
  }
  void pass_until(Day today) {
    for (Day one = next_; one <= today; one += days{1}) pass(one);
    next_ = today + days{1};
  }
  /// "households/persons" of one series.
  std::string counted(std::string_view what, std::string_view of = "") {
    const auto counts = ask("/api/v1/observations/counts");
    return member(counts, fmt::format("{}households.{}", of, what)) + "/" +
           member(counts, fmt::format("{}persons.{}", of, what));
  }
  std::string left() { return member(ask("/api/v1/today"), "not_reported.left"); }
  /// Each for themselves by the household's own link.
  void say_each(int n) {
    const api::As own = phone(home(n));
    for (const std::string& one : people_of(home(n))) {
      EXPECT_EQ(post(own, "/api/v1/check-ins",
                     fmt::format(R"({{"wellbeing":"fine","person":"{}"}})", one))
                    .status,
                200);
    }
  }

  static constexpr int elders = 200;  ///< H118, of the cohort of 8 February.
  std::vector<std::string> doors_;
  std::vector<std::string> homes_;
  std::set<int> under_;
  Day next_ = day("2020-01-25");
  int chosen_left_ = 293;
  int late_ = -1;  ///< Registers two days after its start event, by hand.
  api::As leader_;
  std::string worker_;  ///< Accounts.
  std::string deputy_;
};

}  // namespace doorstep::day::liulian
