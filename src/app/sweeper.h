#pragma once
/// \file Sweeper: lets the clock act. Every few seconds it runs the sweep of duties in each community
/// and watches whether the wall clock kept in step with a steady one.

#include <memory>

#include "api/service.h"
#include "base/time.h"

namespace doorstep::app {

class Sweeper {
 public:
  Sweeper(api::Service& service, const Clock& clock);
  ~Sweeper();
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::app
