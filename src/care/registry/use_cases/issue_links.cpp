/// \file Make a first link for every household below a place that has none: the slips to hand out.

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

/// A building at a time: the slips of one are what one person carries.
constexpr std::int64_t households_max = 500;

struct Request {
  Id<access::Place> place;
  std::string name;

  void fields(auto& f) {
    f("place", place);
    f("name", name);
  }
};

struct Slip {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::string label;
  std::string url;
  std::string token;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("url", url);
    f("token", token);
  }
};

struct Slips {
  std::vector<Slip> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// In delivery order (by place). Errors: not_found "place.unknown"; invalid "link.name"; too_large "link.too_many".
Result<Slips> issue(api::WriteContext& context, const Request& request) {
  const auto place =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  const auto rows = context.db.query(
      "SELECT h.id, h.path, h.door, h.label FROM {households} h WHERE h.path >= $1 AND h.path < $2"
      " AND h.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM link_token l"
      " WHERE l.community_id = h.community_id AND l.household_id = h.id AND l.revoked_at IS NULL)"
      " ORDER BY h.path LIMIT $3",
      {place->text(0), access::path_end(place->text(0)), households_max + 1});
  if (std::cmp_greater(rows.size(), households_max)) {
    return Error{ErrorKind::too_large, "link.too_many"};
  }
  const std::string name = TRY(clean_link_name(request.name));
  Slips slips;
  for (const store::Row& row : rows) {
    const auto household = row.id<access::Household>(0);
    const NewLink link = create_link(context, household, row.text(1), name);
    slips.rows.push_back({row.text(1), household, row.text(2), row.text(3), link.url, link.token});
  }
  context.journal("link.slips", request.place.value(), place->text(0),
                  R"({"count":)" + std::to_string(slips.rows.size()) + "}");
  return slips;
}

}  // namespace

api::Endpoint issue_links() {
  return api::command(api::Method::post, "/api/v1/places/{place}/links", "link.issue",
                      "Make first links for the households below a place", issue);
}

}  // namespace doorstep::registry
