#include "store/postgres_readers.h"

#include <fmt/format.h>

#include "base/log.h"

namespace doorstep::store {
namespace {

constexpr std::string_view begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr std::size_t fetch_rows = 1000;

/// Begins with the first statement, so that a read of one statement is one round trip.
class ReadSnapshot final : public Snapshot {
 public:
  explicit ReadSnapshot(PostgresConnection& connection) : connection_(connection) {}

  [[nodiscard]] bool begun() const { return begun_; }

 protected:
  void execute(std::string_view sql, const Values& values, const Sink& sink, Fetch fetch) override {
    if (!begun_) {
      begin_with(sql, values, sink, fetch);
    } else {
      run(sql, values, sink, fetch);
    }
  }

 private:
  void begin_with(std::string_view sql, const Values& values, const Sink& sink, Fetch fetch) {
    const bool fresh = !connection_.connected();
    bool answered = false;
    const Sink noting = [&](Row&& row) {
      answered = true;
      return sink(std::move(row));
    };
    try {
      start(sql, values, noting, fetch);
    } catch (const PostgresFailure& failure) {
      // A connection that died while nobody used it is nobody's trouble.
      if (!failure.lost() || fresh || answered) throw;
      start(sql, values, sink, fetch);
    }
  }

  void start(std::string_view sql, const Values& values, const Sink& sink, Fetch fetch) {
    connection_.connect();
    try {
      connection_.settle();
    } catch (const PostgresFailure& failure) {
      if (failure.lost()) throw;
      log::warning("store: a read did not end well: {}", failure.what());
    }
    connection_.queue(begin);
    begun_ = true;
    run(sql, values, sink, fetch);
  }

  void run(std::string_view sql, const Values& values, const Sink& sink, Fetch fetch) {
    if (fetch == Fetch::all) {
      connection_.query(sql, values, sink);
      return;
    }
    const std::string cursor = fmt::format("rows_{}", ++cursors_);
    connection_.queue_once(fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", cursor, sql), values);
    const std::string fetch_next = fmt::format("FETCH {} FROM {}", fetch_rows, cursor);
    bool more = true;
    while (more) {
      const Rows rows = connection_.query_once(fetch_next);
      more = rows.size() == fetch_rows;
      for (const Row& row : rows) {
        if (sink(Row(row))) continue;
        more = false;
        break;
      }
    }
    connection_.queue_once("CLOSE " + cursor, {});
  }

  PostgresConnection& connection_;
  bool begun_ = false;
  int cursors_ = 0;
};

}  // namespace

PostgresReaders::PostgresReaders(const std::string& url, int limit)
    : pool_(limit, [url] { return std::make_unique<PostgresConnection>(url); }) {}

Outcome PostgresReaders::read(const std::function<Outcome(Snapshot&)>& work) {
  Pool<PostgresConnection>::Lease lease(pool_);
  ReadSnapshot snapshot(*lease);
  const auto end = [&] {
    if (!snapshot.begun() || !(*lease).connected()) return;
    try {
      // Nobody waits for this answer; the next reader takes it off the connection.
      (*lease).queue("COMMIT");
      (*lease).send();
    } catch (const PostgresFailure& failure) {
      log::warning("store: cannot end a read: {}", failure.what());
      lease.drop();
    }
  };
  try {
    Outcome outcome = work(snapshot);
    end();
    return outcome;
  } catch (...) {
    end();
    throw;
  }
}

}  // namespace doorstep::store
