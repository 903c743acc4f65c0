/// \file Agree to something, or take it back: the household by its page, or a worker who was told.

#include <algorithm>

#include "care/registry/links.h"
#include "care/rights/consent.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<Id<struct Person>> person;         ///< Absent: the household.
  std::string purpose;
  bool agreed = true;  ///< False: it is taken back.
  std::optional<RequestChannel> channel;
  std::optional<std::int64_t> version;  ///< Of the text that was read; the one in force else.

  void fields(auto& f) {
    f("household", household);
    f("person", person);
    f("purpose", purpose);
    f("agreed", agreed);
    f("channel", channel);
    f("version", version);
  }
};

/// Errors: not_found "household.unknown", "person.unknown" (lives elsewhere); invalid "consent.purpose"; conflict
/// "consent.version" (the text has changed since it was read); forbidden "request.trusted".
Result<api::Nothing> give(api::WriteContext& context, const Request& request) {
  if (registry::is_trusted(context)) return Error{ErrorKind::forbidden, "request.trusted"};
  const auto household = request.household.value_or(context.actor.household);
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const std::int64_t person = request.person ? request.person->value() : 0;
  if (person != 0 && !context.db.first("SELECT 1 FROM residence WHERE community_id = $1"
                                       " AND household_id = $2 AND person_id = $3 LIMIT 1",
                                       {context.community.id, household, person})) {
    return Error{ErrorKind::not_found, "person.unknown"};
  }
  const auto texts = TRY(consent_texts(context.rules()));
  const auto text = std::ranges::find(texts, request.purpose, &ConsentText::purpose);
  if (text == texts.end()) return Error{ErrorKind::invalid, "consent.purpose"};
  if (request.agreed && request.version.value_or(text->version) != text->version) {
    return Error{ErrorKind::conflict, "consent.version"};
  }
  const std::string_view channel =
      api::word(context.actor.is_link() ? RequestChannel::page
                                        : request.channel.value_or(RequestChannel::phone));
  const std::int64_t before = context.tx.run(
      "UPDATE consent SET withdrawn_at = $5, withdrawn_by = $6, withdrawn_channel = $7"
      " WHERE community_id = $1 AND household_id = $2 AND person_id = $3 AND purpose = $4"
      " AND withdrawn_at IS NULL",
      {context.community.id, household, person, request.purpose, context.now, context.actor.id,
       channel});
  const auto id = context.new_id<struct Consent>();
  if (request.agreed) {
    context.tx.run(
        "INSERT INTO consent (community_id, id, household_id, person_id, purpose, text_version,"
        " text_hash, channel, given_at, given_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {context.community.id, id, household, person, request.purpose, text->version, text->hash,
         channel, context.now, context.actor.id});
  }
  if (request.agreed || before > 0) {
    context.journal(request.agreed ? "consent.given" : "consent.withdrawn", household.value(),
                    home->text(0),
                    R"({"purpose":")" + request.purpose + R"(","version":)" +
                        std::to_string(text->version) + "}");
  }
  return api::Nothing{};
}

}  // namespace

api::Endpoint give_consent() {
  return api::command(api::Method::post, "/api/v1/consents", "consent.edit",
                      "Agree to something, or take it back", give);
}

}  // namespace doorstep::rights
