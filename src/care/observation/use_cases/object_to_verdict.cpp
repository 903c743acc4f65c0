/// \file A household does not agree that somebody went out: from then on it counts nowhere, and a third person owes an
/// answer by a time.

#include "care/observation/suspicion.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Suspicion> suspicion;
  std::optional<WordChannel> channel;  ///< By which way staff heard it.
  std::string words;

  void fields(auto& f) {
    f("suspicion", suspicion);
    f("channel", channel);
    f("words", words, api::Class::health);
  }
};

struct Objected {
  Instant due{};  ///< By when they have an answer.
  void fields(auto& f) { f("due", due); }
};

/// Errors: those of find_suspicion(); conflict "suspicion.nothing_to_object" (no verdict that somebody went out, or
/// it was objected to before); invalid "suspicion.words", "suspicion.channel".
Result<Objected> object(api::WriteContext& context, const Request& request) {
  const SuspicionRow row = TRY(find_suspicion(context, request.suspicion));
  if (row.state != SuspicionState::decided || row.verdict != Verdict::went_out) {
    return Error{ErrorKind::conflict, "suspicion.nothing_to_object"};
  }
  const bool link = context.actor.is_link();
  const WordChannel channel =
      link ? WordChannel::page : request.channel.value_or(WordChannel::phone);
  if (!link && channel == WordChannel::page) return Error{ErrorKind::invalid, "suspicion.channel"};
  const std::string words =
      TRY(registry::clean_text(request.words, suspicion_words_max, "suspicion.words"));
  if (words.empty()) return Error{ErrorKind::invalid, "suspicion.words"};
  const Objected objected{context.now + suspicion_hours(context.rules(), "objection")};
  context.tx.run(
      "UPDATE suspicion SET state = 'objected', objected_at = $3, objected_by = $4,"
      " objection_channel = $5, objection = $6, objection_due_at = $7, closed_at = NULL"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, context.now, context.actor.id, api::word(channel), words,
       objected.due});
  journal_suspicion(context, "objected", row, R"(,"due":")" + to_text(objected.due) + '"');
  TRY(owe_to_another(context, objection_owed, row, {row.recorded_by, row.verdict_by}));
  return objected;
}

}  // namespace

api::Endpoint object_to_verdict() {
  return api::command(api::Method::post, "/api/v1/suspicions/{suspicion}/object",
                      "suspicion.account", "Object to a verdict", object);
}

}  // namespace doorstep::observation
