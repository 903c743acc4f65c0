/// \file Show the number of somebody who moves here from another community, for a reason; the household that they leave
/// reads it there.

#include "care/rights/reveals.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<struct Transfer> transfer;
  RevealReason reason = RevealReason::call_back;
  void fields(auto& f) {
    f("transfer", transfer);
    f("reason", reason);
  }
};

struct Phone {
  Id<struct ContactPoint> id;
  std::string number;
  void fields(auto& f) {
    f("id", id);
    f("number", number);
  }
};

struct Answer {
  std::string path;  ///< Of the whole community: they live nowhere here yet.
  std::vector<Phone> phones;
  void fields(auto& f) {
    f.at(path);
    f("phones", phones, api::Class::contact);
  }
};

/// Errors: not_found "transfer.unknown" (none, or answered already); those of the rule pack.
Result<Answer> reveal(api::WriteContext& context, const Request& request) {
  const auto found = context.db.first(
      "SELECT community_id, household_id, person_id FROM transfer WHERE to_community_id = $1"
      " AND id = $2 AND state = 'offered'",
      {context.community.id, request.transfer});
  if (!found || !context.scope.whole()) return Error{ErrorKind::not_found, "transfer.unknown"};
  Answer answer;
  for (const store::Row& row : context.db.query(
           "SELECT DISTINCT c.id, c.value FROM contact_point_use u JOIN contact_point c"
           " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
           " WHERE u.community_id = $1 AND u.household_id = $2 AND u.person_id = $3 ORDER BY c.id",
           {found->integer(0), found->integer(1), found->integer(2)})) {
    answer.phones.push_back({row.id<ContactPoint>(0), row.text(1)});
  }
  TRY(note_reveal(context, found->integer(0), found->integer(1), "", request.reason));
  return answer;
}

}  // namespace

api::Endpoint reveal_arrival() {
  return api::command(api::Method::post, "/api/v1/arrivals/{transfer}/reveal", "transfer.answer",
                      "Show the number of somebody who moves here, with a reason", reveal);
}

}  // namespace doorstep::rights
