/// \file A household's links: what they are called, whether proved, when last used.

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

struct LinkView {
  Id<access::Link> id;
  std::string name;
  Instant created_at{};
  std::optional<Instant> proved_at;
  std::optional<Instant> last_used_at;
  std::optional<Instant> revoked_at;
  bool trusted = false;  ///< Of somebody elsewhere whom the household named.

  void fields(auto& f) {
    f("id", id);
    f("name", name, api::Class::name);
    f("created_at", created_at);
    f("proved_at", proved_at);
    f("last_used_at", last_used_at);
    f("revoked_at", revoked_at);
    f("trusted", trusted);
  }
};

struct Answer {
  std::string path;
  std::vector<LinkView> rows;
  void fields(auto& f) {
    f.at(path);
    f("rows", rows);
  }
};

/// Errors: not_found "household.unknown".
Result<Answer> list(api::Context& context, const Request& request) {
  const auto known =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {request.household});
  if (!known) return Error{ErrorKind::not_found, "household.unknown"};
  Answer answer{known->text(0), {}};
  for (const store::Row& row :
       context.db.query("SELECT id, name, created_at, proved_at, last_used_at, revoked_at, trusted"
                        " FROM link_token"
                        " WHERE community_id = $1 AND household_id = $2 ORDER BY id",
                        {context.community.id, request.household})) {
    answer.rows.push_back({row.id<access::Link>(0), row.text(1), row.instant(2),
                           row.maybe_instant(3), row.maybe_instant(4), row.maybe_instant(5),
                           row.boolean(6)});
  }
  return answer;
}

}  // namespace

api::Endpoint list_links() {
  return api::query("/api/v1/households/{household}/links", "link.list", "A household's links",
                    list);
}

}  // namespace doorstep::registry
