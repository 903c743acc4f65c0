/// \file Who is on duty now, and until when.

#include "care/registry/on_call.h"

namespace doorstep::registry {
namespace {

struct Answer {
  std::vector<OnCall> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Answer> list(api::Context& context, const api::Nothing&) {
  return Answer{on_call_now(context)};
}

}  // namespace

api::Endpoint list_on_call() {
  return api::query("/api/v1/on-call", "shift.list", "Who is on duty now", list);
}

}  // namespace doorstep::registry
