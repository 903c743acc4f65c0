#include "app/backing_up.h"

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <date/date.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "store/files.h"
#include "store/sealed_stream.h"
#include "store/upgrade.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

/// Files that the server keeps of its own.
constexpr std::size_t kept = 7;
constexpr std::string_view prefix = "doorstep-";
constexpr std::string_view suffix = ".backup";
/// Where one is restored to be sure of it.
constexpr std::string_view room = "verify-own";
/// How often it is looked whether one is due, at most.
constexpr std::chrono::milliseconds look_every{std::chrono::minutes{10}};
constexpr std::int64_t notes_looked_at = 200;

/// A file or folder that is not there at first and gone afterwards, whatever happens in between: what was begun in
/// vain must not fill the disk.
class Passing {
 public:
  explicit Passing(fs::path path) : path_(std::move(path)) { fs::remove_all(path_); }
  ~Passing() {
    std::error_code left;
    fs::remove_all(path_, left);
  }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

/// In the data directory, never beside the file: what is restored is open, and the file may lie on another's
/// disk. Whatever the engine was, SQLite takes it.
bool verify(const fs::path& where, const std::string& file, const std::string& stream_key,
            const store::BackupSummary& written, const store::BackupProgress& progress) {
  static const SystemClock clock;
  SystemRng rng;
  const Passing folder(where);
  store::Options options;
  options.data_directory = folder.path();
  options.clock = &clock;
  options.rng = &rng;
  options.inline_writes = true;
  std::ifstream in(file, std::ios::binary);
  store::BackupSummary read;
  const auto restored = store::restore_backup(in, {{}, stream_key}, options, read, progress);
  const store::Verification found = store::verify_journal(*restored);
  for (const std::string& problem : found.problems) log::error("backup: {}", problem);
  return found.problems.empty() && read.rows == written.rows && read.seq == written.seq;
}

}  // namespace

store::BackupNote back_up(const InstallationOptions& options, const std::string& file,
                          bool verified, std::string_view check_in,
                          const store::BackupProgress& progress) {
  static const SystemClock clock;
  SystemRng rng;
  const auto key = store::backup_open_key(options.data_directory);
  if (!key) {
    throw store::Failure("backup.no_key", "make the key sheet first: doorstep backup --new-key");
  }
  store::Options source;
  source.data_directory = options.data_directory;
  source.database = options.database;
  source.clock = &clock;
  source.rng = &rng;
  const store::BackupTarget target{*key, rng.bytes(store::stream_key_size)};
  const Passing unfinished(file + ".partial");
  const std::string partial = unfinished.path();
  store::BackupSummary summary;
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    if (!out) throw store::Failure("backup.write", partial);
    summary = store::write_backup(source, target, out, progress);
    out.close();
    if (!out) throw store::Failure("backup.write", partial);
  }
  if (verified && !verify(fs::path(options.data_directory) / check_in, partial, target.stream_key,
                          summary, progress)) {
    throw store::Failure("backup.damaged", partial);
  }
  store::keep_file(partial, file);
  store::BackupNote note;
  note.made_at = summary.made_at;
  note.file = fs::path(file).filename().string();
  if (verified) note.verified_at = clock.now();
  note.seq = summary.seq;
  note.rows = summary.rows;
  note.bytes = static_cast<std::int64_t>(fs::file_size(file));
  return note;
}

void keep_newest(const std::string& folder, std::size_t count) {
  std::vector<fs::path> files;
  for (const auto& one : fs::directory_iterator(folder)) {
    const std::string name = one.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(suffix)) files.push_back(one.path());
  }
  std::ranges::sort(files);  // Their names are in the order of time.
  for (std::size_t at = 0; at + count < files.size(); ++at) fs::remove(files[at]);
}

struct BackupKeeper::State {
  State(Installation& the_house, Plan the_plan)
      : house(the_house), plan(std::move(the_plan)), ids(the_house.rng()) {}

  Installation& house;
  Plan plan;
  IdSource ids;
  std::mutex mutex = {};
  std::condition_variable ended = {};
  bool over = false;
  std::thread thread = {};

  std::vector<store::BackupNote> notes() {
    std::vector<store::BackupNote> found;
    (void)house.store().read([&](store::Snapshot& db) -> store::Outcome {
      found = store::backup_notes(db, notes_looked_at);
      return store::Answer{};
    });
    return found;
  }

  void say(store::BackupNote note) {
    note.id = ids.next<store::BackupNote>(house.clock().now()).value();
    const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
      store::note_backup(tx, 0, note);
      return store::Answer{};
    });
    if (!outcome.ok()) log::error("a backup was not noted: {}", outcome.error().code);
  }

  void say_problem(const std::string& code) {
    store::BackupNote note;
    note.made_at = house.clock().now();
    note.problem = code;
    say(std::move(note));
  }

  void write(bool verified) {
    store::make_directory(plan.folder);
    const Instant began = house.clock().now();
    const auto second = std::chrono::floor<std::chrono::seconds>(began);
    const std::string name =
        fmt::format("{}{}{}", prefix, date::format("%Y%m%dT%H%M%SZ", second), suffix);
    auto note = back_up(plan.installation, (fs::path(plan.folder) / name).string(), verified, room,
                        [](std::string_view, std::int64_t) {});
    // By the clock that the server goes by.
    note.made_at = began;
    if (verified) note.verified_at = house.clock().now();
    say(std::move(note));
    keep_newest(plan.folder, kept);
  }

  void turn() {
    store::drop_ways_back(plan.installation.data_directory, house.clock().now());
    const bool has_key = store::backup_open_key(plan.installation.data_directory).has_value();
    const auto step = store::next_backup_step(notes(), has_key, house.clock().now(), plan.every);
    if (step == store::BackupStep::nothing) return;
    if (step == store::BackupStep::say_no_key) return say_problem("backup.no_key");
    write(step == store::BackupStep::write_and_verify);
  }

  /// The server goes on whatever becomes of its backups.
  void try_turn() {
    try {
      turn();
    } catch (const store::Failure& failure) {
      log::error("backup: {} {}", failure.code(), failure.what());
      say_problem(std::string(failure.code()));
    } catch (const fs::filesystem_error& error) {
      log::error("backup: {}", error.what());
      say_problem("backup.write");
    } catch (const std::exception& error) {
      log::error("backup: {}", error.what());
      say_problem("internal");
    }
  }

  void run() {
    // Whoever waits for an answer goes first.
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
    // What a server that was ended in the middle of it had restored.
    std::error_code left;
    fs::remove_all(fs::path(plan.installation.data_directory) / room, left);
    std::unique_lock lock(mutex);
    while (!over) {
      lock.unlock();
      try_turn();
      lock.lock();
      ended.wait_for(lock, std::min(look_every, plan.every), [&] { return over; });
    }
  }
};

BackupKeeper::BackupKeeper(Installation& house, Plan plan)
    : state_(std::make_unique<State>(house, std::move(plan))) {}

BackupKeeper::~BackupKeeper() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->over = true;
  }
  state_->ended.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void BackupKeeper::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

}  // namespace doorstep::app
