#pragma once
/// \file One connection to PostgreSQL, always in pipeline mode: statements whose answer nobody
/// waits for travel with the next one whose answer somebody does.

#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "store/statement_cache.h"
#include "store/store.h"

namespace doorstep::store {

/// A Failure that knows PostgreSQL's SQLSTATE.
class PostgresFailure final : public Failure {
 public:
  PostgresFailure(std::string state, const std::string& message);
  [[nodiscard]] const std::string& state() const { return state_; }
  /// Another transaction was in the way: the same work may succeed when it is run again.
  [[nodiscard]] bool serialization() const { return state_ == "40001" || state_ == "40P01"; }
  /// The server is gone; what was not committed is not there.
  [[nodiscard]] bool lost() const { return state_ == "08000" || state_.starts_with("57P"); }

 private:
  std::string state_;
};

class PostgresConnection {
 public:
  using Sink = std::function<bool(Row&&)>;

  explicit PostgresConnection(std::string url) : url_(std::move(url)) {}
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  /// Connects where there is no usable connection. Throws PostgresFailure 08000.
  void connect();
  void disconnect();
  [[nodiscard]] bool connected() const { return session_.handle != nullptr; }

  /// Sends without waiting; an error comes out of the next query(), run() or settle(). A `sink`
  /// lives until then.
  void queue(std::string_view sql, const Values& values = {}, const Sink* sink = nullptr);
  /// Sends and waits for the answer. Throws PostgresFailure.
  void query(std::string_view sql, const Values& values, const Sink& sink);
  Rows query(std::string_view sql, const Values& values = {});
  /// The same for a text that will not come again: it is not kept prepared.
  void queue_once(const std::string& sql, const Values& values);
  Rows query_once(const std::string& sql);
  /// Rows changed.
  std::int64_t run(std::string_view sql, const Values& values = {});
  /// Waits for everything that was queued.
  void settle();
  /// Sends everything that was queued; its answers are taken with the next statement's.
  void send();
  /// Several statements without values, outside the pipeline.
  void run_script(std::string_view script);

  /// From here on a connection that ends in good order is kept for the next one to the same URL:
  /// what a test spends on is new sessions. False ends that and closes what was kept.
  static void keep_sessions(bool keep);

  /// Takes the notices that have arrived on channels this connection listens on; false for none.
  bool take_notices();
  /// What to poll() for notices; -1 while not connected.
  [[nodiscard]] int socket() const { return connected() ? PQsocket(session_.handle.get()) : -1; }

 private:
  struct Close {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  struct Prepared {
    std::string name;
    std::vector<Oid> types;
  };
  using Variants = std::vector<Prepared>;
  /// A statement on its way: what to do with its answer.
  struct Pending {
    enum class Kind : std::uint8_t { prepare, execute, sync } kind;
    std::string sql = {};  ///< Of a prepare: what to forget when it does not work.
    const Sink* sink = nullptr;
    std::int64_t* changed = nullptr;
  };

  [[nodiscard]] PGconn* handle() const { return session_.handle.get(); }
  std::string prepare(std::string_view sql, const Values& values);
  void enqueue(std::string_view sql, const Values& values, const Sink* sink, std::int64_t* changed);
  void send_once(const std::string& sql, const Values& values, const Sink* sink);
  void sync();
  void collect();
  void take_result(PGresult* result, Pending& pending);
  void hand_over(const PGresult* result, const Sink& sink);
  [[noreturn]] void lose(std::string_view doing);

  struct Session {
    std::unique_ptr<PGconn, Close> handle = {};
    StatementCache<Variants> statements{512};
    std::uint64_t names = 0;
  };
  class Garage;

  std::string url_;
  Session session_;
  std::vector<std::string> evicted_;  ///< Names of statements that the server may forget.
  std::deque<Pending> pending_;
  std::unique_ptr<PostgresFailure> failure_;
  std::exception_ptr thrown_;  ///< Out of a sink; told when the pipeline is empty again.
};

}  // namespace doorstep::store
