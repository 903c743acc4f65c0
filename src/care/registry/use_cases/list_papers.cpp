/// \file What lies about on paper with an address that is no longer served: to be printed again, or taken down.

#include <map>

#include "care/registry/papers.h"
#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  std::string path;
  Id<Paper> id;
  PaperKind kind = PaperKind::slip;
  std::optional<Id<Place>> building;
  std::string building_name;
  std::string door;
  std::string url;  ///< The old address.
  Instant printed_at{};

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("kind", kind);
    f("building", building);
    f("building_name", building_name);
    f("door", door, api::Class::door);
    f("url", url);
    f("printed_at", printed_at);
  }
};

/// Names of buildings, each asked for once.
class Buildings {
 public:
  explicit Buildings(api::Context& context) : context_(&context) {}
  void name(Row& row) {
    const auto id = access::id_in_path(row.path, path_letter(PlaceKind::building));
    if (!id) return;
    row.building = Id<Place>{*id};
    auto [at, fresh] = known_.try_emplace(*id);
    if (fresh) {
      const auto found = find_place(*context_, Id<Place>{*id});
      if (found) at->second = found->name;
    }
    row.building_name = at->second;
  }

 private:
  api::Context* context_;
  std::map<std::int64_t, std::string> known_;
};

/// By place. Errors: invalid "cursor.wrong".
Result<api::Page<Row>> outdated(api::Context& context, const Request& request) {
  const auto after = request.cursor ? id_from_text(*request.cursor) : 0;
  if (!after) return Error{ErrorKind::invalid, "cursor.wrong"};
  api::Page<Row> page;
  Buildings buildings(context);
  for (const store::Row& found : context.db.query(
           "SELECT r.id, r.kind, r.path, r.url, r.printed_at, coalesce(h.door, '')"
           " FROM reach_paper r LEFT JOIN {households} h ON h.id = r.subject_id"
           " LEFT JOIN {places} b ON b.id = r.subject_id"
           " LEFT JOIN reach_paper c ON c.community_id = $1 AND c.id = $3"
           " WHERE r.community_id = $1 AND r.removed_at IS NULL AND r.url <> $2"
           " AND (h.id IS NOT NULL OR b.id IS NOT NULL) AND h.ended_at IS NULL"
           " AND (c.id IS NULL OR (r.path, r.id) > (c.path, c.id))"
           " ORDER BY r.path, r.id LIMIT $4",
           {context.community.id, context.settings.public_url, *after, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    Row row;
    row.path = found.text(2);
    row.id = found.id<Paper>(0);
    row.kind = api::from_word<PaperKind>(found.text(1)).value_or(PaperKind::slip);
    row.url = found.text(3);
    row.printed_at = found.instant(4);
    row.door = found.text(5);
    buildings.name(row);
    page.rows.push_back(std::move(row));
  }
  return page;
}

}  // namespace

api::Endpoint list_papers() {
  return api::list("/api/v1/papers", "link.issue", "Paper with an address that is gone", outdated);
}

}  // namespace doorstep::registry
