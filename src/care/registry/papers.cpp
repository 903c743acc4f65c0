#include "care/registry/papers.h"

namespace doorstep::registry {
namespace {

/// A building at a time: the slips of one are what one person carries.
constexpr std::int64_t households_max = 500;

}  // namespace

void note_paper(api::WriteContext& context, PaperKind kind, std::int64_t subject,
                std::string_view path) {
  context.tx.post(
      "INSERT INTO reach_paper (community_id, id, kind, subject_id, path, url, printed_at,"
      " printed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
      " ON CONFLICT (community_id, kind, subject_id) WHERE removed_at IS NULL DO UPDATE SET"
      " path = excluded.path, url = excluded.url, printed_at = excluded.printed_at,"
      " printed_by = excluded.printed_by",
      {context.community.id, context.new_id<Paper>(), api::word(kind), subject, path,
       context.settings.public_url, context.now, context.actor.id});
}

std::set<std::int64_t> slips_without_code(const api::Context& context, std::string_view path) {
  std::set<std::int64_t> found;
  for (const store::Row& row : context.db.query(
           "SELECT h.id FROM {households} h WHERE h.path >= $1 AND h.path < $2"
           " AND EXISTS (SELECT 1 FROM link_token l WHERE l.community_id = h.community_id"
           " AND l.household_id = h.id AND l.revoked_at IS NULL)"
           " AND EXISTS (SELECT 1 FROM reach_paper r WHERE r.community_id = h.community_id"
           " AND r.kind = 'slip' AND r.subject_id = h.id AND r.removed_at IS NULL)"
           " AND NOT EXISTS (SELECT 1 FROM claim_code c WHERE c.community_id = h.community_id"
           " AND c.household_id = h.id)",
           {path, access::path_end(path)})) {
    found.insert(row.integer(0));
  }
  return found;
}

Result<std::vector<SlipDoor>> doors_to_walk(const api::Context& context, Id<access::Place> place) {
  const auto top = context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {place});
  if (!top) return Error{ErrorKind::not_found, "place.unknown"};
  const auto rows = context.db.query(
      "SELECT h.id, h.path, h.door, h.label FROM {households} h"
      " JOIN place d ON d.community_id = h.community_id AND d.id = h.dwelling_id"
      " LEFT JOIN place e ON e.community_id = d.community_id AND e.id = d.parent_id"
      " LEFT JOIN place b ON b.community_id = e.community_id AND b.id = e.parent_id"
      " WHERE h.path >= $1 AND h.path < $2 AND h.ended_at IS NULL"
      " ORDER BY CASE WHEN e.kind = 'entrance' THEN b.position ELSE e.position END,"
      " CASE WHEN e.kind = 'entrance' THEN b.path ELSE e.path END,"
      " CASE WHEN e.kind = 'entrance' THEN e.position ELSE 0 END, e.path,"
      " coalesce(d.floor, 0) DESC, d.position, d.name, h.path LIMIT $3",
      {top->text(0), access::path_end(top->text(0)), households_max + 1});
  if (std::cmp_greater(rows.size(), households_max)) {
    return Error{ErrorKind::too_large, "link.too_many"};
  }
  std::vector<SlipDoor> doors;
  for (const store::Row& row : rows) {
    doors.push_back({row.id<access::Household>(0), row.text(1), row.text(2), row.text(3)});
  }
  return doors;
}

}  // namespace doorstep::registry
