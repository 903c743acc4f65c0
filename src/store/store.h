#pragma once
/// \file Store: the one place where anything is kept. Two engines behind one interface, SQLite and
/// PostgreSQL, one SQL text for both (docs/sql.md says which subset).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/rng.h"
#include "base/time.h"
#include "store/scope.h"
#include "store/value.h"

namespace doorstep::store {

/// What a request is answered with: encoded bytes and what they are.
struct Answer {
  std::string body;
  std::string media_type = "application/json";
  std::string file_name = {};  ///< Set for downloads.
};

using Outcome = Result<Answer>;

/// Lost disk, broken connection, a statement that does not compile: the request dies, the server
/// answers 503 or 500. Nothing was committed. `code` is stable ("store.full", "store.busy",
/// "store.broken", "store.constraint").
class Failure : public std::exception {
 public:
  Failure(std::string code, std::string message)
      : code_(std::move(code)), text_(std::move(message)) {}
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
  [[nodiscard]] const std::string& code() const { return code_; }

 private:
  std::string code_;
  std::string text_;  ///< The engine's own words, without parameter values.
};

/// A consistent picture of the store.
///
/// Statements use `$1..$n`. `{name}` is replaced from the relations that were handed in with
/// relations(); a name that is not there is a bug and throws.
class Snapshot {
 public:
  using Visit = std::function<bool(const Row&)>;

  virtual ~Snapshot() = default;
  Snapshot() = default;
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  Rows query(std::string_view sql, const Values& values = {});
  /// The only row, or none. Throws std::logic_error when there are several.
  std::optional<Row> first(std::string_view sql, const Values& values = {});
  /// Row by row, without keeping them: for exports. `visit` returns false to stop.
  void each(std::string_view sql, const Values& values, const Visit& visit);

  /// What `{places}` and the like stand for from here on.
  void relations(Relations relations) { relations_ = std::move(relations); }

 protected:
  /// What the engine makes of the answer: `all` may be held in memory, `streamed` may not.
  enum class Fetch : std::uint8_t { all, streamed };

  using Sink = std::function<bool(Row&&)>;  ///< Returns false to stop.

  /// `sql` with `$n`, relations expanded.
  virtual void execute(std::string_view sql, const Values& values, const Sink& sink,
                       Fetch fetch) = 0;

  /// A statement's text and values with every `{name}` replaced; without a name in it, and that is
  /// most, it is the caller's own text and nothing is copied.
  class Expanded {
   public:
    Expanded(const Relations& relations, std::string_view sql, const Values& values);
    [[nodiscard]] std::string_view sql() const { return sql_; }
    [[nodiscard]] const Values& values() const { return *values_; }

   private:
    std::string_view sql_;
    const Values* values_;
    std::string own_sql_;
    Values own_values_;
  };
  [[nodiscard]] Expanded expand(std::string_view sql, const Values& values) const {
    return {relations_, sql, values};
  }

 private:
  Relations relations_;
};

/// One line of the journal: ids, codes and times only, never a personal value.
struct Entry {
  std::int64_t community = 0;  ///< 0: the installation.
  std::int64_t actor = 0;      ///< Account or link; 0: the system.
  std::string kind = {};       ///< "check_in.recorded".
  std::int64_t subject = 0;    ///< What it is about.
  std::string path = {};       ///< Place path of the subject; what decides who may see the entry.
  std::string data = "{}";     ///< A JSON object of ids, codes and times.
};

/// A Snapshot that can also write. Everything it does stands or falls together.
class Transaction : public Snapshot {
 public:
  /// Rows changed.
  std::int64_t run(std::string_view sql, const Values& values = {});
  /// The same for whoever needs no count: the statement may travel with the next one, so that its
  /// Failure may come out there, or after the end of the work. In order with all others.
  void post(std::string_view sql, const Values& values = {});
  /// Says that query() or first() will ask this before anything is changed, so that where each answer
  /// is waited for the question travels with the next one. Changes no answer.
  void ahead(std::string_view sql, const Values& values = {});
  /// Every command writes at least one entry; it is sealed with the commit or shortly after.
  virtual void journal(Entry entry) = 0;

 protected:
  /// `sql` with `$n`, relations expanded. Rows changed.
  virtual std::int64_t change(std::string_view sql, const Values& values) = 0;
  virtual void change_later(std::string_view sql, const Values& values) { change(sql, values); }
  virtual void ask_ahead(std::string_view /*sql*/, const Values& /*values*/) {}
};

/// A sealed entry: `seq` is gap-free from 1 in the installation and in commit order.
struct Sealed {
  std::int64_t seq = 0;
  std::int64_t id = 0;
  Instant at;
  Entry entry;
  std::string hash;  ///< 32 bytes: BLAKE2b of the previous hash and this entry (docs/journal.md).
};

/// A signed head of the chain.
struct Head {
  std::int64_t seq = 0;
  std::string hash;
  Instant at;
  std::string signature;  ///< Ed25519 over seq, hash and instant (docs/journal.md).
};

struct Options {
  std::string data_directory;  ///< Database, blobs, keys, lock, control socket.
  std::string database;        ///< "postgresql://..", or empty for SQLite in the data directory.
  int readers = 4;             ///< Reading connections.
  int writers = 1;  ///< Writing connections; PostgreSQL alone. Requests that wait share a
                    ///< transaction, and several get in each other's way (store_bench).
  bool inline_writes =
      false;  ///< Run `work` and `done` on the caller's thread: tests and the drill.
  const Clock* clock = nullptr;  ///< Requires one that outlives the store.
  Rng* rng = nullptr;  ///< Requires one that outlives the store, thread-safe if not inline.
};

/// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Takes the lock on the data directory, migrates, recovers, starts the sealer. Throws Failure.
  static std::unique_ptr<Store> open(const Options& options);

  /// A consistent picture; many at once, never blocks the writer. `work` runs on the caller's
  /// thread, and what it throws goes through. PostgreSQL: REPEATABLE READ READ ONLY.
  virtual Outcome read(const std::function<Outcome(Snapshot&)>& work) = 0;

  /// Serialisable. `work` may run more than once and touches nothing but its Transaction (<= 20 ms:
  /// hash passwords, decode, draw before). `done` runs once, after the commit is durable or with
  /// the error; an exception out of `work` becomes unavailable "store.*" or "internal". An Error
  /// from `work` rolls back what it did. Neither is called on the caller's thread, unless inline.
  virtual void write(std::function<Outcome(Transaction&)> work,
                     std::function<void(Outcome)> done) = 0;

  /// write(), waiting for the answer.
  Outcome write_now(const std::function<Outcome(Transaction&)>& work);

  /// Sealed entries with seq > `after`, in order, at most `limit`.
  virtual std::vector<Sealed> journal(std::int64_t after, std::int64_t limit) = 0;
  [[nodiscard]] virtual std::int64_t last_seq() = 0;
  /// Called with the newest seq after it is durable, from a thread of the store; keep it short.
  virtual void on_sealed(std::function<void(std::int64_t seq)> listener) = 0;
  /// Waits until everything committed is sealed and signs a head.
  virtual Head sign_head() = 0;

  /// Keeps bytes under their BLAKE2b hash (hexadecimal), durable before it returns.
  virtual std::string put_blob(std::string_view bytes) = 0;
  virtual std::optional<std::string> blob(const std::string& hash) = 0;
  virtual void remove_blob(const std::string& hash) = 0;

  /// "sqlite" or "postgresql".
  [[nodiscard]] virtual std::string_view engine() const = 0;
  /// 32 bytes that never leave the installation: keys hashes of tokens and identity numbers.
  [[nodiscard]] virtual const std::string& pepper() const = 0;

  /// The Ed25519 key that signed heads are checked with.
  [[nodiscard]] virtual const std::string& journal_key() const = 0;
  /// Ed25519 with that key, over text that begins with a line saying what it is.
  [[nodiscard]] virtual std::string sign(std::string_view text) const = 0;
  /// The heads this server signed, from its own file beside the database: what shows that the
  /// database was replaced by an older one, or lost its newest head.
  [[nodiscard]] virtual std::vector<Head> noted_heads() const = 0;
};

/// What a check of the whole journal found.
struct Verification {
  std::int64_t entries = 0;
  std::int64_t heads = 0;
  std::vector<std::string> problems;  ///< Empty when every hash, gap and signature is right.
};

/// Recomputes the chain from the first entry and checks every signed head.
[[nodiscard]] Verification verify_journal(Store& store);

}  // namespace doorstep::store
