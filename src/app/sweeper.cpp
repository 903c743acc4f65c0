#include "app/sweeper.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/endpoint.h"
#include "base/log.h"
#include "care/day/closing.h"
#include "care/duty/clock.h"
#include "care/duty/sweep.h"
#include "care/observation/moves.h"
#include "care/observation/set_back.h"

namespace doorstep::app {
namespace {

/// Half of what reliability.md 1.3 allows.
constexpr std::chrono::seconds every{7};
/// Rows in one transaction: check-ins wait behind it no longer than behind each other.
constexpr std::int64_t batch = 200;

}  // namespace

void sweep_all(const AsSystem& as_system, std::optional<Instant> expected) {
  bool more = true;
  while (more) {
    const auto outcome = as_system([&](api::WriteContext& context) -> store::Outcome {
      if (expected && duty::watch_clock(context, *expected)) {
        TRY(observation::clock_set_back(context, *expected));
      }
      TRY(observation::follow_moves(context));
      more = TRY(duty::sweep(context, batch)).more;
      if (!more) TRY(day::close_when_due(context));
      return store::Answer{};
    });
    if (!outcome.ok()) {
      log::error("sweep failed: {}", outcome.error().code);
      return;
    }
    // Not before: what was rolled back is carried out again, and must see the jump again.
    expected.reset();
  }
}

struct Sweeper::State {
  api::Service& service;
  const Clock& clock;
  std::mutex mutex = {};
  std::condition_variable ended = {};
  bool over = false;
  std::thread thread = {};

  void run() {
    // A clock that is made to run fast has no steady one beside it.
    const bool real = dynamic_cast<const SystemClock*>(&clock) != nullptr;
    auto steady = std::chrono::steady_clock::now();
    Instant wall = clock.now();
    std::unique_lock lock(mutex);
    while (!over) {
      lock.unlock();
      const auto now = std::chrono::steady_clock::now();
      const Instant expected =
          wall + std::chrono::duration_cast<std::chrono::milliseconds>(now - steady);
      wall = clock.now();
      steady = now;
      for (const std::int64_t community : service.communities()) {
        sweep_all([&](const SystemWork& work) { return service.as_system(community, work); },
                  real ? std::optional(expected) : std::nullopt);
      }
      lock.lock();
      ended.wait_for(lock, every, [&] { return over; });
    }
  }
};

Sweeper::Sweeper(api::Service& service, const Clock& clock)
    : state_(std::make_unique<State>(service, clock)) {}

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
