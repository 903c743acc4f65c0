#include "care/rights/request.h"

namespace doorstep::rights {

std::optional<RequestRow> find_request(const api::Context& context, Id<SubjectRequest> id) {
  const auto row = context.db.first(
      "SELECT q.household_id, q.path, q.person_id, q.kind, q.state, q.asked_at,"
      " CASE WHEN q.by_link THEN q.asked_by ELSE 0 END"
      " FROM {households} h JOIN subject_request q ON q.community_id = h.community_id"
      " AND q.household_id = h.id WHERE q.community_id = $1 AND q.id = $2",
      {context.community.id, id});
  if (!row) return std::nullopt;
  return RequestRow{id,
                    row->id<access::Household>(0),
                    row->text(1),
                    row->integer(2),
                    api::from_word<RequestKind>(row->text(3)).value_or(RequestKind::access),
                    api::from_word<RequestState>(row->text(4)).value_or(RequestState::open),
                    row->instant(5),
                    row->integer(6)};
}

void settle(api::WriteContext& context, const RequestRow& request, RequestState state,
            const std::string& words) {
  context.tx.run(
      "UPDATE subject_request SET state = $3, answered_at = $4, answered_by = $5, answer = $6"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, request.id, api::word(state), context.now, context.actor.id, words});
  context.journal("request.answered", request.id.value(), request.path,
                  R"({"household":")" + to_text(request.household) + R"(","state":")" +
                      std::string(api::word(state)) + R"("})");
  const auto owed =
      duty::find_open(context.db, context.community.id, answer_owed, request.id.value());
  if (owed) duty::meet(context, *owed, request.id.value());
}

}  // namespace doorstep::rights
