#pragma once
/// \file Installation: the house put together, from a data directory to a service.

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "api/service.h"
#include "app/sweeper.h"
#include "base/rng.h"
#include "base/time.h"
#include "store/jobs.h"
#include "store/reading.h"
#include "store/store.h"

namespace doorstep::app {

struct InstallationOptions {
  std::string data_directory = "./doorstep-data";
  std::string database = {};  ///< "postgresql://..", or empty for SQLite in the data directory.
  std::string public_url = {};
  bool demo = false;
  std::string clock = {};  ///< "2022-11-28T09:26:00+08:00" or with "x60" behind; demo data alone.
};

/// Another clock's time, or the one it is held at: a demo's day is played before the house is open.
class HeldClock final : public Clock {
 public:
  explicit HeldClock(std::unique_ptr<Clock> real) : real_(std::move(real)) {}
  [[nodiscard]] Instant now() const override {
    const Instant held = held_.load();
    return held == Instant{} ? real_->now() : held;
  }
  void hold(std::optional<Instant> at) { held_ = at.value_or(Instant{}); }

 private:
  std::unique_ptr<Clock> real_;
  std::atomic<Instant> held_{Instant{}};
};

/// The machine's time, or the demo's. Errors: invalid "clock.malformed", "clock.not_demo".
[[nodiscard]] Result<std::unique_ptr<Clock>> make_clock(const InstallationOptions& options);

/// Holds the lock on the data directory as long as it lives.
class Installation {
 public:
  /// Throws store::Failure; errors: invalid "clock.malformed", "clock.not_demo", conflict
  /// "demo.mixed" (demo asked for on real data, or the other way round).
  static Result<std::unique_ptr<Installation>> open(const InstallationOptions& options);

  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] api::Service& service() { return *service_; }
  [[nodiscard]] store::JobRunner& jobs() { return *jobs_; }
  [[nodiscard]] Sweeper& sweeper() { return *sweeper_; }
  [[nodiscard]] const Clock& clock() const { return *clock_; }
  [[nodiscard]] Rng& rng() { return rng_; }
  /// The time stands at `at` from now on; none: it runs again. For filling a demo alone.
  void pretend(std::optional<Instant> at) { clock_->hold(at); }

 private:
  Installation() = default;

  SystemRng rng_;
  std::unique_ptr<HeldClock> clock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Service> service_;
  std::unique_ptr<store::JobRunner> jobs_;
  std::unique_ptr<Sweeper> sweeper_;
};

/// An installation to read alone, beside its server if one runs. Throws as store::Reading::open().
[[nodiscard]] std::unique_ptr<store::Reading> open_reading(const InstallationOptions& options);

/// The operator's call: to the running server over its control socket, or in this process where none
/// runs. Either way the same endpoints, as the operator.
class Operator {
 public:
  explicit Operator(InstallationOptions options);
  ~Operator();
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  api::Response call(api::Method method, const std::string& path, const std::string& query = {},
                     const std::string& body = {});
  /// Lets waiting jobs go on (in this process) or waits a moment for the server to.
  void let_jobs_run();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// UUIDv7 for a request of our own.
[[nodiscard]] std::string new_request_key(Rng& rng, Instant now);

}  // namespace doorstep::app
