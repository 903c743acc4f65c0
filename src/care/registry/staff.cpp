#include "care/registry/staff.h"

namespace doorstep::registry {

Result<std::string> path_of(api::Context& context, std::optional<Id<access::Place>> place) {
  if (!place) {
    if (!context.scope.whole()) return Error{ErrorKind::forbidden, "access.denied"};
    return std::string{};
  }
  const auto row = context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*place});
  if (!row) return Error{ErrorKind::not_found, "place.unknown"};
  return row->text(0);
}

Result<void> check_named(const api::Context& context) {
  if (context.actor.id == 0) return Error{ErrorKind::forbidden, "account.unnamed"};
  return {};
}

Result<void> check_account(api::Context& context, Id<access::Account> account) {
  const auto row =
      context.db.first("SELECT 1 FROM {grants} g WHERE g.account_id = $1 LIMIT 1", {account});
  if (!row) return Error{ErrorKind::not_found, "account.unknown"};
  return {};
}

Result<access::Role> staff_role(const api::Context& context, std::string_view word) {
  using access::Role;
  const auto role = access::role_from_word(word);
  if (!role || *role == Role::resident || *role == Role::resident_proved ||
      *role == Role::carrier || *role == Role::opener || *role == Role::operator_) {
    return Error{ErrorKind::invalid, "role.unknown"};
  }
  const bool high = *role == Role::manager || *role == Role::street;
  if (high && !context.scope.whole()) return Error{ErrorKind::forbidden, "access.denied"};
  return *role;
}

}  // namespace doorstep::registry
