#include "access/accounts.h"

#include <algorithm>

#include "base/rules.h"
#include "base/text.h"

namespace doorstep::access {
namespace {

constexpr std::size_t name_max = 100;

bool is_name(std::string_view name) {
  const std::size_t length = text::length(text::trim(name));
  return text::valid_utf8(name) && length > 0 && length <= name_max;
}

bool is_login(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 && std::ranges::all_of(login, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-' || c == '@';
         });
}

}  // namespace

Result<Id<Community>> create_community(store::Transaction& tx, IdSource& ids, Instant now,
                                       std::string_view name, const std::string& zone,
                                       std::string_view rules) {
  if (!is_name(name)) return Error{ErrorKind::invalid, "community.name"};
  TRY(Zone::named(zone));
  const RulePack pack = TRY(RulePack::parse(rules));
  tx.post(
      "INSERT INTO rule_pack (hash, source, stored_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (hash) DO NOTHING",
      {pack.hash(), pack.source(), now});
  const auto id = ids.next<Community>(now);
  tx.post(
      "INSERT INTO community (id, name, zone, rules_hash, created_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {id, text::trim(name), zone, pack.hash(), now});
  tx.journal({id.value(), 0, "community.created", id.value(), "",
              R"({"rules":")" + pack.hash() + R"(","zone":")" + zone + R"("})"});
  return id;
}

Result<Id<Account>> create_account(store::Transaction& tx, IdSource& ids, Instant now,
                                   const NewAccount& account) {
  if (!is_login(account.login)) return Error{ErrorKind::invalid, "account.login"};
  if (!is_name(account.name.reveal())) return Error{ErrorKind::invalid, "account.name"};
  const auto id = ids.next<Account>(now);
  const auto made = tx.run(
      "INSERT INTO account (id, login, name, phone, totp_confirmed, totp_last_step, demo,"
      " created_at) VALUES ($1, $2, $3, $4, FALSE, 0, $5, $6) ON CONFLICT (login) DO NOTHING",
      {id, text::fold(account.login), account.name, account.phone, account.demo, now});
  if (made == 0) return Error{ErrorKind::conflict, "account.login_taken"};
  return id;
}

Id<GrantRow> create_grant(store::Transaction& tx, IdSource& ids, Instant now,
                          Id<Community> community, Id<Account> account, Role role,
                          std::optional<std::int64_t> place, std::string_view path, Instant from,
                          std::optional<Instant> until, std::int64_t by) {
  const auto id = ids.next<GrantRow>(now);
  tx.post(
      "INSERT INTO access_grant (community_id, id, account_id, role, place_id, path, from_at,"
      " until_at, granted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {community, id, account, word(role), place, path, from, until, by});
  tx.journal({community.value(), by, "grant.given", id.value(), std::string(path),
              R"({"account":")" + to_text(account) + R"(","role":")" + std::string(word(role)) +
                  R"(","from":")" + to_text(from) + '"' +
                  (until ? R"(,"until":")" + to_text(*until) + '"' : std::string()) + "}"});
  return id;
}

Result<void> create_session(store::Transaction& tx, Id<Account> account,
                            const std::string& token_hash, Instant now) {
  const auto grants = tx.query(
      "SELECT community_id FROM access_grant WHERE account_id = $1 AND from_at <= $2"
      " AND (until_at IS NULL OR until_at > $2) ORDER BY id LIMIT 1",
      {account, now});
  if (grants.empty()) return Error{ErrorKind::forbidden, "account.no_grant"};
  const auto community = grants.front().integer(0);
  tx.post(
      "INSERT INTO session (token_hash, account_id, community_id, created_at, expires_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {store::Bytes{token_hash}, account, community, now, now + session_length});
  tx.journal({community, account.value(), "session.opened", account.value(), "~", "{}"});
  return {};
}

void create_invitation(store::Transaction& tx, std::optional<Id<Account>> account,
                       std::optional<Id<Community>> community, const std::string& token_hash,
                       Instant now) {
  tx.post(
      "INSERT INTO invitation (token_hash, account_id, community_id, created_at, expires_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {store::Bytes{token_hash}, account, community, now, now + invitation_length});
}

}  // namespace doorstep::access
