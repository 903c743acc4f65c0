#pragma once
/// \file Stage: what the players of a drill share: the program, its clients' outboxes, the time, what
/// is to happen next, and the journal as everybody's screen shows it.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "drill/run.h"

namespace doorstep::drill {

using std::chrono::hours;
using std::chrono::minutes;

class Stage {
 public:
  Stage(const World& world, const Options& options, const std::string& root);

  using Task = std::function<void()>;
  using Answered = std::function<void(const api::Response&)>;

  /// At a true time; at once where that has passed.
  void at(Instant when, Task task);
  void in(minutes wait, Task task) { at(now + wait, std::move(task)); }
  /// Carries out what is due by `now`.
  void act();

  /// From a phone: through the channel with its faults, tried again until it is answered.
  void post(As as, std::string path, std::string body, Answered answered = {});
  /// From the office: as post(), without loss and delay on the way.
  void ask(std::size_t colleague, std::string path, std::string body, Answered answered = {});

  /// True in `percent` of cases.
  bool chance(double percent) { return double(rng.below(100'000)) < percent * 1000; }
  bool chance(Fault fault, double percent) { return faults().has(fault) && chance(percent); }
  minutes between(int least, int most) {
    return minutes{least + std::int64_t(rng.below(std::uint64_t(most - least + 1)))};
  }
  [[nodiscard]] const Faults& faults() const { return calm ? calm_faults_ : options.faults; }

  /// The server's clock.
  [[nodiscard]] Instant shown() const { return now + skew; }
  /// New entries since the last time: into the oracle, and to whoever watches.
  std::vector<store::Sealed> watch();
  void found(const char* rule, std::int64_t subject, std::string what);
  [[nodiscard]] const oracle::CommunityModel& screen() const;

  const World& world;
  const Options& options;
  SeededRng rng;
  House house;
  oracle::Replay replay;
  std::vector<Colleague> staff;
  Instant now{};
  std::chrono::milliseconds skew{0};
  bool calm = false;  ///< The faults have stopped.
  std::int64_t requests = 0;
  std::map<std::string, std::int64_t> refused;  ///< By the code of the error.
  std::vector<oracle::Finding> own_findings;
  std::deque<Home> found_homes;              ///< In the presence round; a place in it stays.
  std::map<std::int64_t, int> looks;         ///< At a quiet door.
  std::map<std::string, std::string> stays;  ///< Person to what was last said of where they are.

 private:
  struct Waiting {
    Instant when{};
    std::uint64_t order = 0;
    Task task;
    bool operator<(const Waiting& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };
  struct Letter {
    Message message;
    std::size_t colleague = SIZE_MAX;  ///< Whose session it carries.
    Answered answered;
    bool done = false;
    int tries = 0;
  };

  void try_letter(const std::shared_ptr<Letter>& letter);
  void arrive(const std::shared_ptr<Letter>& letter, bool last);
  void compare(const Letter& letter, const api::Response& answer);

  std::priority_queue<Waiting> agenda_;
  std::uint64_t order_ = 0;
  std::int64_t seq_ = 0;
  std::unordered_map<std::string, std::string> answers_;  ///< By key: what was said at first.
  std::set<std::int64_t> receipts_;  ///< Check-ins told as saved since the last look.
  std::set<std::int64_t> written_;   ///< Check-ins in the journal.
  Faults calm_faults_ = Faults::none();
};

/// Residents: report, forget, evade, move. Watches nothing but its own days.
void play_residents(Stage& stage);
/// Workers: are told of duties, and do them, sooner or later.
class Office {
 public:
  explicit Office(Stage& stage) : stage_(stage), away_until_(stage.staff.size()) {}
  void begin_day();
  void told(const store::Sealed& entry);

 private:
  struct Job {
    std::size_t colleague = 0;
    std::int64_t duty = 0;
    std::int64_t in_vain = 0;  ///< Calls that nobody answered, where the duty does not count them.
  };
  [[nodiscard]] const oracle::Duty* mine(const Job& job) const;
  void take(const Job& job);
  void pass_on(const Job& job);
  void end(const Job& job, const oracle::Duty& duty);
  void ask_after(const Job& job);
  void look_in(const Job& job);
  void call(const Job& job);
  void tried(const Job& job, std::int64_t household);
  void release(const Job& job);
  [[nodiscard]] bool answers(const Home& home, std::int64_t tries);

  Stage& stage_;
  std::vector<Instant> away_until_;
};
/// Operators and the machine: mistakes, absences, clocks.
void play_mishaps(Stage& stage);

/// A building is closed in which nobody is known, and somebody is there after all.
void play_presence(Stage& stage);
/// What somebody sees there; for the endpoint.
[[nodiscard]] std::string seen_behind(Stage& stage, std::int64_t door);
/// Who was found is entered with names and gets a link.
void move_in(Stage& stage, const api::Response& answer);

/// What happens to somebody of a household: they move, are taken to hospital or away, die, are taken
/// for gone.
void befall(Stage& stage, const Home& home);
void put_under_observation(Stage& stage, const Home& home, Day start);

/// How a household behaves; the same in every drill of a seed.
enum class Habit : std::uint8_t { obedient, forgetful, evasive, refuser, phoneless, shared_phone };
[[nodiscard]] Habit habit_of(const Stage& stage, std::int64_t household);
[[nodiscard]] const Home* home_of(const Stage& stage, std::int64_t household);
[[nodiscard]] bool observed(const Stage& stage, std::int64_t household);

}  // namespace doorstep::drill
