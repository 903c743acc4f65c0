/// \file Erase a person who asks for it, or who should never have been registered. Where what goes may still be
/// asked for, it takes two.

#include "care/duty/duty.h"
#include "care/rights/erasure.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<registry::Person> person;
  Cause cause = Cause::asked;
  void fields(auto& f) {
    f("person", person);
    f("cause", cause);
  }
};

/// Errors: not_found "person.unknown"; invalid "erasure.cause" (what the clock alone says); those of ask_erasure().
Result<AskedErasure> erase_person(api::WriteContext& context, const Request& request) {
  TRY(some(registry::find_person(context, request.person), "person.unknown"));
  if (request.cause == Cause::expired) return Error{ErrorKind::invalid, "erasure.cause"};
  return ask_erasure(context, request.person, request.cause, 0);
}

}  // namespace

api::Endpoint erase_person() {
  return api::command(api::Method::post, "/api/v1/people/{person}/erase", "person.erase",
                      "Erase a person who asks for it", erase_person);
}

}  // namespace doorstep::rights
