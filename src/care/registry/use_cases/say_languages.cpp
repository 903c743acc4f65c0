/// \file Say which languages somebody of the staff speaks besides Mandarin, so that whoever speaks no other is called by
/// one who does.

#include "care/registry/access_needs.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Account> account;
  std::vector<Language> languages;

  void fields(auto& f) {
    f("account", account);
    f("languages", languages);
  }
};

/// Errors: not_found "account.unknown" (nobody inside the scope).
Result<api::Nothing> say(api::WriteContext& context, const Request& request) {
  TRY(check_account(context, request.account));
  context.tx.post("UPDATE account SET languages = $2 WHERE id = $1",
                  {request.account, languages_text(request.languages)});
  context.journal("account.languages", request.account.value(), "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint say_languages() {
  return api::command(api::Method::post, "/api/v1/accounts/{account}/languages", "grant.edit",
                      "Say which languages somebody speaks", say);
}

}  // namespace doorstep::registry
