#include "store/postgres_connection.h"

#include <charconv>
#include <map>
#include <mutex>
#include <optional>

#include <fmt/format.h>

#include "base/log.h"
#include "store/postgres_values.h"

namespace doorstep::store {
namespace {

constexpr const char* connection_lost = "08000";

const char* code_of(std::string_view state) {
  if (state.starts_with("23")) return "store.constraint";
  if (state.starts_with("53")) return "store.full";
  if (state == "40001" || state == "40P01" || state == "55P03") return "store.busy";
  return "store.broken";
}

/// The server's words without values: a duplicate key's detail would hold personal data.
std::string describe(const PGresult* result, const std::string& state) {
  const auto field = [result](int code) {
    const char* text = PQresultErrorField(result, code);
    return std::string_view(text == nullptr ? "" : text);
  };
  const bool about_names = state.starts_with("42") || state.starts_with("40");
  return fmt::format("{} {} table {} column {} constraint {}", state,
                     about_names ? field(PG_DIAG_MESSAGE_PRIMARY) : "", field(PG_DIAG_TABLE_NAME),
                     field(PG_DIAG_COLUMN_NAME), field(PG_DIAG_CONSTRAINT_NAME));
}

/// Whether a statement prepared for `types` can take `values`: NULL fits everything.
bool fits(const std::vector<Oid>& types, const Values& values) {
  if (types.size() != values.size()) return false;
  for (std::size_t at = 0; at < types.size(); ++at) {
    const Oid type = type_of(values[at]);
    if (type != 0 && type != types[at]) return false;
  }
  return true;
}

// synchronous_commit: an administrator may make it stronger, never weaker. idle_in_transaction: a
// server process that was stopped in the middle must not hold the others up. random_page_cost: of a disk
// without arms; with the default of 4 the doors of 100 rows of an import were looked up by reading every
// place of the community (1 ms became 16).
constexpr const char* session_settings =
    "SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET extra_float_digits = 1; "
    "SET jit = off; SET cursor_tuple_fraction = 1; SET lock_timeout = '10s'; "
    "SET idle_in_transaction_session_timeout = '10s'; SET client_min_messages = 'error'; "
    "SET random_page_cost = 1.1; "
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') IN ('off', 'local')";

}  // namespace

PostgresFailure::PostgresFailure(std::string state, const std::string& message)
    : Failure(code_of(state), message), state_(std::move(state)) {}

/// Sessions that wait to be used again.
class PostgresConnection::Garage {
 public:
  static Garage& one() {
    static Garage garage;
    return garage;
  }

  void open(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    if (!open) waiting_.clear();
  }
  void keep(const std::string& url, Session session) {
    const std::lock_guard lock(mutex_);
    if (open_) waiting_.emplace(url, std::move(session));
  }
  std::optional<Session> take(const std::string& url) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(url);
    if (found == waiting_.end()) return std::nullopt;
    return std::move(waiting_.extract(found).mapped());
  }

 private:
  std::mutex mutex_;
  bool open_ = false;
  std::multimap<std::string, Session> waiting_;
};

void PostgresConnection::keep_sessions(bool keep) {
  Garage::one().open(keep);
}

PostgresConnection::~PostgresConnection() {
  try {
    if (!connected()) return;
    settle();
    if (PQtransactionStatus(handle()) == PQTRANS_IDLE)
      Garage::one().keep(url_, std::move(session_));
  } catch (const Failure&) {
    return;  // Then it is closed.
  }
}

void PostgresConnection::connect() {
  if (connected() && PQstatus(handle()) == CONNECTION_OK) return;
  disconnect();
  if (auto kept = Garage::one().take(url_)) {
    session_ = *std::move(kept);
    return;
  }
  session_.handle.reset(PQconnectdb(url_.c_str()));
  if (PQstatus(handle()) != CONNECTION_OK) {
    const std::string reason = PQerrorMessage(handle());
    disconnect();
    throw PostgresFailure(connection_lost, "cannot connect: " + reason);
  }
  run_script(session_settings);
}

void PostgresConnection::disconnect() {
  session_ = {};
  evicted_.clear();
  pending_.clear();
  failure_.reset();
  thrown_ = nullptr;
}

void PostgresConnection::lose(std::string_view doing) {
  std::string reason = PQerrorMessage(handle());
  disconnect();
  throw PostgresFailure(connection_lost, fmt::format("connection lost: {}: {}", doing, reason));
}

/// The name of a prepared statement for this text and these types; sends its preparation when it is
/// new. Remembered before the server said yes, forgotten if it says no.
std::string PostgresConnection::prepare(std::string_view sql, const Values& values) {
  Variants* variants = session_.statements.find(sql);
  if (variants != nullptr) {
    for (const Prepared& prepared : *variants) {
      if (fits(prepared.types, values)) return prepared.name;
    }
  } else {
    variants = &session_.statements.add(sql, {}, [this](const Variants& evicted) {
      for (const Prepared& prepared : evicted) evicted_.push_back(prepared.name);
    });
  }
  Prepared fresh{fmt::format("s{}", ++session_.names), {}};
  for (std::size_t at = 0; at < values.size(); ++at) {
    Oid type = type_of(values[at]);
    for (const Prepared& other : *variants) {
      if (type == 0 && at < other.types.size()) type = other.types[at];
    }
    fresh.types.push_back(type);
  }
  const std::string text{sql};
  if (PQsendPrepare(handle(), fresh.name.c_str(), text.c_str(), int(fresh.types.size()),
                    fresh.types.data()) == 0) {
    lose("prepare");
  }
  pending_.push_back({.kind = Pending::Kind::prepare, .sql = text});
  variants->push_back(fresh);
  return fresh.name;
}

void PostgresConnection::enqueue(std::string_view sql, const Values& values, const Sink* sink,
                                 std::int64_t* changed) {
  if (!connected()) throw PostgresFailure(connection_lost, "not connected");
  const PostgresParameters parameters(values);
  const std::string name = prepare(sql, values);
  if (PQsendQueryPrepared(handle(), name.c_str(), parameters.count(), parameters.pointers(),
                          parameters.lengths(), parameters.formats(), 0) == 0) {
    lose("send");
  }
  pending_.push_back({Pending::Kind::execute, {}, sink, changed});
  // Behind the statement: in front of a BEGIN it would begin a transaction of its own.
  for (const std::string& old : std::exchange(evicted_, {})) {
    send_once("DEALLOCATE " + old, {}, nullptr);
  }
}

void PostgresConnection::sync() {
  if (PQpipelineSync(handle()) == 0) lose("sync");
  pending_.push_back({.kind = Pending::Kind::sync});
}

void PostgresConnection::collect() {
  while (!pending_.empty()) {
    Pending pending = std::move(pending_.front());
    pending_.pop_front();
    PGresult* result = PQgetResult(handle());
    if (result == nullptr) lose("answer");
    take_result(result, pending);
    if (pending.kind == Pending::Kind::sync) continue;
    while ((result = PQgetResult(handle())) != nullptr) PQclear(result);
  }
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  if (failure_) throw PostgresFailure(*std::exchange(failure_, nullptr));
}

void PostgresConnection::take_result(PGresult* result, Pending& pending) {
  const std::unique_ptr<PGresult, void (*)(PGresult*)> owned(result, PQclear);
  const ExecStatusType status = PQresultStatus(result);
  switch (status) {
    case PGRES_TUPLES_OK:
      if (pending.sink != nullptr && !thrown_) hand_over(result, *pending.sink);
      break;
    case PGRES_COMMAND_OK:
    case PGRES_PIPELINE_SYNC: break;
    case PGRES_PIPELINE_ABORTED:
      if (pending.kind == Pending::Kind::prepare) session_.statements.remove(pending.sql);
      return;
    default: {
      if (PQstatus(handle()) != CONNECTION_OK) lose("answer");
      if (pending.kind == Pending::Kind::prepare) session_.statements.remove(pending.sql);
      const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
      const std::string known = state == nullptr ? "XX000" : state;
      if (!failure_) failure_ = std::make_unique<PostgresFailure>(known, describe(result, known));
      return;
    }
  }
  if (pending.changed == nullptr) return;
  const std::string_view count = PQcmdTuples(result);
  *pending.changed = 0;
  std::from_chars(count.data(), count.data() + count.size(), *pending.changed);
}

void PostgresConnection::hand_over(const PGresult* result, const Sink& sink) {
  const int rows = PQntuples(result);
  const int columns = PQnfields(result);
  try {
    for (int at = 0; at < rows; ++at) {
      Values row;
      row.reserve(std::size_t(columns));
      for (int column = 0; column < columns; ++column) row.push_back(cell(result, at, column));
      if (!sink(Row{std::move(row)})) return;
    }
  } catch (...) {
    thrown_ = std::current_exception();  // The rest of the pipeline must be read first.
  }
}

void PostgresConnection::queue(std::string_view sql, const Values& values, const Sink* sink) {
  // Answers are small, but a pipeline that nobody reads must not fill both sides' buffers.
  if (pending_.size() >= 512) settle();
  enqueue(sql, values, sink, nullptr);
}

void PostgresConnection::query(std::string_view sql, const Values& values, const Sink& sink) {
  enqueue(sql, values, &sink, nullptr);
  sync();
  collect();
}

Rows PostgresConnection::query(std::string_view sql, const Values& values) {
  Rows rows;
  query(sql, values, [&rows](Row&& row) {
    rows.push_back(std::move(row));
    return true;
  });
  return rows;
}

void PostgresConnection::queue_once(const std::string& sql, const Values& values) {
  send_once(sql, values, nullptr);
}

Rows PostgresConnection::query_once(const std::string& sql) {
  Rows rows;
  const Sink sink = [&rows](Row&& row) {
    rows.push_back(std::move(row));
    return true;
  };
  send_once(sql, {}, &sink);
  sync();
  collect();
  return rows;
}

void PostgresConnection::send_once(const std::string& sql, const Values& values, const Sink* sink) {
  if (!connected()) throw PostgresFailure(connection_lost, "not connected");
  const PostgresParameters parameters(values);
  std::vector<Oid> types;
  for (const Value& value : values) types.push_back(type_of(value));
  if (PQsendQueryParams(handle(), sql.c_str(), parameters.count(), types.data(),
                        parameters.pointers(), parameters.lengths(), parameters.formats(),
                        0) == 0) {
    lose("send");
  }
  pending_.push_back({Pending::Kind::execute, {}, sink, nullptr});
}

std::int64_t PostgresConnection::run(std::string_view sql, const Values& values) {
  std::int64_t changed = 0;
  enqueue(sql, values, nullptr, &changed);
  sync();
  collect();
  return changed;
}

void PostgresConnection::settle() {
  if (pending_.empty()) return;
  if (pending_.back().kind != Pending::Kind::sync) sync();
  collect();
}

void PostgresConnection::send() {
  if (!pending_.empty() && pending_.back().kind != Pending::Kind::sync) sync();
}

void PostgresConnection::run_script(std::string_view script) {
  settle();
  if (PQpipelineStatus(handle()) != PQ_PIPELINE_OFF && PQexitPipelineMode(handle()) == 0) {
    lose("script");
  }
  const std::string text{script};
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(handle(), text.c_str()),
                                                              PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (PQstatus(handle()) != CONNECTION_OK) lose("script");
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  if (PQenterPipelineMode(handle()) == 0) lose("script");
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
  const std::string known = state == nullptr ? "XX000" : state;
  throw PostgresFailure(known, describe(result.get(), known));
}

bool PostgresConnection::take_notices() {
  if (PQconsumeInput(handle()) == 0) lose("notices");
  bool any = false;
  while (PGnotify* notice = PQnotifies(handle())) {
    PQfreemem(notice);
    any = true;
  }
  return any;
}

}  // namespace doorstep::store
