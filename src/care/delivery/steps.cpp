#include "care/delivery/steps.h"

namespace doorstep::delivery {
namespace {

Error conflict(const char* code) {
  return {ErrorKind::conflict, code};
}

/// Nothing leaves, and nothing is laid out to leave, before both are recorded.
Result<void> ready(const Behind& parcel, Disinfect rule) {
  if (rule != Disinfect::none && !parcel.disinfected) return conflict("step.disinfect_first");
  if (!parcel.received) return conflict("step.receive_first");
  return {};
}

Result<void> may_disinfect(const Behind& parcel, Disinfect rule) {
  if (!is_at_point(parcel.state)) return conflict("step.not_here");
  if (rule == Disinfect::after_receipt && !parcel.received) return conflict("step.receive_first");
  return {};
}

Result<void> may_receive(const Behind& parcel, Disinfect rule) {
  if (parcel.state == State::out) return conflict("step.not_here");
  if (rule == Disinfect::before_receipt && !parcel.disinfected) {
    return conflict("step.disinfect_first");
  }
  return {};
}

}  // namespace

Result<void> may(Step step, const Behind& parcel, Disinfect rule) {
  if (step == Step::undone || step == Step::proved || step == Step::moved) {
    return parcel.state == State::delivered || parcel.state == State::held ||
                   parcel.state == State::out
               ? Result<void>{}
               : conflict("step.not_out");
  }
  if (is_closed(parcel.state)) return conflict("parcel.closed");
  switch (step) {
    case Step::received: return may_receive(parcel, rule);
    case Step::disinfected: return may_disinfect(parcel, rule);
    case Step::sorted:
    case Step::assigned:
    case Step::out:
      if (!is_at_point(parcel.state)) return conflict("step.not_here");
      return ready(parcel, rule);
    case Step::handed_over:
    case Step::resumed:
      return is_at_point(parcel.state) ? Result<void>{} : conflict("step.not_here");
    case Step::delivered:
      return parcel.state == State::out ? Result<void>{} : conflict("step.not_out");
    case Step::held:
    case Step::returned:
      return parcel.state == State::expected ? conflict("step.not_here") : Result<void>{};
    case Step::cancelled:
      return parcel.state == State::expected ? Result<void>{} : conflict("parcel.came");
    default: return {};
  }
}

State ready_state(const Behind& parcel) {
  if (parcel.sorted) return State::sorted;
  if (parcel.received && parcel.disinfected) return State::disinfected;
  if (parcel.received) return State::received;
  return State::at_checkpoint;
}

}  // namespace doorstep::delivery
