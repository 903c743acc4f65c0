/// \file Take what was offered, or say no (D26). The first yes has it, with its duty.

#include <algorithm>

#include "care/needs/offer.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Offer> offer;
  bool accept = false;
  void fields(auto& f) {
    f("offer", offer);
    f("accept", accept);
  }
};

struct Response {
  State state = State::waiting;  ///< Of the need.
  void fields(auto& f) { f("state", state); }
};

/// The one who said no is not waited for: the next are asked at once where it was the last.
Result<void> decline(api::WriteContext& context, const NeedRow& need, std::int64_t ring) {
  const auto left = context.db.first(
      "SELECT count(*) FROM need_offer WHERE community_id = $1 AND need_id = $2"
      " AND state = 'open'",
      {context.community.id, need.id});
  if (left->integer(0) == 0) (void)TRY(offer_to(context, need, ring + 1));
  return {};
}

/// Errors: not_found "offer.unknown" (not this actor's); conflict "offer.taken" (somebody else has it, or
/// it was decided).
Result<Response> answer(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT o.need_id, o.state, o.ring FROM need_offer o WHERE o.community_id = $1 AND o.id = $2"
      " AND o.account_id = $3",
      {context.community.id, request.offer, context.actor.id});
  if (!row) return Error{ErrorKind::not_found, "offer.unknown"};
  auto need = find_need(context, row->id<Need>(0));
  if (!need) return Error{ErrorKind::not_found, "offer.unknown"};
  // Said twice is said once.
  if (request.accept && row->text(1) == "accepted") return Response{need->state};
  if (row->text(1) != "open" || !is_open(need->state)) {
    return Error{ErrorKind::conflict, "offer.taken"};
  }
  context.tx.run(
      "UPDATE need_offer SET state = $3, answered_at = $4 WHERE community_id = $1 AND id = $2",
      {context.community.id, request.offer, request.accept ? "accepted" : "declined", context.now});
  if (!request.accept) {
    context.journal("offer.declined", need->id.value(), need->path);
    TRY(decline(context, *need, row->integer(2)));
    return Response{need->state};
  }
  end_offers(context, need->id);
  const Service service = TRY(service_of(context.rules(), need->service));
  const Instant due = context.now + std::chrono::minutes{service.minutes};
  change(context, *need, State::accepted, "offered", "",
         need->need_by ? std::max(context.now, std::min(due, *need->need_by)) : due);
  const auto owing = duty::find_open(context.db, context.community.id, owed, need->id.value());
  if (owing) duty::assign(context, *owing, context.actor.id, "offer");
  return Response{need->state};
}

}  // namespace

api::Endpoint answer_offer() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/offers/{offer}/answer", "",
                                    "Take what was offered, or say no", answer);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::needs
