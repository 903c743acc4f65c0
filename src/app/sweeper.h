#pragma once
/// \file Sweeper: lets the clock act. Every few seconds it runs the sweep of duties in each community
/// where one's time has come, every minute in all, and watches whether the wall clock kept in step
/// with a steady one.

#include <memory>

#include "api/service.h"
#include "base/time.h"
#include "store/store.h"

namespace doorstep::app {

class Sweeper {
 public:
  Sweeper(store::Store& store, api::Service& service, const Clock& clock);
  ~Sweeper();
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::app
