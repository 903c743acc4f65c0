/// \file Somebody moves to another community of this installation: it is asked to take them over. Until it
/// has, everything stays as it is here.

#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<registry::Person> person;
  Id<access::Community> community;     ///< Where to.
  std::optional<std::string> address;  ///< Where they will live there, as they say.
  std::optional<std::string> note;     ///< What the receiver should know.

  void fields(auto& f) {
    f("person", person);
    f("community", community);
    f("address", address, api::Class::door);
    f("note", note, api::Class::health);
  }
};

struct Offered {
  Id<Transfer> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: not_found "person.unknown", "community.unknown"; invalid "transfer.same_community",
/// "transfer.note" (over 500 characters); conflict "transfer.open" (one is under way), "person.lives_nowhere".
Result<Offered> offer(api::WriteContext& context, const Request& request) {
  TRY(some(registry::find_person(context, request.person), "person.unknown"));
  if (request.community == context.community.id) {
    return Error{ErrorKind::invalid, "transfer.same_community"};
  }
  if (!context.db.first("SELECT 1 FROM community WHERE id = $1", {request.community})) {
    return Error{ErrorKind::not_found, "community.unknown"};
  }
  const std::string address =
      TRY(registry::clean_text(request.address.value_or(""), transfer_note_max, "transfer.note"));
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), transfer_note_max, "transfer.note"));
  const auto homes = registry::current_residences(context.db, context.community.id, request.person);
  if (homes.empty()) return Error{ErrorKind::conflict, "person.lives_nowhere"};
  const auto home =
      TRY(some(registry::find_household(context, homes.front().household), "person.unknown"));
  const TransferRow transfer{context.new_id<Transfer>(),
                             context.community.id,
                             request.community,
                             request.person,
                             home.id,
                             {}};
  const std::int64_t added = context.tx.run(
      "INSERT INTO transfer (community_id, id, person_id, household_id, to_community_id, address,"
      " note, state, offered_at, offered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 'offered', $8, $9)"
      " ON CONFLICT DO NOTHING",
      {transfer.from, transfer.id, transfer.person, transfer.household, transfer.to, address, note,
       context.now, context.actor.id});
  if (added == 0) return Error{ErrorKind::conflict, "transfer.open"};
  TRY(owe_handover(context, transfer, home.path));
  tell_both(context, transfer, "transfer.offered");
  return Offered{transfer.id};
}

}  // namespace

api::Endpoint offer_transfer() {
  return api::command(api::Method::post, "/api/v1/people/{person}/transfer", "person.edit",
                      "Ask another community to take somebody over who moves there", offer);
}

}  // namespace doorstep::observation
