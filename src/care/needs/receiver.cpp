#include "care/needs/receiver.h"

#include "care/registry/search.h"

namespace doorstep::needs {
namespace {

/// The households of one dwelling; a room or flat that several share needs a person to choose.
std::optional<Receiver> only_household(const api::Context& context, Id<access::Place> dwelling) {
  const auto rows = context.db.query(
      "SELECT id, path FROM household WHERE community_id = $1 AND dwelling_id = $2"
      " AND ended_at IS NULL LIMIT 2",
      {context.community.id, dwelling});
  if (rows.size() != 1) return std::nullopt;
  return Receiver{rows.front().id<access::Household>(0), rows.front().text(1)};
}

std::optional<Receiver> behind(api::Context& context, std::string_view door) {
  const auto matches = registry::match_doors(context, door, 2);
  if (matches.size() != 1 || !matches.front().sure) return std::nullopt;
  return only_household(context, matches.front().dwelling);
}

}  // namespace

Result<Receiver> receiver_of(const api::Context& context, Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL", {household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  return Receiver{household, row->text(0)};
}

std::optional<Receiver> receiver_at(api::Context& context, std::string_view door, bool everywhere) {
  if (door.empty()) return std::nullopt;
  if (!everywhere) return behind(context, door);
  access::Scope whole;
  whole.community = context.community.id;
  whole.reaches.push_back({"", access::Classes::all()});
  context.db.relations(whole.relations());
  api::Context wide{context.db,  context.actor, whole,          context.community, context.settings,
                    context.now, context.rng,   context.pepper, context.sign};
  const auto found = behind(wide, door);
  context.db.relations(context.scope.relations());
  return found;
}

std::string own_path(const api::Context& context) {
  std::string path;
  for (const access::Reach& one : context.scope.reaches) {
    if (path.empty() || one.prefix.size() < path.size()) path = one.prefix;
    if (one.prefix.empty()) return {};
  }
  return path;
}

}  // namespace doorstep::needs
