/// \file Type what a photo or a recording says, or what a text means: it is read again as if it had
/// been written so. The note stays with it.

#include "care/needs/aliases.h"
#include "care/needs/need.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  std::int64_t version = 0;
  std::string text;
  void fields(auto& f) {
    f("need", need);
    f("version", version);
    f("text", text);
  }
};

struct Response {
  std::int64_t version = 0;
  std::int64_t unread = 0;
  Urgency urgency = Urgency::routine;
  void fields(auto& f) {
    f("version", version);
    f("unread", unread);
    f("urgency", urgency);
  }
};

/// Errors: not_found "need.unknown"; conflict "need.changed", "need.closed" (it was decided); invalid
/// "need.text", "need.empty".
Result<Response> type(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->version != request.version) return Error{ErrorKind::conflict, "need.changed"};
  if (need->state != State::waiting && need->state != State::asked_back) {
    return Error{ErrorKind::conflict, "need.closed"};
  }
  const std::string text = TRY(registry::clean_text(request.text, text_length_max, "need.text"));
  if (text.empty()) return Error{ErrorKind::invalid, "need.empty"};
  const Reading reading = read(text, *reader(context));
  const Instant due = TRY(answer_due(context, reading, need->need_by));
  context.tx.run(
      "UPDATE need SET text = $3, class = $4, service = $5, urgency = $6, sign = $7, due_at = $8"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, need->id, text, api::word(reading.of),
       TRY(service_of(context.rules(), reading.service)).key, api::word(reading.urgency),
       reading.sign, due});
  write_lines(context, *need, reading.lines);
  context.tx.run("UPDATE need SET unread = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, need->id, reading.unread});
  if (reading.urgency == Urgency::emergency) {
    TRY(duty::alarm(context, emergency, {need->id.value(), need->path, context.now, context.now}));
  }
  change(context, *need, State::waiting, "typed", "", due);
  return Response{need->version, reading.unread, reading.urgency};
}

}  // namespace

api::Endpoint type_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/type", "need.decide",
                      "Type what a note says", type);
}

}  // namespace doorstep::needs
