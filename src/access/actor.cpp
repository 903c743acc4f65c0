#include "access/actor.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/path.h"
#include "access/secrets.h"

namespace doorstep::access {
namespace {

CommunityRow community_row(const store::Row& row, std::size_t from) {
  return {row.id<Community>(from), row.text(from + 1), row.text(from + 2), row.text(from + 3)};
}

/// Which rows lie where the scope may read a class: the same for every table that has paths.
struct Rows {
  std::string where;
  store::Values values;
};

Rows rows_where(const Scope& scope, Class needed = Class::none) {
  const std::string all = " WHERE community_id = $1";
  Rows made{"", {scope.community}};
  for (const auto& [prefix, classes] : scope.reaches) {
    if (!classes.contains(needed)) continue;
    if (prefix.empty()) return {all, {scope.community}};
    const std::size_t low = made.values.size() + 1;
    made.where += fmt::format("{}(path >= ${} AND path < ${})", made.where.empty() ? "" : " OR ",
                              low, low + 1);
    made.values.emplace_back(prefix);
    made.values.emplace_back(path_end(prefix));
  }
  made.where = all + " AND (" + (made.where.empty() ? "FALSE" : made.where) + ")";
  return made;
}

store::Relation relation(const char* name, const char* table, const Rows& rows) {
  return {name, std::string("SELECT * FROM ") + table + rows.where, rows.values};
}

/// Needs; for a link those of the whole household and its own private ones.
store::Relation need_relation(const Scope& scope, const Rows& rows) {
  store::Relation made = relation("needs", "need", rows);
  if (scope.link == 0) return made;
  made.sql += fmt::format(" AND only_link IN (0, ${})", made.values.size() + 1);
  made.values.emplace_back(scope.link);
  return made;
}

/// The rows of `table` whose own field_class may be read where they lie.
store::Relation classed_relation(const char* name, const char* table, const Scope& scope) {
  store::Relation made{name, "", {scope.community}};
  for (const auto& [prefix, classes] : scope.reaches) {
    std::string words;
    for (const std::string_view one : class_words) {
      if (!classes.contains(*class_from_word(one))) continue;
      words += fmt::format("{}'{}'", words.empty() ? "" : ", ", one);
    }
    made.sql += made.sql.empty() ? "" : " OR ";
    made.sql += fmt::format("(field_class IN ({})", words);
    if (!prefix.empty()) {
      const std::size_t low = made.values.size() + 1;
      made.sql += fmt::format(" AND path >= ${} AND path < ${}", low, low + 1);
      made.values.emplace_back(prefix);
      made.values.emplace_back(path_end(prefix));
    }
    made.sql += ")";
  }
  made.sql = fmt::format("SELECT * FROM {} WHERE community_id = $1 AND ({})", table,
                         made.sql.empty() ? "FALSE" : made.sql);
  return made;
}

}  // namespace

bool Scope::covers(std::string_view path) const {
  return std::ranges::any_of(reaches,
                             [&](const Reach& one) { return path.starts_with(one.prefix); });
}

bool Scope::touches(std::string_view path) const {
  if (covers(path)) return true;
  return std::ranges::any_of(reaches,
                             [&](const Reach& one) { return one.prefix.starts_with(path); });
}

Classes Scope::classes_at(std::string_view path) const {
  Classes found;
  for (const Reach& one : reaches) {
    if (path.starts_with(one.prefix)) found.add(one.classes);
  }
  return found;
}

Classes Scope::classes_everywhere() const {
  Classes common = Classes::all();
  for (const Reach& one : reaches) common.keep(classes_at(one.prefix));
  return common;
}

Classes Scope::classes_somewhere() const {
  Classes found;
  for (const Reach& one : reaches) found.add(one.classes);
  return found;
}

store::Relations Scope::relations() const {
  const Rows here = rows_where(*this);
  store::Relations made;
  made.reserve(12);
  for (const auto& [name, table] : {std::pair{"places", "place"},
                                    {"households", "household"},
                                    {"observations", "observation"},
                                    {"grants", "access_grant"},
                                    {"parcels", "parcel"},
                                    {"runs", "run"},
                                    {"orders", "customer_order"}}) {
    made.push_back(relation(name, table, here));
  }
  made.push_back(need_relation(*this, here));
  made.push_back(classed_relation("duties", "duty", *this));
  made.push_back(relation("households_name", "household", rows_where(*this, Class::name)));
  made.push_back(relation("households_contact", "household", rows_where(*this, Class::contact)));
  made.push_back(relation("observations_health", "observation", rows_where(*this, Class::health)));
  return made;
}

std::vector<Grant> grants_of(store::Snapshot& db, Id<Community> community, std::int64_t account,
                             Instant now) {
  std::vector<Grant> grants;
  for (const store::Row& row :
       db.query("SELECT g.role, g.path FROM (SELECT id, role, path FROM access_grant"
                " WHERE community_id = $1 AND account_id = $2 AND from_at <= $3"
                " AND (until_at IS NULL OR until_at > $3) UNION ALL"
                " SELECT id, 'opener', path FROM opening WHERE community_id = $1"
                " AND account_id = $2 AND opened_at <= $3 AND until_at > $3"
                " AND ended_at IS NULL) g ORDER BY g.id",
                {community, account, now})) {
    if (const auto role = role_from_word(row.text(0))) grants.push_back({*role, row.text(1)});
  }
  return grants;
}

Result<Known> find_by_session(store::Snapshot& db, const std::string& pepper,
                              std::string_view token, Instant now) {
  const auto row = db.first(
      "SELECT s.account_id, a.demo, c.id, c.name, c.zone, c.rules_hash, s.awake_until FROM session "
      "s"
      " JOIN account a ON a.id = s.account_id JOIN community c ON c.id = s.community_id"
      " WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.ended_at IS NULL"
      " AND a.closed_at IS NULL",
      {store::Bytes{token_hash(token, pepper)}, now});
  if (!row) return Error{ErrorKind::unauthenticated, "session.none"};
  // Left alone, it answers nothing until its PIN was typed.
  const auto awake_until = row->maybe_instant(6);
  if (awake_until && *awake_until <= now) return Error{ErrorKind::unauthenticated, "session.pin"};
  Known known;
  known.community = community_row(*row, 2);
  known.actor.id = row->integer(0);
  known.actor.demo = row->boolean(1);
  known.actor.community = known.community.id;
  known.actor.grants = grants_of(db, known.community.id, known.actor.id, now);
  return known;
}

namespace {

Result<Known> find_by_run_link(store::Snapshot& db, const store::Bytes& hash, Instant now) {
  const auto row = db.first(
      "SELECT l.account_id, l.run_id, l.revoked_at, l.expires_at, r.path,"
      " c.id, c.name, c.zone, c.rules_hash FROM run_link l"
      " JOIN run r ON r.community_id = l.community_id AND r.id = l.run_id"
      " JOIN community c ON c.id = l.community_id WHERE l.token_hash = $1",
      {hash});
  if (!row) return Error{ErrorKind::unauthenticated, "link.unknown"};
  if (!row->is_null(2)) return Error{ErrorKind::unauthenticated, "link.revoked"};
  if (row->instant(3) <= now) return Error{ErrorKind::unauthenticated, "link.expired"};
  Known known;
  known.community = community_row(*row, 5);
  known.actor.id = row->integer(0);
  known.actor.community = known.community.id;
  known.actor.run = row->id<Run>(1);
  known.actor.grants.push_back({Role::carrier, row->text(4)});
  return known;
}

}  // namespace

Result<Known> find_by_link(store::Snapshot& db, const std::string& pepper, std::string_view token,
                           Instant now) {
  const store::Bytes hash{token_hash(token, pepper)};
  const auto row = db.first(
      "SELECT l.id, l.household_id, l.revoked_at, l.proved_at, h.path,"
      " c.id, c.name, c.zone, c.rules_hash FROM link_token l"
      " JOIN household h ON h.community_id = l.community_id AND h.id = l.household_id"
      " JOIN community c ON c.id = l.community_id WHERE l.token_hash = $1",
      {hash});
  if (!row) return find_by_run_link(db, hash, now);
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
