#include "care/registry/responsible.h"

#include <algorithm>
#include <array>

namespace doorstep::registry {
namespace {

using access::Role;

constexpr std::array succession{Role::worker, Role::deputy, Role::grid_head, Role::leader,
                                Role::manager};
constexpr std::size_t segment_length = 15;
constexpr std::size_t depth_max = 7;

struct Holder {
  Responsible who;
  std::string path;
  bool absent = false;
};

/// "", "g../", "g../b../" ...: exactly depth_max of them, the last repeated, so that the statement's
/// text is always the same.
store::Values prefixes_of(std::string_view path) {
  store::Values prefixes;
  for (std::size_t length = 0; prefixes.size() < depth_max; length += segment_length) {
    prefixes.emplace_back(path.substr(0, std::min(length, path.size())));
  }
  return prefixes;
}

std::vector<Holder> holders_above(api::Context& context, std::string_view path) {
  store::Values values = prefixes_of(path);
  values.emplace_back(context.community.id);
  values.emplace_back(context.now);
  std::vector<Holder> holders;
  for (const store::Row& row :
       context.db.query("SELECT g.account_id, a.name, a.phone, g.role, g.path,"
                        " EXISTS (SELECT 1 FROM absence x WHERE x.community_id = g.community_id"
                        " AND x.account_id = g.account_id AND x.from_at <= $9 AND x.until_at > $9)"
                        " FROM access_grant g JOIN account a ON a.id = g.account_id"
                        " WHERE g.community_id = $8 AND g.path IN ($1, $2, $3, $4, $5, $6, $7)"
                        " AND g.role IN ('worker', 'deputy', 'grid_head', 'leader', 'manager')"
                        " AND g.from_at <= $9 AND (g.until_at IS NULL OR g.until_at > $9)"
                        " AND a.closed_at IS NULL ORDER BY g.path DESC, g.id",
                        values)) {
    const auto role = access::role_from_word(row.text(3));
    if (!role) continue;
    holders.push_back(
        {{row.id<access::Account>(0), row.text(1), row.maybe_text(2).value_or(""), *role},
         row.text(4),
         row.boolean(5)});
  }
  return holders;
}

}  // namespace

std::optional<Responsible> responsible_for(api::Context& context, std::string_view path) {
  const std::vector<Holder> holders = holders_above(context, path);
  for (const Role role : succession) {
    for (const Holder& holder : holders) {  // Nearest first: longer paths sort last.
      if (holder.who.role == role && !holder.absent) return holder.who;
    }
  }
  return std::nullopt;
}

std::optional<Responsible> holder_of(api::Context& context, std::string_view path, Role role) {
  for (const Holder& holder : holders_above(context, path)) {
    if (holder.who.role == role) return holder.who;
  }
  return std::nullopt;
}

std::int64_t count_without_worker(api::Context& context) {
  std::vector<std::string> covered;
  for (const store::Row& row : context.db.query(
           "SELECT DISTINCT path FROM access_grant WHERE community_id = $1 AND role = 'worker'"
           " AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) ORDER BY path",
           {context.community.id, context.now})) {
    // Sorted, so a path below one that is covered already follows it.
    if (covered.empty() || !row.text(0).starts_with(covered.back())) covered.push_back(row.text(0));
  }
  const auto count = [&](std::string_view from, std::string_view until) {
    return context.db
        .first(
            "SELECT count(*) FROM {households} h WHERE h.path >= $1 AND h.path < $2"
            " AND h.ended_at IS NULL",
            {from, until})
        ->integer(0);
  };
  std::int64_t without = count("", "~");
  for (const std::string& path : covered) without -= count(path, access::path_end(path));
  return without;
}

}  // namespace doorstep::registry
