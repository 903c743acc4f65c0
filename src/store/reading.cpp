#include "store/reading.h"

#include "store/data_directory.h"
#include "store/engines.h"
#include "store/installation.h"
#include "store/postgres_readers.h"
#include "store/sqlite_readers.h"

namespace doorstep::store {
namespace {

class SqliteReading final : public Reading {
 public:
  explicit SqliteReading(const Options& options)
      : directory_(options.data_directory),
        key_(public_key_in(directory_)),
        readers_(directory_ + "/doorstep.db", seams_, 1) {}
  Outcome read(const std::function<Outcome(Snapshot&)>& work) override {
    return readers_.read(work);
  }
  [[nodiscard]] const std::string& journal_key() const override { return key_; }
  [[nodiscard]] std::string_view engine() const override { return "sqlite"; }
  [[nodiscard]] std::vector<Head> noted_heads() const override { return noted_in(directory_); }

 private:
  std::string directory_;
  std::string key_;
  Seams seams_;
  SqliteReaders readers_;
};

class PostgresReading final : public Reading {
 public:
  explicit PostgresReading(const Options& options)
      : directory_(options.data_directory),
        key_(public_key_in(directory_)),
        readers_(options.database, 1) {}
  Outcome read(const std::function<Outcome(Snapshot&)>& work) override {
    return readers_.read(work);
  }
  [[nodiscard]] const std::string& journal_key() const override { return key_; }
  [[nodiscard]] std::string_view engine() const override { return "postgresql"; }
  [[nodiscard]] std::vector<Head> noted_heads() const override { return noted_in(directory_); }

 private:
  std::string directory_;
  std::string key_;
  PostgresReaders readers_;
};

}  // namespace

std::unique_ptr<Reading> Reading::open(const Options& options) {
  if (options.database.empty()) return std::make_unique<SqliteReading>(options);
  return std::make_unique<PostgresReading>(options);
}

std::vector<Sealed> Reading::journal(std::int64_t after, std::int64_t limit) {
  return read_journal([this](const auto& work) { return read(work); }, after, limit);
}

}  // namespace doorstep::store
