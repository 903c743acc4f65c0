#include "app/forgetting.h"

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "api/endpoint.h"
#include "base/log.h"
#include "care/rights/plan.h"
#include "care/rights/retention.h"
#include "store/files.h"
#include "store/scrub.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds look_every{5};
/// Rows in one transaction: check-ins wait behind it.
constexpr std::int64_t rows_at_once = 500;
constexpr std::int64_t people_at_once = 200;

Result<void> expire_all(api::Service& service, std::int64_t community) {
  for (std::size_t at = 0; at < rights::expiries().size(); ++at) {
    bool more = true;
    while (more) {
      TRY(service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
        more = TRY(rights::expire(context, at, rows_at_once));
        return store::Answer{};
      }));
    }
  }
  return {};
}

Result<void> drop_numbers(api::Service& service, std::int64_t community) {
  std::optional<std::int64_t> last = 0;
  while (last) {
    TRY(service.as_system(community,
                          [&, from = *last](api::WriteContext& context) -> store::Outcome {
                            last = rights::drop_unused_numbers(context, from, rows_at_once);
                            return store::Answer{};
                          }));
  }
  return {};
}

/// Who is over the period: read beside everybody else, then listed.
Result<void> plan_all(store::Store& store, api::Service& service, std::int64_t community,
                      Day before) {
  while (true) {
    std::vector<Id<registry::Person>> people;
    TRY(store.read([&](store::Snapshot& db) -> store::Outcome {
      people = rights::left_before(db, Id<access::Community>{community}, before, people_at_once);
      return store::Answer{};
    }));
    std::int64_t planned = 0;
    TRY(service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
      planned = TRY(rights::plan_erasures(context, people));
      return store::Answer{};
    }));
    // Those who are needed still stay at the head of the list.
    if (planned == 0 || std::ssize(people) < people_at_once) return {};
  }
}

Result<void> erase_all(api::Service& service, std::int64_t community) {
  bool more = true;
  while (more) {
    TRY(service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
      more = TRY(rights::erase_next(context));
      return store::Answer{};
    }));
  }
  return {};
}

Result<bool> go_through(store::Store& store, api::Service& service, std::int64_t community) {
  bool done = false;
  Day before{};
  TRY(service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
    done = rights::gone_through(context.db, context.community.id, context.today());
    if (!done) before = TRY(rights::period_begins(context));
    return store::Answer{};
  }));
  if (done) return false;
  TRY(expire_all(service, community));
  TRY(plan_all(store, service, community, before));
  TRY(erase_all(service, community));
  TRY(drop_numbers(service, community));
  TRY(service.as_system(community, [&](api::WriteContext& context) -> store::Outcome {
    (void)TRY(rights::forget_staff_numbers(context));
    rights::note_day(context);
    return store::Answer{};
  }));
  return true;
}

void write_list(const std::string& folder, const std::vector<std::string>& lines) {
  store::make_directory(folder);
  const std::string file = (fs::path(folder) / erasure_list).string();
  {
    std::ofstream out(file + ".partial", std::ios::binary | std::ios::trunc);
    for (const std::string& line : lines) out << line << '\n';
    out.close();
    if (!out) throw store::Failure("erasure.list", file);
  }
  store::keep_file(file + ".partial", file);
}

/// What was erased and may still stand in the engine's files: done before `now`.
std::int64_t waiting(store::Store& store) {
  std::int64_t rows = 0;
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    rows = db.first("SELECT count(*) FROM erasure WHERE state = 'done' AND gone_at IS NULL")
               ->integer(0);
    return store::Answer{};
  });
  return rows;
}

}  // namespace

bool forget_day(store::Store& store, api::Service& service, std::int64_t community) {
  const auto done = go_through(store, service, community);
  if (!done.ok()) log::error("what is over its period was not removed: {}", done.error().code);
  return done.ok() && *done;
}

bool finish_erasures(store::Store& store, const InstallationOptions& options, Instant now,
                     const std::vector<std::string>& folders) {
  if (waiting(store) == 0) return false;
  std::vector<std::string> lines;
  std::vector<std::int64_t> done;
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    lines = rights::erasure_lines(db);
    for (const store::Row& row :
         db.query("SELECT id FROM erasure WHERE state = 'done' AND gone_at IS NULL")) {
      done.push_back(row.integer(0));
    }
    return store::Answer{};
  });
  // The list first: a backup that is older than it must never be restored without.
  for (const std::string& folder : folders) write_list(folder, lines);
  store::Options place;
  place.data_directory = options.data_directory;
  place.database = options.database;
  if (!store::scrub(place)) return false;
  const auto noted = store.write_now([&](store::Transaction& tx) -> store::Outcome {
    for (const std::int64_t id : done) {
      tx.run("UPDATE erasure SET gone_at = $2 WHERE id = $1", {id, now});
    }
    tx.journal({0, 0, "erasure.gone", 0, "", "{\"count\":" + std::to_string(done.size()) + '}'});
    return store::Answer{};
  });
  return noted.ok();
}

ErasedAgain erase_again(store::Store& store, Rng& rng, Instant now,
                        const std::vector<std::string>& lines) {
  ErasedAgain result;
  IdSource ids(rng);
  // What this store carried out itself is most of a list: one read, not a transaction for each at every start.
  std::set<std::string> known;
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    for (std::string& line : rights::erasure_lines(db)) known.insert(std::move(line));
    return store::Answer{};
  });
  for (const std::string& line : lines) {
    ++result.lines;
    if (known.contains(line)) continue;
    const auto certificate = rights::certificate_from_line(line, store.journal_key());
    if (!certificate.ok()) {
      ++result.refused;
      continue;
    }
    bool again = false;
    const auto outcome = store.write_now([&](store::Transaction& tx) -> store::Outcome {
      again =
          rights::erase_again(tx, ids, *certificate, line, now,
                              Day{std::chrono::floor<std::chrono::days>(now).time_since_epoch()});
      return store::Answer{};
    });
    if (!outcome.ok()) throw store::Failure(outcome.error().code, "an erasure was not repeated");
    if (again) ++result.again;
  }
  return result;
}

std::vector<std::string> read_erasure_list(const std::string& file) {
  std::vector<std::string> lines;
  std::ifstream in(file, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

struct Forgetter::State {
  Installation& house;
  InstallationOptions options;
  std::vector<std::string> folders;
  std::mutex mutex = {};
  std::condition_variable ended = {};
  bool over = false;
  std::thread thread = {};

  void turn() {
    try {
      for (const std::int64_t community : house.service().communities()) {
        (void)forget_day(house.store(), house.service(), community);
      }
      (void)finish_erasures(house.store(), options, house.clock().now(), folders);
    } catch (const store::Failure& failure) {
      log::error("forgetting: {} {}", failure.code(), failure.what());
    } catch (const std::exception& error) {
      log::error("forgetting: {}", error.what());
    }
  }

  void run() {
    // Whoever waits for an answer goes first.
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
    std::unique_lock lock(mutex);
    while (!over) {
      lock.unlock();
      turn();
      lock.lock();
      ended.wait_for(lock, look_every, [&] { return over; });
    }
  }
};

Forgetter::Forgetter(Installation& house, InstallationOptions options,
                     std::vector<std::string> folders)
    : state_(new State{house, std::move(options), std::move(folders)}) {}

Forgetter::~Forgetter() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->over = true;
  }
  state_->ended.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void Forgetter::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

}  // namespace doorstep::app
