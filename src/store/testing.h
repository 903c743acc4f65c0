#pragma once
/// \file Stores for tests: fresh, quick, on both engines. Test code alone includes this.
///
///   class CheckIns : public store::StoreTest {};
///   TEST_P(CheckIns, AFeverAsksForACall) { store().write_now(...); }
///   DOORSTEP_ON_BOTH_ENGINES(CheckIns);

#include <memory>
#include <ostream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "store/engines.h"
#include "store/store.h"

namespace doorstep::store {

enum class Engine : std::uint8_t { sqlite, postgresql };

[[nodiscard]] inline const char* name_of(Engine engine) {
  return engine == Engine::sqlite ? "sqlite" : "postgresql";
}
inline std::ostream& operator<<(std::ostream& out, Engine engine) {
  return out << name_of(engine);
}

/// Where a test store lives. `options` can be opened, closed and opened again: the data stay until
/// the place goes.
class TestPlace {
 public:
  /// An empty, migrated database; its data directory is on /dev/shm where there is one. PostgreSQL:
  /// a database of its own on the server that DOORSTEP_TEST_POSTGRES names; throws where the
  /// variable is missing. Uses the system's clock and chance unless told otherwise.
  explicit TestPlace(Engine engine);
  ~TestPlace();
  TestPlace(const TestPlace&) = delete;
  TestPlace& operator=(const TestPlace&) = delete;

  [[nodiscard]] Options& options() { return options_; }
  [[nodiscard]] Engine engine() const { return engine_; }
  /// A further data directory with the same keys, for a second server on the same database.
  [[nodiscard]] std::string second_directory();

 private:
  Engine engine_;
  Options options_;
};

/// A fresh store that takes its place along when it goes. Options that `options` leaves empty are
/// filled in: directory, database, clock and chance.
[[nodiscard]] std::unique_ptr<Store> open_test_store(Engine engine, Options options = {},
                                                     Seams seams = {});

/// A suite that runs on both engines, each test on a fresh store whose writes run inline.
class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  [[nodiscard]] Engine engine() const { return GetParam(); }

  /// Opened at first use. Change options() before that.
  [[nodiscard]] Store& store() {
    if (!store_) store_ = open_test_store(engine(), options_);
    return *store_;
  }
  [[nodiscard]] Options& options() { return options_; }

 private:
  Options options_ = [] {
    Options options;
    options.inline_writes = true;
    return options;
  }();
  std::unique_ptr<Store> store_;
};

}  // namespace doorstep::store

/// Instantiates a suite derived from StoreTest for SQLite and PostgreSQL.
#define DOORSTEP_ON_BOTH_ENGINES(suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(                                                                        \
      Engines, suite,                                                                              \
      ::testing::Values(::doorstep::store::Engine::sqlite, ::doorstep::store::Engine::postgresql), \
      [](const auto& tested) { return std::string(::doorstep::store::name_of(tested.param)); })
