#pragma once
/// \file Replay: reads a journal and judges whether everybody was looked after. It shares no rule with
/// care/*; it knows the entries (docs/journal.md), the rule packs and the calendar.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "drill/oracle/model.h"
#include "store/store.h"

namespace doorstep::oracle {

class Members;

class Replay {
 public:
  Replay();
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// A rule pack that a community may follow; before the entries that name it.
  void rules(const std::string& source);
  /// The next entry, in the order of seq.
  void apply(const store::Sealed& entry);
  /// Looks at every rule as of `now`, after the sweep of that minute. Returns how many persons are
  /// missed at this moment: under observation, without a check-in in the window that decides, and
  /// without a duty that presses on somebody on duty.
  std::int64_t judge(Instant now);

  /// Each broken promise once per subject until it is kept again.
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

  /// The running day of a community, as the journal has it so far. A new day begins with the first
  /// entry after a sheet was made or, where none was, at midnight.
  [[nodiscard]] DaySummary summary(std::int64_t community) const;
  /// Duties that press and have nobody on duty at `now`.
  [[nodiscard]] std::int64_t without_owner(Instant now) const;
  /// Duties that press now.
  [[nodiscard]] std::int64_t pressing() const;
  /// Who is looked after, and how things stand with whom: equal for equal states.
  [[nodiscard]] std::string state_hash() const;
  [[nodiscard]] const std::map<std::int64_t, CommunityModel>& communities() const {
    return communities_;
  }

 private:
  struct Take;
  using Handler = void (Take::*)();
  static const std::map<std::string, Handler, std::less<>>& handlers();

  void find(std::string rule, const CommunityModel& community, std::int64_t subject,
            std::string what);
  /// As find(), but once as long as it is found again at every judgement.
  void keep_finding(const char* rule, const CommunityModel& community, std::int64_t subject,
                    const std::string& what);
  void set_clock(Instant now);
  void begin_day(CommunityModel& community, Instant now);
  std::int64_t judge_household(CommunityModel& community, Household& home);
  void judge_duty(CommunityModel& community, Duty& duty);
  void judge_sets(CommunityModel& community);
  [[nodiscard]] bool held(const CommunityModel& community, const Duty& duty) const;

  std::map<std::string, std::shared_ptr<const Terms>> packs_;  ///< By hash.
  std::map<std::int64_t, CommunityModel> communities_;
  std::vector<Finding> findings_;
  std::set<std::pair<std::string, std::int64_t>>
      standing_;                                           ///< Rule and subject, at this judgement.
  std::set<std::pair<std::string, std::int64_t>> before_;  ///< At the one before.
  Instant now_{};
  std::int64_t seq_ = 0;
};

/// "self" < "head" < "remote" < "voice" < "seen"; -1 for another word.
[[nodiscard]] int strength(std::string_view assurance);

}  // namespace doorstep::oracle
