#include "drill/house.h"

#include <filesystem>

#include "api/endpoint.h"
#include "care/day/closing.h"
#include "care/duty/clock.h"
#include "care/duty/sweep.h"
#include "care/duty/turn.h"
#include "care/observation/moves.h"
#include "care/observation/set_back.h"
#include "care/people/moves.h"
#include "care/registry/import_batch.h"
#include "drill/seams.h"
#include "store/jobs.h"

namespace doorstep::drill {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t sweep_rows = 1000;

}  // namespace

struct House::State {
  std::string root;
  std::string folder;
  SeededRng rng;
  Tampering tampering;
  SeamClock clock;
  SeamStore store;
  std::unique_ptr<store::JobRunner> jobs;
  std::unique_ptr<api::Service> service;
  std::int64_t crashes = 0;
  duty::LastTurn looked = {};

  State(std::string the_folder, Instant start, std::uint64_t seed)
      : root(std::move(the_folder)), folder(root + "/0"), rng(seed), clock(start, tampering) {}

  void open() {
    store::Options options;
    options.data_directory = folder;
    options.inline_writes = true;
    options.readers = 1;
    options.clock = &clock;
    options.rng = &rng;
    store.open(options, &tampering);
    looked = {};
    service = std::make_unique<api::Service>(store, clock, rng, api::all_endpoints(),
                                             api::Settings{.public_url = "https://door.example"});
    jobs = std::make_unique<store::JobRunner>(store, clock, registry::import_jobs(store, rng));
  }

  [[nodiscard]] duty::Turn turn(std::int64_t community, Instant now) {
    if (duty::is_quiet(looked, store.last_seq(), now)) return duty::Turn::nothing;
    duty::Turn found = duty::Turn::all;
    (void)store.read([&](store::Snapshot& db) -> store::Outcome {
      found = duty::turn_now(db, Id<access::Community>{community}, looked, now);
      return store::Answer{};
    });
    return found;
  }

  /// The files as they are at this moment, also in the middle of a transaction.
  [[nodiscard]] std::string image() {
    std::string copy = root + "/" + std::to_string(++crashes);
    fs::create_directory(copy);
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename();
      const bool of_this_run = name == "lock" || name.ends_with("-shm");
      if (!of_this_run) fs::copy(entry.path(), copy + "/" + name, fs::copy_options::recursive);
    }
    return copy;
  }

  void start_from(const std::string& copy) {
    jobs.reset();
    service.reset();
    store.close();
    fs::remove_all(folder);
    folder = copy;
    open();
  }
};

House::House(std::string folder, Instant start, std::uint64_t seed)
    : state_(std::make_unique<State>(std::move(folder), start, seed)) {
  state_->open();
}

House::~House() {
  const std::string root = state_->root;
  state_.reset();
  std::error_code ignored;
  fs::remove_all(root, ignored);
}

std::optional<api::Response> House::call(const Message& sent, Kill kill) {
  // No two requests in one millisecond: hundreds at one instant would be another world.
  state_->clock.set(state_->clock.true_time() + std::chrono::milliseconds{1});
  Message message = sent;
  if (state_->tampering.net && !state_->tampering.net(message)) return api::Response{};
  api::Request request;
  request.method = message.method;
  request.path = message.path;
  request.query = message.query;
  request.body = message.body;
  request.session = message.as.session;
  request.link = message.as.link;
  request.channel = message.as.session.empty() && message.as.link.empty() ? api::Channel::control
                                                                          : api::Channel::network;
  request.same_site = true;
  request.idempotency_key = message.key;
  std::string copy;
  if (kill == Kill::inside) state_->store.kill_inside([&] { copy = state_->image(); });
  api::Response answer = state_->service->call(request);
  state_->store.kill_inside({});
  if (kill == Kill::never || (kill == Kill::inside && copy.empty())) return answer;
  if (kill == Kill::after) copy = state_->image();
  state_->start_from(copy);
  return std::nullopt;
}

bool House::sweep(std::int64_t community, std::optional<Instant> expected) {
  if (state_->tampering.sweep && !state_->tampering.sweep(state_->clock.true_time())) return true;
  const Sweeping sweeping(state_->clock);
  const Instant now = state_->clock.now();
  // The sheet of the day is looked for every ten minutes: the server does so more often.
  const bool tenth = now.time_since_epoch() % std::chrono::minutes{10} < std::chrono::minutes{1};
  const bool jumped = expected && duty::has_jumped(now, *expected);
  const duty::Turn turn = jumped ? duty::Turn::all : state_->turn(community, now);
  if (turn == duty::Turn::nothing && !tenth) return true;
  const auto known = turn == duty::Turn::due ? state_->looked.roster : nullptr;
  duty::Swept swept;
  do {
    const auto outcome =
        state_->service->as_system(community, [&](api::WriteContext& context) -> store::Outcome {
          if (expected && duty::watch_clock(context, *expected)) {
            TRY(observation::clock_set_back(context, *expected));
          }
          expected.reset();
          if (turn == duty::Turn::all) {
            TRY(observation::follow_moves(context));
            TRY(people::follow_moves(context));
          }
          if (turn != duty::Turn::nothing) {
            swept = TRY(duty::sweep(context, sweep_rows, turn, known));
          }
          if (swept.more) return store::Answer{};
          if (tenth) TRY(day::close_when_due(context));
          if (turn == duty::Turn::all) {
            state_->looked =
                duty::looked_at(context.db, context.community.id, now, 0, swept.roster);
          }
          return store::Answer{};
        });
    if (!outcome.ok()) return false;
  } while (swept.more);
  // What the sweep itself wrote puts nothing into wrong hands.
  state_->looked.seq = state_->store.last_seq();
  return true;
}

void House::run_jobs() {
  state_->jobs->drain();
}

void House::crash() {
  state_->start_from(state_->image());
}

void House::leave(const std::string& folder) {
  state_->jobs.reset();
  state_->service.reset();
  state_->store.close();
  fs::rename(state_->folder, folder);
}

void House::tamper(Tampering tampering) {
  state_->tampering = std::move(tampering);
}

void House::set(Instant now) {
  state_->clock.set(now);
}

Instant House::now() const {
  return state_->clock.true_time();
}

store::Store& House::store() {
  return state_->store;
}

Rng& House::rng() {
  return state_->rng;
}

std::int64_t House::crashes() const {
  return state_->crashes;
}

}  // namespace doorstep::drill
