/// \file Show the numbers of a household in full, for a reason that is kept and that the household can read. In a
/// call round they stand in full: there somebody is owed the call.

#include "care/rights/reveals.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<access::Household> household;
  RevealReason reason = RevealReason::call_back;
  void fields(auto& f) {
    f("household", household);
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
  std::string path;
  std::vector<Phone> phones;
  void fields(auto& f) {
    f.at(path);
    f("phones", phones, api::Class::contact);
  }
};

/// Errors: not_found "household.unknown"; those of the rule pack.
Result<Answer> reveal(api::WriteContext& context, const Request& request) {
  const auto home = context.db.first("SELECT h.path FROM {households_contact} h WHERE h.id = $1",
                                     {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Answer answer{home->text(0), {}};
  for (const store::Row& row : context.db.query(
           "SELECT DISTINCT c.id, c.value FROM contact_point_use u JOIN contact_point c"
           " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
           " WHERE u.community_id = $1 AND u.household_id = $2 ORDER BY c.id",
           {context.community.id, request.household})) {
    answer.phones.push_back({row.id<ContactPoint>(0), row.text(1)});
  }
  TRY(note_reveal(context, context.community.id.value(), request.household.value(), answer.path,
                  request.reason));
  return answer;
}

}  // namespace

api::Endpoint reveal_phones() {
  return api::command(api::Method::post, "/api/v1/households/{household}/reveal", "phone.reveal",
                      "Show the numbers of a household, with a reason", reveal);
}

}  // namespace doorstep::rights
