#include "care/registry/worker_grants.h"

#include <fmt/format.h>

namespace doorstep::registry {

WorkerGrants WorkerGrants::load(api::Context& context) {
  WorkerGrants made;
  for (const store::Row& row :
       context.db.query("SELECT g.account_id, g.path, a.name FROM access_grant g JOIN account a"
                        " ON a.id = g.account_id WHERE g.community_id = $1 AND g.role = 'worker'"
                        " AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)"
                        " AND a.closed_at IS NULL ORDER BY g.path, g.id",
                        {context.community.id, context.now})) {
    const bool second = !made.grants_.empty() && made.grants_.back().path == row.text(1);
    if (!second) made.grants_.push_back({row.id<access::Account>(0), row.text(1), row.text(2)});
  }
  return made;
}

std::string WorkerGrants::name_at(std::string_view path) const {
  std::string name;
  for (const Grant& grant : grants_) {
    if (path.starts_with(grant.path)) name = grant.name;
  }
  return name;
}

std::string WorkerGrants::condition(Id<access::Account> worker, store::Values& values) const {
  const auto range = [&](const std::string& path) {
    values.emplace_back(path);
    values.emplace_back(access::path_end(path));
    return fmt::format("h.path >= ${} AND h.path < ${}", values.size() - 1, values.size());
  };
  std::string any = "FALSE";
  for (const Grant& own : grants_) {
    if (own.account != worker) continue;
    any += " OR (" + range(own.path);
    for (const Grant& other : grants_) {
      const bool nearer = other.path.size() > own.path.size() && other.path.starts_with(own.path);
      if (nearer && other.account != own.account) any += " AND NOT (" + range(other.path) + ")";
    }
    any += ")";
  }
  return "(" + any + ")";
}

}  // namespace doorstep::registry
