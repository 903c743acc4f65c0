/// \file Make a first link for every household below a place that has none, or whose slip bears an address that is gone:
/// the slips to hand out, in the order in which somebody walks the doors.

#include <set>

#include "api/reach.h"
#include "care/registry/claim_link.h"
#include "care/registry/links.h"
#include "care/registry/papers.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Place> place;
  std::string name;
  std::optional<bool> uncoded;  ///< Also those whose slip has no code for the claim link.

  void fields(auto& f) {
    f("place", place);
    f("name", name);
    f("uncoded", uncoded);
  }
};

struct Slip {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::string label;
  std::string url;
  std::string token;
  std::string claim_code;  ///< Typed into the page of the building's claim link.

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("url", url);
    f("token", token);
    f("claim_code", claim_code);
  }
};

struct Slips {
  std::vector<Slip> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// Households of the place that have a link in force and no slip that bears an old address.
std::set<std::int64_t> supplied(const api::Context& context, std::string_view path) {
  std::set<std::int64_t> found;
  for (const store::Row& row : context.db.query(
           "SELECT DISTINCT h.id FROM {households} h JOIN link_token l"
           " ON l.community_id = h.community_id AND l.household_id = h.id AND l.revoked_at IS NULL"
           " WHERE h.path >= $1 AND h.path < $2 AND NOT EXISTS (SELECT 1 FROM reach_paper r"
           " WHERE r.community_id = h.community_id AND r.kind = 'slip' AND r.subject_id = h.id"
           " AND r.removed_at IS NULL AND r.url <> $3)",
           {path, access::path_end(path), context.settings.public_url})) {
    found.insert(row.integer(0));
  }
  return found;
}

/// Errors: those of require_printing(); not_found "place.unknown"; invalid "link.name"; too_large "link.too_many".
Result<Slips> issue(api::WriteContext& context, const Request& request) {
  const auto doors = TRY(doors_to_walk(context, request.place));
  TRY(api::require_printing(context));
  const std::string name = TRY(clean_link_name(request.name));
  const std::string path =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place})->text(0);
  auto have = supplied(context, path);
  if (request.uncoded.value_or(false)) {
    for (const std::int64_t one : slips_without_code(context, path)) have.erase(one);
  }
  Slips slips;
  for (const SlipDoor& one : doors) {
    if (have.contains(one.household.value())) continue;
    const NewLink link = create_link(context, one.household, one.path, name);
    note_paper(context, PaperKind::slip, one.household.value(), one.path);
    slips.rows.push_back({one.path, one.household, one.door, one.label, link.url, link.token,
                          new_claim_code(context, one.household)});
  }
  context.journal("link.slips", request.place.value(), path,
                  R"({"count":)" + std::to_string(slips.rows.size()) + "}");
  return slips;
}

}  // namespace

api::Endpoint issue_links() {
  return api::command(api::Method::post, "/api/v1/places/{place}/links", "link.issue",
                      "Make first links for the households below a place", issue);
}

}  // namespace doorstep::registry
