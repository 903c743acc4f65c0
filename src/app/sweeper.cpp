#include "app/sweeper.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "api/endpoint.h"
#include "base/log.h"
#include "care/day/closing.h"
#include "care/delivery/look_after.h"
#include "care/duty/clock.h"
#include "care/duty/sweep.h"
#include "care/needs/cycle.h"
#include "care/needs/offer.h"
#include "care/needs/retention.h"
#include "care/observation/moves.h"
#include "care/observation/phone_clocks.h"
#include "care/observation/set_back.h"
#include "care/people/moves.h"
#include "care/supply/delivered.h"
#include "care/supply/stock.h"

namespace doorstep::app {
namespace {

/// Half of what reliability.md 1.3 allows.
constexpr std::chrono::seconds every{7};
/// How often every community is looked at, also where no duty's time has come: for what the journal says
/// that others did, for the sheet of the day, for goods and collections.
constexpr std::chrono::seconds everybody_every{30};
/// How often everything is looked at in any case, whatever the journal says.
constexpr std::chrono::minutes everything_every{10};
/// What a clock may be off within one turn before every community looks at it.
constexpr std::chrono::seconds in_step{2};
/// Rows in one transaction: check-ins wait behind it no longer than behind each other.
constexpr std::int64_t batch = 200;
/// Communities whose duties are raised together.
constexpr std::size_t together = 8;

}  // namespace

std::shared_ptr<const duty::Roster> sweep_all(const AsSystem& as_system,
                                              std::optional<Instant> expected, duty::Turn turn,
                                              const std::shared_ptr<const duty::Roster>& known) {
  duty::Swept swept;
  do {
    const auto outcome = as_system([&](api::WriteContext& context) -> store::Outcome {
      if (expected && duty::watch_clock(context, *expected)) {
        TRY(observation::clock_set_back(context, *expected));
      }
      if (turn == duty::Turn::all) {
        TRY(observation::follow_moves(context));
        TRY(people::follow_moves(context));
      }
      swept = TRY(duty::sweep(context, batch, turn, known));
      if (swept.more || turn != duty::Turn::all) return store::Answer{};
      TRY(observation::watch_phones(context));
      TRY(day::close_when_due(context));
      return store::Answer{};
    });
    if (!outcome.ok()) {
      log::error("sweep failed: {}", outcome.error().code);
      return {};
    }
    // Not before: what was rolled back is carried out again, and must see the jump again.
    expected.reset();
  } while (swept.more);
  return swept.roster;
}

void look_at_start(const AsSystem& as_system) {
  const auto outcome = as_system([](api::WriteContext& context) -> store::Outcome {
    duty::watch_start(context);
    return store::Answer{};
  });
  if (!outcome.ok()) log::error("the clock was not looked at: {}", outcome.error().code);
}

struct Sweeper::State {
  store::Store& store;
  api::Service& service;
  const Clock& clock;
  std::mutex mutex = {};
  std::condition_variable ended = {};
  bool over = false;
  std::thread thread = {};
  std::map<std::int64_t, duty::LastTurn> looked = {};  ///< By community.
  duty::News news{store.last_seq()};  ///< Before that everything is looked at once.

  /// Collections and what came of them. Apart from the sweep: a pack without cycles never keeps a
  /// duty from climbing.
  void supply(std::int64_t community) {
    bool more = true;
    while (more) {
      const auto outcome =
          service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
            more = doorstep::supply::notice_delivered(context, batch) == batch;
            TRY(needs::open_cycle_when_due(context));
            (void)TRY(needs::widen_offers(context, batch));
            more = TRY(doorstep::supply::notice_kits_back(context, batch)) == batch || more;
            more = needs::drop_words(context, batch) == batch || more;
            return store::Answer{};
          });
      if (outcome.ok()) continue;
      log::error("supply failed: {}", outcome.error().code);
      return;
    }
  }

  /// What is sent out, asked for and owed by the clock alone: each apart, for the same reason.
  void goods(std::int64_t community) {
    for (const auto look :
         {+[](api::WriteContext& context) -> Result<void> {
            (void)TRY(delivery::dispatch_when_idle(context));
            return {};
          },
          +[](api::WriteContext& context) { return delivery::watch_gaps(context); },
          +[](api::WriteContext& context) { return delivery::watch_care(context); }}) {
      const auto outcome =
          service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
            TRY(look(context));
            return store::Answer{};
          });
      if (!outcome.ok()) log::error("goods failed: {}", outcome.error().code);
    }
  }

  /// What only the time of day or a phone brings about.
  void look_at_day(std::int64_t community) {
    const auto outcome =
        service.as_system(community, [](api::WriteContext& context) -> store::Outcome {
          TRY(observation::watch_phones(context));
          TRY(day::close_when_due(context));
          return store::Answer{};
        });
    if (!outcome.ok()) log::error("the day was not looked at: {}", outcome.error().code);
  }

  /// What there is to do in a community. Everything where the clock jumped; else as the journal says.
  duty::Turn turn_of(std::int64_t community, bool jumped, Instant now) {
    duty::LastTurn& last = looked[community];
    if (jumped || now >= last.at + everything_every) return duty::Turn::all;
    duty::Turn turn = duty::Turn::all;
    (void)store.read([&](store::Snapshot& db) -> store::Outcome {
      turn = duty::turn_now(db, Id<access::Community>{community}, last, now, news);
      return store::Answer{};
    });
    return turn;
  }

  void look_at_all(std::int64_t community, std::optional<Instant> expected) {
    const Instant now = clock.now();
    const std::int64_t seq = store.last_seq();
    // Until it is done nothing is known of it: what fails is done again.
    looked[community] = {};
    auto roster = sweep_all(
        [&](const SystemWork& work) { return service.as_system(community, work); }, expected);
    if (!roster) return;
    (void)store.read([&](store::Snapshot& db) -> store::Outcome {
      looked[community] =
          duty::looked_at(db, Id<access::Community>{community}, now, seq, std::move(roster));
      return store::Answer{};
    });
  }

  /// What is due, in several communities at a time: what waits together shares a commit.
  void raise_due(const std::vector<std::int64_t>& communities, std::optional<Instant> expected) {
    std::atomic<std::size_t> next = 0;
    const auto raise = [&] {
      for (std::size_t at = next++; at < communities.size(); at = next++) {
        sweep_all([&](const SystemWork& work) { return service.as_system(communities[at], work); },
                  expected, duty::Turn::due, looked.at(communities[at]).roster);
      }
    };
    std::vector<std::jthread> beside;
    while (beside.size() + 1 < std::min(together, communities.size())) beside.emplace_back(raise);
    raise();
  }

  /// All of these, each as it asks; `all`: what only time brings about is looked at as well.
  void turn(const std::vector<std::int64_t>& communities, std::optional<Instant> expected,
            bool jumped, bool all) {
    (void)store.read([&](store::Snapshot& db) -> store::Outcome {
      news.read(db);
      return store::Answer{};
    });
    std::vector<std::int64_t> due;
    for (const std::int64_t community : communities) {
      const duty::Turn asked = turn_of(community, jumped, clock.now());
      if (asked == duty::Turn::all) look_at_all(community, expected);
      if (asked == duty::Turn::due) due.push_back(community);
      if (all && asked != duty::Turn::all) look_at_day(community);
    }
    raise_due(due, expected);
    if (!all) return;
    news.forget();
    for (const std::int64_t community : communities) {
      supply(community);
      goods(community);
    }
  }

  std::vector<std::int64_t> due() {
    std::vector<std::int64_t> found;
    (void)store.read([&](store::Snapshot& db) -> store::Outcome {
      found = duty::communities_due(db, clock.now());
      return store::Answer{};
    });
    return found;
  }

  /// False where the store could not be asked: a database restarts, and this server goes on without it until it is
  /// back (docs/chaos.md).
  static bool tried(const std::function<void()>& work) {
    try {
      work();
      return true;
    } catch (const store::Failure& failure) {
      log::error("sweep failed: {}", failure.code());
      return false;
    }
  }

  void look_at_starts() {
    for (const std::int64_t community : service.communities()) {
      look_at_start([&](const SystemWork& work) { return service.as_system(community, work); });
    }
  }

  void run() {
    // A clock that is made to run fast has no steady one beside it.
    const bool real = dynamic_cast<const SystemClock*>(&clock) != nullptr;
    auto steady = std::chrono::steady_clock::now();
    auto everybody = steady;  // The next time for all.
    Instant wall = clock.now();
    bool started = !real;
    std::unique_lock lock(mutex);
    while (!over) {
      lock.unlock();
      started = started || tried([this] { look_at_starts(); });
      const auto now = std::chrono::steady_clock::now();
      const Instant expected =
          wall + std::chrono::duration_cast<std::chrono::milliseconds>(now - steady);
      const Instant read = clock.now();
      const bool jumped = !real || std::chrono::abs(read - expected) > in_step;
      const bool all = jumped || now >= everybody;
      const bool done = started && tried([&] {
                          turn(all ? service.communities() : due(),
                               real ? std::optional(expected) : std::nullopt, jumped, all);
                        });
      // Of a turn that failed nothing is forgotten: the next one sees the same jump of the clock.
      if (done) {
        wall = read;
        steady = now;
        if (all) everybody = now + everybody_every;
      }
      lock.lock();
      ended.wait_for(lock, every, [&] { return over; });
    }
  }
};

Sweeper::Sweeper(store::Store& store, api::Service& service, const Clock& clock)
    : state_(std::make_unique<State>(store, service, clock)) {}

Sweeper::~Sweeper() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->over = true;
  }
  state_->ended.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void Sweeper::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

}  // namespace doorstep::app
