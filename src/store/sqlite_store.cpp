#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"
#include "store/blob_files.h"
#include "store/data_directory.h"
#include "store/engines.h"
#include "store/fill.h"
#include "store/installation.h"
#include "store/journal.h"
#include "store/listeners.h"
#include "store/migrations.h"
#include "store/sqlite_connection.h"
#include "store/sqlite_readers.h"
#include "store/sqlite_statistics.h"
#include "store/sqlite_writer.h"

namespace doorstep::store {
namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(const Options& options, const Seams& seams, const Fill* fill)
      : seams_(seams),
        end_{seams.closed},
        directory_(options.data_directory, *options.rng),
        connection_(directory_.file("doorstep.db"), seams_, SqliteConnection::Mode::write),
        readers_(directory_.file("doorstep.db"), seams_, options.readers),
        blobs_(directory_.file("blobs")) {
    fold_in_log();
    migrate_schema(options, fill);
    const Installation installation = recover(options);
    writer_.emplace(SqliteWriter::Parts{&connection_, &directory_, options.clock, options.rng,
                                        &seams_, [this](std::int64_t seq) { tell(seq); }},
                    installation.last, installation.last_head, !options.inline_writes);
    told_ = installation.last.seq;
  }

  Outcome read(const std::function<Outcome(Snapshot&)>& work) override {
    return readers_.read(work);
  }

  void write(std::function<Outcome(Transaction&)> work,
             std::function<void(Outcome)> done) override {
    writer_->submit({std::move(work), std::move(done)});
  }

  std::vector<Sealed> journal(std::int64_t after, std::int64_t limit) override {
    return read_journal([this](const auto& work) { return read(work); }, after, limit);
  }
  std::int64_t last_seq() override { return writer_->last_seq(); }
  void on_sealed(std::function<void(std::int64_t)> listener) override {
    listeners_.add(std::move(listener));
  }
  Head sign_head() override { return writer_->sign_head(); }

  std::string put_blob(std::string_view bytes) override { return blobs_.put(bytes); }
  std::optional<std::string> blob(const std::string& hash) override { return blobs_.get(hash); }
  void remove_blob(const std::string& hash) override { blobs_.remove(hash); }

  [[nodiscard]] std::string_view engine() const override { return "sqlite"; }
  [[nodiscard]] const std::string& pepper() const override { return directory_.pepper(); }
  [[nodiscard]] const std::string& journal_key() const override { return directory_.public_key(); }
  [[nodiscard]] std::string sign(std::string_view text) const override {
    return directory_.sign(text);
  }
  [[nodiscard]] std::vector<Head> noted_heads() const override { return directory_.noted(); }

 private:
  /// What the last process wrote to the log and could not make sure of stands there still, for as long as the machine has
  /// power: a phone that sends again would be told "saved". Written into the database and made sure of before anybody asks.
  void fold_in_log() { connection_.query("PRAGMA wal_checkpoint(FULL)"); }

  void migrate_schema(const Options& options, const Fill* fill) {
    const Instant now = options.clock->now();
    const Migrator migrator{
        "sqlite", [this](std::string_view sql) { return connection_.query(sql); },
        [this](std::string_view script) { connection_.run_script(script); },
        [this](std::string_view sql, const Values& values) { connection_.run(sql, values); }};
    connection_.run("BEGIN IMMEDIATE");
    if (fill != nullptr) {
      fill_schema(migrator, seams_.history, access(), *fill, now);
    } else {
      migrate(migrator, seams_.history, now);
    }
    tell_planner(connection_, std::int64_t(seams_.history.size()));
    connection_.run("COMMIT");
  }

  InstallationAccess access() {
    return {[this](std::string_view sql, const Values& values) {
              return connection_.query(sql, values);
            },
            [this](std::string_view sql, const Values& values) { connection_.run(sql, values); }};
  }

  Installation recover(const Options& options) {
    connection_.run("BEGIN IMMEDIATE");
    Installation installation = open_installation(access(), directory_, options);
    connection_.run("COMMIT");
    return installation;
  }

  void tell(std::int64_t seq) {
    std::int64_t before = told_;
    while (before < seq && !told_.compare_exchange_weak(before, seq)) {
    }
    if (before < seq) listeners_.tell(seq);
  }

  Seams seams_;
  AtTheEnd end_;
  DataDirectory directory_;
  SqliteConnection connection_;
  SqliteReaders readers_;
  BlobFiles blobs_;
  Listeners listeners_;
  std::atomic<std::int64_t> told_ = 0;
  std::optional<SqliteWriter> writer_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const Options& options, const Seams& seams) {
  return std::make_unique<SqliteStore>(options, seams, nullptr);
}

std::unique_ptr<Store> open_sqlite_filled(const Options& options, const Seams& seams,
                                          const Fill& fill) {
  return std::make_unique<SqliteStore>(options, seams, &fill);
}

}  // namespace doorstep::store
