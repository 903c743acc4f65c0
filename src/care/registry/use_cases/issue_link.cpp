/// \file Make one more named link for a household: "女儿手机", "家里的旧手机".

#include "api/reach.h"
#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Household> household;
  std::string name;

  void fields(auto& f) {
    f("household", household);
    f("name", name);
  }
};

/// Errors: conflict "reach.desk"; not_found "household.unknown"; invalid "link.name".
Result<NewLink> issue(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  TRY(api::require_links(context));
  const std::string name = TRY(clean_link_name(request.name));
  return create_link(context, request.household, row->text(0), name);
}

}  // namespace

api::Endpoint issue_link() {
  return api::command(api::Method::post, "/api/v1/households/{household}/links", "link.issue",
                      "Make one more named link for a household", issue);
}

}  // namespace doorstep::registry
