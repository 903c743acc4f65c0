#pragma once
/// \file What the staff's use cases share: finding an account, and the place a role is given on.

#include "access/accounts.h"
#include "api/endpoint.h"

namespace doorstep::registry {

/// The place a role or shift is about; the whole community where `place` is empty.
/// Errors: not_found "place.unknown" outside the scope; forbidden "access.denied" where the whole
/// community is asked for and the scope is smaller.
Result<std::string> path_of(api::Context& context, std::optional<Id<access::Place>> place);

/// What somebody stands for by name is not done by the operator at the shell, who is nobody.
/// Errors: forbidden "account.unnamed".
Result<void> check_named(const api::Context& context);

/// An account can be named by whoever sees it: it has, or had, a role inside the scope.
/// Errors: not_found "account.unknown" when it has none.
Result<void> check_account(api::Context& context, Id<access::Account> account);

/// A role that may be given by this actor. Errors: invalid "role.unknown"; forbidden
/// "access.denied" for manager and street unless the actor has the whole community.
Result<access::Role> staff_role(const api::Context& context, std::string_view word);

}  // namespace doorstep::registry
