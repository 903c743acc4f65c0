#pragma once
/// \file Sweeper: lets the clock act. Every few seconds it runs the sweep of duties in each community
/// where one's time has come, every minute in all, and watches whether the wall clock kept in step
/// with a steady one.

#include <functional>
#include <memory>
#include <optional>

#include "api/service.h"
#include "base/time.h"
#include "care/duty/turn.h"
#include "store/store.h"

namespace doorstep::app {

using SystemWork = std::function<store::Outcome(api::WriteContext&)>;
/// Carries work out in one transaction of one community, perhaps more than once until it holds.
using AsSystem = std::function<store::Outcome(const SystemWork&)>;

/// One turn of the clock in a community: moves are followed, what is due is raised, the day is closed.
/// `expected`: what the wall clock should show; none where nothing can be told about it. With Turn::due
/// only what is due is raised, to whom `known` names (care/duty/sweep.h). Returns who was there.
std::shared_ptr<const duty::Roster> sweep_all(
    const AsSystem& as_system, std::optional<Instant> expected, duty::Turn turn = duty::Turn::all,
    const std::shared_ptr<const duty::Roster>& known = {});

/// What the clock shows when the server begins, against the journal.
void look_at_start(const AsSystem& as_system);

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
