#include <memory>
#include <optional>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/log.h"
#include "store/blob_files.h"
#include "store/data_directory.h"
#include "store/engines.h"
#include "store/fill.h"
#include "store/installation.h"
#include "store/listeners.h"
#include "store/migrations.h"
#include "store/postgres_readers.h"
#include "store/postgres_sealer.h"
#include "store/postgres_writer.h"

namespace doorstep::store {
namespace {

class PostgresStore final : public Store {
 public:
  PostgresStore(const Options& options, const Seams& seams, const Fill* fill)
      : seams_(seams),
        end_{seams.closed},
        directory_(options.data_directory, *options.rng),
        readers_(options.database, options.readers) {
    const Installation installation = prepare(options, fill);
    sealer_.emplace(PostgresSealer::Parts{options.database, &directory_, options.clock, &seams_,
                                          [this](std::int64_t seq) { listeners_.tell(seq); }},
                    installation, !options.inline_writes);
    writer_.emplace(PostgresWriter::Parts{options.database, options.clock, options.rng, &seams_,
                                          [this] { sealer_->wake(); }},
                    options.inline_writes ? 0 : options.writers);
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
  std::int64_t last_seq() override { return sealer_->last_seq(); }
  void on_sealed(std::function<void(std::int64_t)> listener) override {
    listeners_.add(std::move(listener));
  }
  Head sign_head() override { return sealer_->sign_head(); }

  std::string put_blob(std::string_view bytes) override {
    std::string hash = to_hex(blake2b(bytes));
    write_or_throw([&](Transaction& tx) -> Outcome {
      tx.run("INSERT INTO blob (hash, data) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
             {hash, Bytes{std::string(bytes)}});
      return Answer{};
    });
    return hash;
  }

  std::optional<std::string> blob(const std::string& hash) override {
    std::optional<std::string> bytes;
    (void)read([&](Snapshot& snapshot) -> Outcome {
      const auto row = snapshot.first("SELECT data FROM blob WHERE hash = $1", {hash});
      if (row) bytes = row->bytes(0);
      return Answer{};
    });
    if (bytes && to_hex(blake2b(*bytes)) == hash) return bytes;
    if (bytes) log::error("store: blob {} is damaged", hash);
    return std::nullopt;
  }

  void remove_blob(const std::string& hash) override {
    write_or_throw([&](Transaction& tx) -> Outcome {
      tx.run("DELETE FROM blob WHERE hash = $1", {hash});
      return Answer{};
    });
  }

  [[nodiscard]] std::string_view engine() const override { return "postgresql"; }
  [[nodiscard]] const std::string& pepper() const override { return directory_.pepper(); }
  [[nodiscard]] const std::string& journal_key() const override { return directory_.public_key(); }
  [[nodiscard]] std::string sign(std::string_view text) const override {
    return directory_.sign(text);
  }
  [[nodiscard]] std::vector<Head> noted_heads() const override { return directory_.noted(); }

 private:
  /// Migrates and recovers, one server process at a time.
  Installation prepare(const Options& options, const Fill* fill) {
    PostgresConnection connection(options.database);
    connection.connect();
    const Migrator migrator{
        "postgresql", [&](std::string_view sql) { return connection.query(sql); },
        [&](std::string_view script) { connection.run_script(script); },
        [&](std::string_view sql, const Values& values) { connection.run(sql, values); }};
    const InstallationAccess access{
        [&](std::string_view sql, const Values& values) { return connection.query(sql, values); },
        [&](std::string_view sql, const Values& values) { connection.run(sql, values); }};
    connection.run("BEGIN ISOLATION LEVEL READ COMMITTED");
    connection.run_script("SET LOCAL lock_timeout = 0");
    connection.query("SELECT pg_advisory_xact_lock(7236264737001)");
    if (fill != nullptr) {
      fill_schema(migrator, seams_.history, access, *fill, options.clock->now());
    } else {
      migrate(migrator, seams_.history, options.clock->now());
    }
    Installation installation = open_installation(access, directory_, options);
    connection.run("COMMIT");
    return installation;
  }

  void write_or_throw(const std::function<Outcome(Transaction&)>& work) {
    const Outcome outcome = write_now(work);
    if (!outcome.ok()) throw Failure(outcome.error().code, outcome.error().hint);
  }

  Seams seams_;
  AtTheEnd end_;
  DataDirectory directory_;
  PostgresReaders readers_;
  Listeners listeners_;
  std::optional<PostgresSealer> sealer_;
  std::optional<PostgresWriter> writer_;
};

}  // namespace

std::unique_ptr<Store> open_postgres(const Options& options, const Seams& seams) {
  return std::make_unique<PostgresStore>(options, seams, nullptr);
}

std::unique_ptr<Store> open_postgres_filled(const Options& options, const Seams& seams,
                                            const Fill& fill) {
  return std::make_unique<PostgresStore>(options, seams, &fill);
}

}  // namespace doorstep::store
