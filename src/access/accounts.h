#pragma once
/// \file Communities, accounts, sessions and invitations as rows; who may do so is decided above.

#include <string>
#include <string_view>

#include "access/actor.h"
#include "access/role.h"
#include "base/id.h"
#include "base/private.h"
#include "store/store.h"

namespace doorstep::access {

/// How long a session lasts from sign-in, and an invitation from when it was made.
inline constexpr std::chrono::hours session_length{12};
inline constexpr std::chrono::hours invitation_length{72};

/// Stores the rule pack under its hash and makes a community that follows it.
/// Errors: invalid "community.name", "zone.unknown", "rules.*".
Result<Id<Community>> create_community(store::Transaction& tx, IdSource& ids, Instant now,
                                       std::string_view name, const std::string& zone,
                                       std::string_view rules);

struct NewAccount {
  std::string login = {};
  Private<std::string> name{};
  std::optional<Private<std::string>> phone = {};
  bool demo = false;
};

/// An account that cannot sign in yet: it has no password.
/// Errors: invalid "account.login" (2 to 64 of letters, digits, . _ - @), "account.name"; conflict
/// "account.login_taken".
Result<Id<Account>> create_account(store::Transaction& tx, IdSource& ids, Instant now,
                                   const NewAccount& account);

/// Gives a role on everything below `path`, from `from` on, and journals "grant.given".
Id<struct GrantRow> create_grant(store::Transaction& tx, IdSource& ids, Instant now,
                                 Id<Community> community, Id<Account> account, Role role,
                                 std::optional<std::int64_t> place, std::string_view path,
                                 Instant from, std::optional<Instant> until, std::int64_t by);

/// A session for the community in which the account's oldest grant in force lies.
/// Errors: forbidden "account.no_grant".
Result<void> create_session(store::Transaction& tx, Id<Account> account,
                            const std::string& token_hash, Instant now);

/// A one-time right to choose a password; `account` empty for the first set-up.
void create_invitation(store::Transaction& tx, std::optional<Id<Account>> account,
                       std::optional<Id<Community>> community, const std::string& token_hash,
                       Instant now);

}  // namespace doorstep::access
