#include "store/upgrade.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"
#include "store/data_directory.h"
#include "store/files.h"
#include "store/postgres_connection.h"
#include "store/restored.h"
#include "store/sealed_stream.h"
#include "store/sqlite_connection.h"

namespace doorstep::store {
namespace {

namespace fs = std::filesystem;

/// Files before an upgrade that stay.
constexpr std::size_t kept = 2;
/// And so long: whoever is erased meanwhile is still in them.
constexpr std::chrono::hours way_back{24 * 14};
constexpr std::string_view prefix = "before-";
constexpr std::string_view suffix = ".backup";
constexpr auto quiet = [](std::string_view, std::int64_t) {};

std::string key_file(const std::string& file) {
  return file + ".key";
}

/// A place on the same engine that is empty when it is made and gone at the end, but for what was taken out of it.
class Beside {
 public:
  Beside(const Options& options, const std::string& name) : options_(options), name_(name) {
    options_.data_directory += "/" + name;
    options_.inline_writes = true;
    clear();
    make_directory(options_.data_directory);
    if (options.database.empty()) return;
    url_ = options.database;
    schema("CREATE SCHEMA " + name_);
    options_.database += (url_.find('?') == std::string::npos ? "?" : "&");
    options_.database += "options=-csearch_path%3D" + name_;
  }
  ~Beside() {
    try {
      clear();
    } catch (const std::exception& error) {
      log::error("upgrade: {} stays: {}", name_, error.what());
    }
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  [[nodiscard]] const Options& options() const { return options_; }

 private:
  void clear() {
    fs::remove_all(options_.data_directory);
    if (!options_.database.empty()) schema("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
  }
  void schema(const std::string& statement) {
    PostgresConnection connection(url_.empty() ? options_.database : url_);
    connection.connect();
    connection.run_script(statement);
  }

  Options options_;
  std::string name_;
  std::string url_;  ///< Of the database itself.
};

BackupSummary keep(const Options& options, const std::string& file) {
  const auto open = backup_open_key(options.data_directory);
  // Without a key sheet its own key alone opens it.
  const BackupTarget target{open ? *open : make_backup_key().open,
                            options.rng->bytes(stream_key_size)};
  const std::string partial = file + ".partial";
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  BackupSummary summary = write_backup(options, target, out, quiet);
  out.close();
  if (!out) throw Failure("backup.write", partial);
  write_file(key_file(file), to_hex(target.stream_key));
  keep_file(partial, file);
  return summary;
}

std::unique_ptr<Store> bring_back(const std::string& file, const Options& to,
                                  std::span<const Migration> history, BackupSummary& summary) {
  const auto key = read_file(key_file(file));
  auto bytes = key ? from_hex(*key) : std::nullopt;
  if (!bytes) throw Failure("backup.key", key_file(file));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Failure("file.unreadable", file);
  return restore_backup(in, {{}, *std::move(bytes)}, to, summary, quiet, history);
}

/// The newest last.
std::vector<std::string> kept_files(const std::string& folder) {
  std::vector<std::string> files;
  if (!fs::exists(folder)) return files;
  for (const auto& one : fs::directory_iterator(folder)) {
    const std::string name = one.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(suffix)) files.push_back(one.path().string());
  }
  std::ranges::sort(files);
  return files;
}

/// Two files change names in one step, so that there is a store at every moment.
void exchange(const std::string& one, const std::string& other) {
  if (renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0) {
    throw Failure("store.broken", "cannot exchange " + one + " and " + other);
  }
}

/// Folds the log into the file: a log beside another file would be taken for its own.
void fold(const std::string& file) {
  {
    SqliteConnection connection(file, {}, SqliteConnection::Mode::write);
    connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  remove_file(file + "-wal");
  remove_file(file + "-shm");
}

std::string take_place(const Options& options, const Options& from, const std::string& stamp) {
  if (options.database.empty()) {
    const std::string live = options.data_directory + "/doorstep.db";
    const std::string found = from.data_directory + "/doorstep.db";
    const std::string aside = options.data_directory + "/backups/after-" + stamp + ".db";
    fold(live);
    fold(found);
    exchange(live, found);
    keep_file(found, aside);
    return aside;
  }
  PostgresConnection connection(options.database);
  connection.connect();
  const std::string live = connection.query("SELECT CAST(current_schema() AS TEXT)")[0].text(0);
  const std::string aside = "after_" + stamp;
  connection.run_script(fmt::format(
      "BEGIN; ALTER SCHEMA {0} RENAME TO {1}; ALTER SCHEMA rolling_back RENAME TO {0}; COMMIT",
      live, aside));
  return "schema " + aside;
}

}  // namespace

std::optional<std::int64_t> standing_migration(const Options& options) {
  if (!fs::exists(options.data_directory + "/keys/journal")) return std::nullopt;
  if (options.database.empty() && !fs::exists(options.data_directory + "/doorstep.db")) {
    return std::nullopt;
  }
  std::optional<std::int64_t> found;
  const Outcome read = Reading::open(options)->read([&](Snapshot& db) -> Outcome {
    const std::string_view known =
        options.database.empty()
            ? "SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'"
            : "SELECT 1 FROM information_schema.tables WHERE table_name = 'schema_version'"
              " AND table_schema = current_schema()";
    if (!db.first(known)) return Answer{};
    const auto row = db.first("SELECT max(number) FROM schema_version");
    if (!row->is_null(0)) found = row->integer(0);
    return Answer{};
  });
  if (!read.ok()) throw Failure(read.error().code, read.error().hint);
  return found;
}

Trial try_upgrade(const Options& options, const std::string& file,
                  std::span<const Migration> history) {
  Trial trial;
  trial.before = keep(options, file);
  const Beside copy(options, "upgrade_trial");
  const auto store = bring_back(file, copy.options(), history, trial.after);
  Verification found = verify_journal(*store);
  trial.entries = found.entries;
  trial.problems = std::move(found.problems);
  if (trial.after.rows != trial.before.rows) trial.problems.emplace_back("rows are missing");
  return trial;
}

void drop_ways_back(const std::string& data_directory, Instant now) {
  std::vector<std::string> files = kept_files(data_directory + "/backups");
  for (std::size_t at = 0; at < files.size(); ++at) {
    const std::string name = fs::path(files[at]).stem().string();
    const Instant made{
        std::chrono::milliseconds{std::strtoll(name.c_str() + name.rfind('-') + 1, nullptr, 10)}};
    if (at + kept >= files.size() && now - made < way_back) continue;
    remove_file(files[at]);
    remove_file(key_file(files[at]));
  }
}

void prepare_upgrade(const Options& options, std::span<const Migration> history) {
  const auto standing = standing_migration(options);
  if (!standing || *standing >= std::ssize(history)) return;
  // Whoever holds the lock upgrades, or is the older server that still runs.
  const DataDirectory locked(options.data_directory, *options.rng);
  const std::string folder = options.data_directory + "/backups";
  make_directory(folder);
  const std::string file = fmt::format("{}/{}{:04}-{}{}", folder, prefix, *standing + 1,
                                       options.clock->now().time_since_epoch().count(), suffix);
  log::info("schema: migration {} to {}; kept as {}, tried on a copy first", *standing,
            history.size(), file);
  const Trial trial = try_upgrade(options, file, history);
  for (const std::string& problem : trial.problems) log::error("upgrade: {}", problem);
  if (!trial.problems.empty()) {
    throw Failure("upgrade.trial", "the copy did not come out right; the store is as it was");
  }
  drop_ways_back(options.data_directory, options.clock->now());
}

RolledBack roll_back(const Options& options, std::span<const Migration> history) {
  const DataDirectory locked(options.data_directory, *options.rng);
  const std::vector<std::string> files = kept_files(options.data_directory + "/backups");
  if (files.empty()) throw Failure("rollback.none", "no upgrade left anything to go back to");
  const std::string newest =
      fmt::format("{}{:04}-", prefix, static_cast<std::int64_t>(history.size()) + 1);
  if (!fs::path(files.back()).filename().string().starts_with(newest)) {
    throw Failure("rollback.program",
                  fmt::format("{} belongs to another program than this one, which knows migration "
                              "{}: install the one from before the upgrade",
                              files.back(), history.size()));
  }
  RolledBack done;
  const Beside copy(options, "rolling_back");
  {
    const auto store = bring_back(files.back(), copy.options(), history, done.to);
    const Verification found = verify_journal(*store);
    if (!found.problems.empty()) throw Failure("backup.damaged", found.problems.front());
    note_restored(*store);
  }
  const std::string stamp = std::to_string(options.clock->now().time_since_epoch().count());
  done.aside = take_place(options, copy.options(), stamp);
  // The heads that were signed since are of entries that lie aside now.
  const std::string heads = options.data_directory + "/heads.log";
  if (fs::exists(heads)) {
    keep_file(heads, options.data_directory + "/backups/after-" + stamp + ".heads");
  }
  return done;
}

}  // namespace doorstep::store
