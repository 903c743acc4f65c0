/// \file Invite a worker: an account with a role on a place, and a link that lets them choose a
/// password once.

#include "access/secrets.h"
#include "care/registry/people.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Private<std::string> name;
  std::string login;
  std::optional<Private<std::string>> phone;
  std::string role;
  std::optional<Id<access::Place>> place;

  void fields(auto& f) {
    f("name", name);
    f("login", login);
    f("phone", phone);
    f("role", role);
    f("place", place);
  }
};

struct Invited {
  Id<access::Account> account;
  std::string url;
  std::string token;

  void fields(auto& f) {
    f("account", account);
    f("url", url);
    f("token", token);
  }
};

/// Errors: invalid "phone.invalid"; those of staff_role, path_of and create_account.
Result<Invited> invite(api::WriteContext& context, const Request& request) {
  const access::Role role = TRY(staff_role(context, request.role));
  const std::string path = TRY(path_of(context, request.place));
  access::NewAccount wanted{request.login, request.name};
  if (request.phone) {
    const auto phone = clean_phone(request.phone->reveal());
    if (!phone) return Error{ErrorKind::invalid, "phone.invalid"};
    wanted.phone = Private<std::string>{*phone};
  }
  const auto account = TRY(access::create_account(context.tx, context.ids, context.now, wanted));
  access::create_grant(context.tx, context.ids, context.now, context.community.id, account, role,
                       request.place ? std::optional(request.place->value()) : std::nullopt, path,
                       context.now, std::nullopt, context.actor.id);
  const std::string token = access::new_token(context.rng);
  access::create_invitation(context.tx, account, context.community.id,
                            access::token_hash(token, context.pepper), context.now);
  context.journal("account.invited", account.value(), path,
                  R"({"role":")" + std::string(access::word(role)) + R"("})");
  return Invited{account, context.settings.public_url + "/c/join#" + token, token};
}

}  // namespace

api::Endpoint invite_account() {
  return api::command(api::Method::post, "/api/v1/invitations", "account.invite",
                      "Invite a worker with a role on a place", invite);
}

}  // namespace doorstep::registry
