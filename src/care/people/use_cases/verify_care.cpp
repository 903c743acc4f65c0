/// \file Somebody looked whether what the ledger says is still so (F4).

#include "care/people/ledger.h"

namespace doorstep::people {
namespace {

struct Request {
  Id<Person> person;
  void fields(auto& f) { f("person", person); }
};

/// Errors: not_found "care.unknown".
Result<api::Nothing> verify(api::WriteContext& context, const Request& request) {
  const auto entry = find_entry(context, request.person.value());
  if (!entry) return Error{ErrorKind::not_found, "care.unknown"};
  context.tx.run(
      "UPDATE care_person SET verified_on = $3 WHERE community_id = $1 AND person_id = $2"
      " AND closed_at IS NULL",
      {context.community.id, request.person, context.today()});
  context.journal("care.verified", request.person.value(), entry->path,
                  R"({"household":")" + to_text(entry->household) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint verify_care() {
  return api::command(api::Method::post, "/api/v1/care/{person}/verify", "care.edit",
                      "What the ledger says is still so", verify);
}

}  // namespace doorstep::people
