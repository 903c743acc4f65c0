/// \file Carry out at the data-subject desk what somebody asked for there: to be erased, or all of their household.
/// Where it takes two, the second one presses the same.

#include "care/rights/erasure.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<SubjectRequest> request;
  void fields(auto& f) { f("request", request); }
};

struct Answer {
  std::vector<AskedErasure> erasures;
  void fields(auto& f) { f("erasures", erasures); }
};

/// Whom it is about: one person, or who lives there.
std::vector<Id<registry::Person>> people_of(const api::Context& context, const RequestRow& row) {
  if (row.person != 0) return {Id<registry::Person>{row.person}};
  std::vector<Id<registry::Person>> people;
  for (const store::Row& one :
       context.db.query("SELECT person_id FROM residence WHERE community_id = $1"
                        " AND household_id = $2 AND until_on IS NULL ORDER BY person_id",
                        {context.community.id, row.household})) {
    people.push_back(one.id<registry::Person>(0));
  }
  return people;
}

/// Errors: not_found "request.unknown"; conflict "request.no_erasure" (it asks for something else, was refused, or
/// nobody is left); those of ask_erasure(): then nobody was erased.
Result<Answer> carry_out(api::WriteContext& context, const Request& request) {
  const RequestRow row = TRY(some(find_request(context, request.request), "request.unknown"));
  const auto people = people_of(context, row);
  if (row.kind != RequestKind::erasure || row.state == RequestState::refused || people.empty()) {
    return Error{ErrorKind::conflict, "request.no_erasure"};
  }
  // Before it: a request that is open would be evidence, and what is erased takes its words along.
  if (row.state == RequestState::open) settle(context, row, RequestState::granted, "");
  Answer answer;
  for (const auto person : people) {
    answer.erasures.push_back(TRY(ask_erasure(context, person, Cause::asked, row.id.value())));
  }
  return answer;
}

}  // namespace

api::Endpoint erase_for_request() {
  return api::command(api::Method::post, "/api/v1/requests/{request}/erase", "person.erase",
                      "Erase whoever asked for it at the desk", carry_out);
}

}  // namespace doorstep::rights
