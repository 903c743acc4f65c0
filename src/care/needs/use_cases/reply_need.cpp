/// \file Answer what was asked back ("葱要多少?"): the words are added, and the need waits again.

#include "care/needs/need.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  std::string text;
  void fields(auto& f) {
    f("need", need);
    f("text", text);
  }
};

/// Errors: not_found "need.unknown"; conflict "need.not_asked"; invalid "need.text", "need.empty".
Result<api::Nothing> reply(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->state != State::asked_back) return Error{ErrorKind::conflict, "need.not_asked"};
  const std::string added = TRY(registry::clean_text(request.text, 300, "need.text"));
  if (added.empty()) return Error{ErrorKind::invalid, "need.empty"};
  const Reading said = read(added);
  context.tx.run(
      "UPDATE need SET text = coalesce(text, '') || $3, unread = unread + 1, urgency = CASE WHEN $4"
      " THEN 'emergency' ELSE urgency END WHERE community_id = $1 AND id = $2",
      {context.community.id, need->id, "\n" + added, said.urgency == Urgency::emergency});
  if (said.urgency == Urgency::emergency) {
    TRY(duty::alarm(context, emergency, {need->id.value(), need->path, context.now, context.now}));
  }
  Reading reading = said;
  reading.service = need->service;
  change(context, *need, State::waiting, "replied", "",
         TRY(answer_due(context, reading, need->need_by)));
  return api::Nothing{};
}

}  // namespace

api::Endpoint reply_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/reply", "need.ask",
                      "Answer what was asked back", reply);
}

}  // namespace doorstep::needs
