#include "store/sqlite_readers.h"

#include "base/log.h"

namespace doorstep::store {
namespace {

class ReadSnapshot final : public Snapshot {
 public:
  explicit ReadSnapshot(SqliteConnection& connection) : connection_(connection) {}

 protected:
  void execute(std::string_view sql, const Values& values, const Sink& sink,
               Fetch /*fetch*/) override {
    connection_.query(sql, values, sink);
  }

 private:
  SqliteConnection& connection_;
};

/// A connection out of the pool, in a read transaction that ends whatever happens.
class Reading {
 public:
  explicit Reading(Pool<SqliteConnection>& pool) : lease_(pool) { (*lease_).run("BEGIN"); }
  ~Reading() {
    try {
      (*lease_).run("COMMIT");
    } catch (const Failure& failure) {
      log::error("store: cannot end a read: {}", failure.what());
      lease_.drop();
    }
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  [[nodiscard]] SqliteConnection& connection() const { return *lease_; }

 private:
  Pool<SqliteConnection>::Lease lease_;
};

}  // namespace

SqliteReaders::SqliteReaders(const std::string& path, const Seams& seams, int limit)
    : pool_(limit, [path, &seams] {
        return std::make_unique<SqliteConnection>(path, seams, SqliteConnection::Mode::read);
      }) {}

Outcome SqliteReaders::read(const std::function<Outcome(Snapshot&)>& work) {
  const Reading reading(pool_);
  ReadSnapshot snapshot(reading.connection());
  return work(snapshot);
}

}  // namespace doorstep::store
