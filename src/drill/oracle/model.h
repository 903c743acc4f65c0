#pragma once
/// \file What the oracle believes after so many entries: its own model, made of the journal alone.

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "drill/oracle/staff.h"
#include "drill/oracle/windows.h"

namespace doorstep::oracle {

/// A promise that was broken.
struct Finding {
  Instant at{};
  std::int64_t seq = 0;  ///< Of the last entry that was known then.
  std::string rule;      ///< "missed", "owner", ..: docs/drill.md lists them.
  std::int64_t community = 0;
  std::int64_t subject = 0;
  std::string what;  ///< For a reader, in English; ids and codes only.
};

/// The last instants at which something was so; a clock that is set back takes them along.
class Marks {
 public:
  void add(Instant at) { at_[next_++ % at_.size()] = at; }
  [[nodiscard]] bool any(Instant from, Instant until) const {
    for (const Instant one : at_) {
      if (one >= from && one <= until) return true;
    }
    return false;
  }
  void clamp(Instant now) {
    for (Instant& one : at_) one = std::min(one, now);
  }
  [[nodiscard]] Instant last() const { return std::max({at_[0], at_[1], at_[2], at_[3]}); }

 private:
  std::array<Instant, 4> at_ = {};
  std::size_t next_ = 0;
};

struct Duty {
  enum class State : std::uint8_t { waiting, raised, acknowledged, paused };

  std::int64_t id = 0;
  std::string kind;
  std::int64_t on = 0;
  State state = State::waiting;
  std::int64_t owner = 0;
  std::string level = "worker";
  Instant from{};
  Instant due{};
  Instant next{};          ///< By when something has to happen.
  std::int64_t tried = 0;  ///< Attempts in vain since the window it is owed for.

  [[nodiscard]] bool pressing() const {
    return state == State::raised || state == State::acknowledged;
  }
};

struct Member {
  std::int64_t person = 0;
  Instant joined{};
  bool original = false;  ///< Was there when the observation was opened.
  bool away = false;      ///< In hospital, dead: not in the due set.
  Instant due_from{};     ///< Came into the due set of a standing observation.
  Marks reported = {};
};

struct Ground {
  std::int64_t of = 0;  ///< Person; 0: everybody.
  Day ends_on{};
};

struct Household {
  std::int64_t id = 0;
  std::int64_t observation = 0;  ///< 0: not under observation.
  Instant opened{};
  std::map<std::int64_t, Ground> grounds = {};
  std::vector<Member> members = {};
  Marks whole = {};
  Marks handed_over = {};
  Duty* contact = nullptr;

  [[nodiscard]] bool is_due(const Member& member) const;
  /// Whether the window that `span` is the day of asks for them: not who came after its end.
  [[nodiscard]] bool asks(const Member& member, const Span& span) const;
};

/// A door behind which nobody was known.
struct Door {
  std::set<std::int64_t> empty_by = {};  ///< Who said so since somebody last said otherwise.
  bool inhabited = false;                ///< Somebody was found there.
};

/// What became of a household in one day.
struct HouseholdDay {
  std::int64_t household = 0;
  std::int64_t persons = 0;    ///< In the due set; 0 for one that left.
  std::string assurance = {};  ///< The strongest of the day; empty: not reached.
  bool escalated = false;      ///< Somebody is on it now.
  std::int64_t owner = 0;
  std::string level = {};
  std::string excuse = {};  ///< "handed_over", "paused", "released", ..
  bool missed = false;      ///< At some minute of the day.
};

/// Yesterday + entered - left = today, in persons.
struct DaySummary {
  Day day{};
  std::int64_t yesterday = 0;
  std::int64_t entered = 0;
  std::map<std::string, std::int64_t> left = {};  ///< By reason.
  std::int64_t today = 0;
  std::vector<HouseholdDay> households = {};  ///< Of today and those that left, by id.
};

/// The running day of a community.
struct Ledger {
  Day day{};
  bool sheet = false;                                  ///< One was made since `day` began.
  std::map<std::int64_t, std::int64_t> at_start = {};  ///< Person to household.
  std::map<std::int64_t, std::string> left = {};       ///< Person to reason.
  std::map<std::int64_t, std::string> reached = {};    ///< Household to the strongest assurance.
  std::set<std::int64_t> missed = {};                  ///< Households.
};

struct CommunityModel {
  std::int64_t id = 0;
  std::optional<Zone> zone = {};
  std::shared_ptr<const Terms> terms = {};
  std::optional<Span> span = {};
  Staff staff = {};
  std::unordered_map<std::int64_t, Household> households = {};
  std::unordered_map<std::int64_t, std::unique_ptr<Duty>> duties = {};
  std::map<std::pair<std::string, std::int64_t>, Duty*> open = {};  ///< By kind and subject.
  std::map<std::int64_t, std::set<std::int64_t>> homes = {};        ///< Person to households.
  std::map<std::int64_t, Door> doors = {};                          ///< By dwelling.
  std::map<std::string, Instant> found = {};  ///< Paths of doors whose people nobody asks for yet.
  std::map<std::int64_t, Instant> off_duty_since = {};  ///< Account.
  std::set<std::int64_t> on_duty = {};                  ///< Of these accounts, at this judgement.
  bool clock_held = false;  ///< It jumped, and nobody has said that it is right.
  bool moved = false;       ///< Somebody moved since it was last looked who is in two due sets.
  Ledger ledger = {};

  /// Person to household of everybody who is to be reached.
  [[nodiscard]] std::map<std::int64_t, std::int64_t> due_set() const;
};

}  // namespace doorstep::oracle
