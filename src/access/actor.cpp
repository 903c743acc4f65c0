#include "access/actor.h"

#include <algorithm>

#include "access/path.h"
#include "access/secrets.h"

namespace doorstep::access {
namespace {

CommunityRow community_row(const store::Row& row, std::size_t from) {
  return {row.id<Community>(from), row.text(from + 1), row.text(from + 2), row.text(from + 3)};
}

store::Relation relation(const char* name, const char* table, const Scope& scope) {
  store::Relation made{
      name, std::string("SELECT * FROM ") + table + " WHERE community_id = $1", {scope.community}};
  if (scope.whole()) return made;
  std::string ranges;
  for (const std::string& prefix : scope.prefixes) {
    const std::string low = "$" + std::to_string(made.values.size() + 1);
    const std::string high = "$" + std::to_string(made.values.size() + 2);
    ranges += (ranges.empty() ? "" : " OR ");
    ranges += "(path >= " + low + " AND path < " + high + ")";
    made.values.emplace_back(prefix);
    made.values.emplace_back(path_end(prefix));
  }
  made.sql += " AND (" + (ranges.empty() ? std::string("FALSE") : ranges) + ")";
  return made;
}

}  // namespace

bool Scope::covers(std::string_view path) const {
  for (const std::string& prefix : prefixes) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

bool Scope::touches(std::string_view path) const {
  if (covers(path)) return true;
  return std::ranges::any_of(prefixes,
                             [&](const std::string& prefix) { return prefix.starts_with(path); });
}

store::Relations Scope::relations() const {
  return {relation("places", "place", *this), relation("households", "household", *this),
          relation("observations", "observation", *this), relation("grants", "access_grant", *this),
          relation("duties", "duty", *this)};
}

std::vector<Grant> grants_of(store::Snapshot& db, Id<Community> community, std::int64_t account,
                             Instant now) {
  std::vector<Grant> grants;
  for (const store::Row& row :
       db.query("SELECT role, path FROM access_grant WHERE community_id = $1 AND account_id = $2"
                " AND from_at <= $3 AND (until_at IS NULL OR until_at > $3) ORDER BY id",
                {community, account, now})) {
    if (const auto role = role_from_word(row.text(0))) grants.push_back({*role, row.text(1)});
  }
  return grants;
}

Result<Known> find_by_session(store::Snapshot& db, const std::string& pepper,
                              std::string_view token, Instant now) {
  const auto row = db.first(
      "SELECT s.account_id, a.demo, c.id, c.name, c.zone, c.rules_hash FROM session s"
      " JOIN account a ON a.id = s.account_id JOIN community c ON c.id = s.community_id"
      " WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.ended_at IS NULL"
      " AND a.closed_at IS NULL",
      {store::Bytes{token_hash(token, pepper)}, now});
  if (!row) return Error{ErrorKind::unauthenticated, "session.none"};
  Known known;
  known.community = community_row(*row, 2);
  known.actor.id = row->integer(0);
  known.actor.demo = row->boolean(1);
  known.actor.community = known.community.id;
  known.actor.grants = grants_of(db, known.community.id, known.actor.id, now);
  return known;
}

Result<Known> find_by_link(store::Snapshot& db, const std::string& pepper, std::string_view token) {
  const auto row = db.first(
      "SELECT l.id, l.household_id, l.revoked_at, l.proved_at, h.path,"
      " c.id, c.name, c.zone, c.rules_hash FROM link_token l"
      " JOIN household h ON h.community_id = l.community_id AND h.id = l.household_id"
      " JOIN community c ON c.id = l.community_id WHERE l.token_hash = $1",
      {store::Bytes{token_hash(token, pepper)}});
  if (!row) return Error{ErrorKind::unauthenticated, "link.unknown"};
  if (!row->is_null(2)) return Error{ErrorKind::unauthenticated, "link.revoked"};
  Known known;
  known.community = community_row(*row, 5);
  known.actor.id = row->integer(0);
  known.actor.community = known.community.id;
  known.actor.household = row->id<Household>(1);
  const Role role = row->is_null(3) ? Role::resident : Role::resident_proved;
  known.actor.grants.push_back({role, row->text(4)});
  return known;
}

Result<Known> find_operator(store::Snapshot& db, Id<Community> community) {
  const auto rows =
      community
          ? db.query("SELECT id, name, zone, rules_hash FROM community WHERE id = $1", {community})
          : db.query("SELECT id, name, zone, rules_hash FROM community LIMIT 2");
  if (rows.empty()) return Error{ErrorKind::not_found, "community.unknown"};
  if (rows.size() > 1) return Error{ErrorKind::invalid, "community.several"};
  Known known;
  known.community = community_row(rows.front(), 0);
  known.actor.community = known.community.id;
  known.actor.grants.push_back({Role::operator_, ""});
  return known;
}

}  // namespace doorstep::access
