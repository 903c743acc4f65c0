/// \file Write into the thread of a household: the household by its link, staff by name. What the
/// household writes is owed an answer; the answer is what meets it.

#include "care/messages/thread.h"
#include "care/registry/households.h"
#include "care/registry/links.h"

namespace doorstep::messages {
namespace {

constexpr std::size_t body_length_max = 1000;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::string body;

  void fields(auto& f) {
    f("household", household);
    f("body", body, api::Class::health);
  }
};

struct Sent {
  Id<Message> id;
  Instant sent_at{};
  void fields(auto& f) {
    f("id", id);
    f("sent_at", sent_at);
  }
};

Result<void> owe_or_meet(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path, Id<Message> message) {
  if (context.actor.is_link()) {
    // It stays due since the first message that nobody answered: a second one does not start anew.
    TRY(duty::open(context, answer, {household.value(), path, context.now, context.now}));
    return {};
  }
  const auto owed = duty::find_open(context.db, context.community.id, answer, household.value());
  if (owed) duty::meet(context, *owed, message.value());
  return {};
}

/// Errors: not_found "household.unknown"; invalid "message.body" (empty or over 1,000 characters);
/// forbidden "message.trusted" (somebody elsewhere sees and warns, and does not write for them).
Result<Sent> send(api::WriteContext& context, const Request& request) {
  if (registry::is_trusted(context)) return Error{ErrorKind::forbidden, "message.trusted"};
  const auto household = request.household.value_or(context.actor.household);
  const auto home = context.db.first(
      "SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string body = TRY(registry::clean_text(request.body, body_length_max, "message.body"));
  if (body.empty()) return Error{ErrorKind::invalid, "message.body"};
  const auto id = context.new_id<Message>();
  context.tx.run(
      "INSERT INTO message (community_id, id, household_id, path, from_household, author_id, body,"
      " sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, id, household, home->text(0), context.actor.is_link(),
       context.actor.id, body, context.now});
  context.journal("message.sent", id.value(), home->text(0),
                  R"({"household":")" + to_text(household) + R"(","from_household":)" +
                      (context.actor.is_link() ? "true}" : "false}"));
  TRY(owe_or_meet(context, household, home->text(0), id));
  return Sent{id, context.now};
}

}  // namespace

api::Endpoint send_message() {
  return api::command(api::Method::post, "/api/v1/messages", "message.send",
                      "Write into the thread of a household", send);
}

}  // namespace doorstep::messages
