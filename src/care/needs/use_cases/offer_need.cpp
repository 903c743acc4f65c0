/// \file Offer a need to whoever is nearest: helpers of the same building first, then the next (D26).

#include "care/needs/offer.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  void fields(auto& f) { f("need", need); }
};

struct Response {
  std::int64_t asked = 0;  ///< Helpers who see it now.
  void fields(auto& f) { f("asked", asked); }
};

/// Errors: not_found "need.unknown"; conflict "need.closed", "need.no_door", "need.private", "offer.nobody" (nobody is
/// left who could be asked).
Result<Response> offer(api::WriteContext& context, const Request& request) {
  const auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (!is_open(need->state)) return Error{ErrorKind::conflict, "need.closed"};
  if (!need->household) return Error{ErrorKind::conflict, "need.no_door"};
  if (need->only_me) return Error{ErrorKind::conflict, "need.private"};
  const std::int64_t asked = TRY(offer_to(context, *need, 0));
  if (asked == 0) return Error{ErrorKind::conflict, "offer.nobody"};
  return Response{asked};
}

}  // namespace

api::Endpoint offer_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/offer", "need.decide",
                      "Offer a need to whoever is nearest", offer);
}

}  // namespace doorstep::needs
