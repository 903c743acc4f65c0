/// \file Say which resident an account's holder is, or that they are none: nobody is given duties that
/// are about their own household.

#include "care/registry/people.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Account> account;
  std::optional<Id<Person>> person;  ///< Absent: not a resident here.

  void fields(auto& f) {
    f("account", account);
    f("person", person);
  }
};

/// Errors: not_found "account.unknown", "person.unknown".
Result<api::Nothing> name(api::WriteContext& context, const Request& request) {
  TRY(check_account(context, request.account));
  if (request.person) TRY(some(find_person(context, *request.person), "person.unknown"));
  context.tx.post("UPDATE account SET person_id = $2 WHERE id = $1",
                  {request.account, request.person});
  context.journal("account.holder", request.account.value(), "",
                  request.person ? R"({"person":")" + to_text(*request.person) + R"("})" : "{}");
  return api::Nothing{};
}

}  // namespace

api::Endpoint name_holder() {
  return api::command(api::Method::post, "/api/v1/accounts/{account}/person", "grant.edit",
                      "Say which resident an account's holder is", name);
}

}  // namespace doorstep::registry
