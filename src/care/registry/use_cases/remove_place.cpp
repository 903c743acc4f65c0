/// \file Take a place out of the tree by hand, with what lies below it: entered wrongly, twice, or
/// pulled down.

#include "care/registry/places.h"

namespace doorstep::registry {

enum class PlaceRemoval : std::uint8_t { entered_in_error, merged, demolished };

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::PlaceRemoval> {
  static constexpr std::array words{"entered_in_error", "merged", "demolished"};
};

namespace doorstep::registry {
namespace {

struct Request {
  Id<Place> place;
  PlaceRemoval reason = PlaceRemoval::entered_in_error;

  void fields(auto& f) {
    f("place", place);
    f("reason", reason);
  }
};

/// Errors: conflict "place.lived_in" (a household is there), "place.has_history" (one was: what
/// happened there stays), "place.not_empty" (a grid or compound with something in it), "place.in_use"
/// (somebody has a role, a shift or a group there).
Result<void> check_unused(api::WriteContext& context, const PlaceRow& place) {
  const store::Values below{context.community.id, place.path, access::path_end(place.path),
                            context.now};
  const auto exists = [&](std::string_view table, std::string_view more) {
    const std::string sql = "SELECT 1 FROM " + std::string(table) +
                            " t WHERE t.community_id = $1 AND t.path >= $2 AND t.path < $3" +
                            std::string(more) + " AND $4 = $4 LIMIT 1";
    return context.db.first(sql, below).has_value();
  };
  const auto conflict = [](const char* code) { return Error{ErrorKind::conflict, code}; };
  if (exists("household", " AND t.ended_at IS NULL")) return conflict("place.lived_in");
  if (exists("household", "")) return conflict("place.has_history");
  const bool holds_buildings = place.kind == PlaceKind::grid || place.kind == PlaceKind::compound;
  if (holds_buildings && exists("place", " AND t.path > $2")) return conflict("place.not_empty");
  if (exists("access_grant", " AND (t.until_at IS NULL OR t.until_at > $4)") ||
      exists("shift", " AND t.until_at > $4") ||
      exists("place",
             " AND EXISTS (SELECT 1 FROM team_building b"
             " WHERE b.community_id = t.community_id AND b.place_id = t.id)")) {
    return conflict("place.in_use");
  }
  return {};
}

/// Takes what lies below it along. Errors: not_found "place.unknown"; those of check_unused().
Result<api::Nothing> remove(api::WriteContext& context, const Request& request) {
  const PlaceRow place = TRY(some(find_place(context, request.place), "place.unknown"));
  TRY(check_unused(context, place));
  const store::Values below{context.community.id, place.path, access::path_end(place.path)};
  context.tx.post(
      "DELETE FROM search_key WHERE community_id = $1 AND subject_id IN (SELECT p.id FROM place p"
      " WHERE p.community_id = $1 AND p.path >= $2 AND p.path < $3)",
      below);
  const std::int64_t removed = context.tx.run(
      "DELETE FROM place WHERE community_id = $1 AND path >= $2 AND path < $3", below);
  context.journal("place.removed", place.id.value(), place.path,
                  R"({"kind":")" + std::string(api::word(place.kind)) + R"(","reason":")" +
                      std::string(api::word(request.reason)) + R"(","places":)" +
                      std::to_string(removed) + "}");
  return api::Nothing{};
}

}  // namespace

api::Endpoint remove_place() {
  return api::command(api::Method::post, "/api/v1/places/{place}/remove", "place.edit",
                      "Take a place out of the tree", remove);
}

}  // namespace doorstep::registry
