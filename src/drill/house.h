#pragma once
/// \file House: the program under drill. The real service on a real SQLite store in memory-backed
/// files, with seams at its transactions, its clock and its answers; it can be killed at any point.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/service.h"
#include "base/rng.h"
#include "base/time.h"
#include "store/store.h"

namespace doorstep::drill {

/// Who calls.
struct As {
  std::string session = {};
  std::string link = {};
};

struct Message {
  As as = {};
  api::Method method = api::Method::post;
  std::string path = {};
  std::string query = {};
  std::string body = {};
  std::string key = {};  ///< The same for every try.
};

/// What a planted bug gets its hands on. Empty members leave everything as it is.
struct Tampering {
  /// A statement that changes something: rows changed where it is not carried out at all. It may
  /// be another one, with other values.
  std::function<std::optional<std::int64_t>(std::string_view& sql, store::Values& values)> run = {};
  /// False: the entry is not written.
  std::function<bool(store::Entry& entry)> journal = {};
  /// What a reading of the clock gives; `sweeping`: the sweep reads it.
  std::function<Instant(Instant now, bool sweeping)> clock = {};
  /// A request on its way in. False: it is answered as if it had been carried out, and is not.
  std::function<bool(Message& message)> net = {};
  /// A whole sweep. False: it does not happen.
  std::function<bool(Instant now)> sweep = {};
};

/// At which point of a request the power goes.
enum class Kill : std::uint8_t {
  never,
  inside,  ///< While its transaction runs: nothing of it may remain.
  after,   ///< After its commit, before its answer: all of it must remain.
};

class House {
 public:
  /// Opens what lies in `folder`, which it owns from now on. `start` is the time.
  House(std::string folder, Instant start, std::uint64_t seed);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  /// The answer, or none where the program died before it answered; it runs again then.
  std::optional<api::Response> call(const Message& message, Kill kill = Kill::never);
  /// What the server does beside requests, once: sweep, closing. `expected`: what the clock should
  /// show. False where it failed.
  bool sweep(std::int64_t community, std::optional<Instant> expected);
  /// Runs waiting imports to their end.
  void run_jobs();
  /// The power goes and comes back: what was in memory is gone, the files are as they were.
  void crash();

  /// Ends, and leaves what it opened in `folder`, which must not exist. Nothing may be called afterwards.
  void leave(const std::string& folder);

  void tamper(Tampering tampering);
  void set(Instant now);
  [[nodiscard]] Instant now() const;
  [[nodiscard]] store::Store& store();
  [[nodiscard]] Rng& rng();
  [[nodiscard]] std::int64_t crashes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::drill
