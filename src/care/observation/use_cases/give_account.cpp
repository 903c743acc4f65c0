/// \file What the household itself says of a suspicion: on its page, or to somebody who writes it down. An
/// emergency ends it at once, and it never counts.

#include "care/observation/suspicion.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Suspicion> suspicion;
  AccountKind kind = AccountKind::other;
  std::optional<WordChannel> channel;  ///< By which way staff heard it.
  std::optional<std::string> words;    ///< Needed where the kind is "other".

  void fields(auto& f) {
    f("suspicion", suspicion);
    f("kind", kind);
    f("channel", channel);
    f("words", words, api::Class::health);
  }
};

struct Given {
  SuspicionState state = SuspicionState::answered;
  void fields(auto& f) { f("state", state); }
};

/// Errors: those of find_suspicion(); conflict "suspicion.decided" (there is a verdict, or it was taken back),
/// "suspicion.own_words" (staff: they said it themselves already); invalid "suspicion.words", "suspicion.channel".
Result<Given> give(api::WriteContext& context, const Request& request) {
  const SuspicionRow row = TRY(find_suspicion(context, request.suspicion));
  const bool link = context.actor.is_link();
  const bool again = row.state == SuspicionState::answered;
  if (row.state != SuspicionState::asked && !again) {
    return Error{ErrorKind::conflict, "suspicion.decided"};
  }
  if (again && !link && row.account_channel == WordChannel::page) {
    return Error{ErrorKind::conflict, "suspicion.own_words"};
  }
  const WordChannel channel =
      link ? WordChannel::page : request.channel.value_or(WordChannel::phone);
  if (!link && channel == WordChannel::page) return Error{ErrorKind::invalid, "suspicion.channel"};
  const std::string words =
      TRY(registry::clean_text(request.words.value_or(""), suspicion_words_max, "suspicion.words"));
  if (words.empty() && request.kind == AccountKind::other) {
    return Error{ErrorKind::invalid, "suspicion.words"};
  }
  const bool emergency = is_emergency(request.kind);
  const Given given{emergency ? SuspicionState::decided : SuspicionState::answered};
  context.tx.run(
      "UPDATE suspicion SET state = $3, account_at = $4, account_by = $5, account_channel = $6,"
      " account_kind = $7, account = $8 WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, api::word(given.state), context.now, context.actor.id,
       api::word(channel), api::word(request.kind), words});
  journal_suspicion(context, "answered", row,
                    R"(,"emergency":)" + std::string(emergency ? "true" : "false"));
  meet_suspicion(context, account_owed, row.id);
  if (emergency) {
    context.tx.run(
        "UPDATE suspicion SET verdict = $3, verdict_at = $4, closed_at = $4"
        " WHERE community_id = $1 AND id = $2",
        {context.community.id, row.id, api::word(Verdict::emergency_exit), context.now});
    excuse_suspicion(context, row.id, "emergency");
    return given;
  }
  if (!again) TRY(owe_to_another(context, verdict_owed, row, {row.recorded_by}));
  return given;
}

}  // namespace

api::Endpoint give_account() {
  return api::command(api::Method::post, "/api/v1/suspicions/{suspicion}/account",
                      "suspicion.account", "Say what one's own account is", give);
}

}  // namespace doorstep::observation
