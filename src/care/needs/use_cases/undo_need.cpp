/// \file Take a decision back: the need waits again, and what it put into an order that is still open
/// is out of it.

#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  std::int64_t version = 0;
  void fields(auto& f) {
    f("need", need);
    f("version", version);
  }
};

struct Response {
  State state = State::waiting;
  std::int64_t version = 0;
  void fields(auto& f) {
    f("state", state);
    f("version", version);
  }
};

/// Errors: not_found "need.unknown"; conflict "need.changed", "need.not_decided", "order.closed".
Result<Response> undo(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->version != request.version) return Error{ErrorKind::conflict, "need.changed"};
  if (need->state == State::waiting) return Error{ErrorKind::conflict, "need.not_decided"};
  TRY(withdraw(context, need->id));
  Reading reading;
  reading.service = need->service;
  reading.urgency = need->urgency == Urgency::emergency ? Urgency::urgent : need->urgency;
  const Instant due = TRY(answer_due(context, reading, need->need_by));
  TRY(duty::open(context, owed, {need->id.value(), need->path, context.now, due}));
  change(context, *need, State::waiting, "undone", "", due);
  return Response{need->state, need->version};
}

}  // namespace

api::Endpoint undo_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/undo", "need.decide",
                      "Take a decision about a need back", undo);
}

}  // namespace doorstep::needs
