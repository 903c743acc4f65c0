/// \file Whom the household has named (N18).

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  void fields(auto& f) { f("household", household); }
};

struct Trusted {
  Id<access::Link> id;
  std::string name;
  Instant created_at{};
  std::optional<Instant> last_used_at;

  void fields(auto& f) {
    f("id", id);
    f("name", name, api::Class::name);
    f("created_at", created_at);
    f("last_used_at", last_used_at);
  }
};

struct Answer {
  std::string path;
  std::vector<Trusted> rows;
  void fields(auto& f) {
    f.at(path);
    f("rows", rows);
  }
};

/// Errors: not_found "household.unknown".
Result<Answer> list(api::Context& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Answer answer{home->text(0), {}};
  for (const store::Row& row : context.db.query(
           "SELECT id, name, created_at, last_used_at FROM link_token WHERE community_id = $1"
           " AND household_id = $2 AND trusted AND revoked_at IS NULL ORDER BY id",
           {context.community.id, household})) {
    answer.rows.push_back(
        {row.id<access::Link>(0), row.text(1), row.instant(2), row.maybe_instant(3)});
  }
  return answer;
}

}  // namespace

api::Endpoint list_trusted() {
  return api::query("/api/v1/trusted", "trusted.edit", "Whom the household has named", list);
}

}  // namespace doorstep::registry
