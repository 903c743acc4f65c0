/// \file The household names somebody elsewhere, a daughter abroad (N18): a link of their own that shows
/// whether the household is safe and raises an alarm, and nothing personal.

#include "api/reach.h"
#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

constexpr std::int64_t trusted_max = 5;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::string name;                                ///< What the household calls them.

  void fields(auto& f) {
    f("household", household);
    f("name", name);
  }
};

/// Errors: not_found "household.unknown"; invalid "link.name"; conflict "trusted.too_many" (over 5),
/// "reach.desk".
Result<NewLink> name_one(api::WriteContext& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  const auto row = context.db.first(
      "SELECT h.path, (SELECT count(*) FROM link_token l WHERE l.community_id = h.community_id"
      " AND l.household_id = h.id AND l.trusted AND l.revoked_at IS NULL) FROM {households} h"
      " WHERE h.id = $1 AND h.ended_at IS NULL",
      {household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  TRY(api::require_links(context));
  const std::string name = TRY(clean_link_name(request.name));
  if (row->integer(1) >= trusted_max) return Error{ErrorKind::conflict, "trusted.too_many"};
  return create_link(context, household, row->text(0), name, true);
}

}  // namespace

api::Endpoint name_trusted() {
  return api::command(api::Method::post, "/api/v1/trusted", "trusted.edit",
                      "The household names somebody elsewhere", name_one);
}

}  // namespace doorstep::registry
