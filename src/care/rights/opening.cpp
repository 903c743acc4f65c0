#include "care/rights/opening.h"

namespace doorstep::rights {

std::optional<OpeningRow> find_opening(const api::Context& context, Id<Opening> id) {
  const auto row = context.db.first(
      "SELECT o.household_id, o.path, o.account_id, o.until_at, o.ended_at, o.reviewed_at"
      " FROM {households} h JOIN opening o ON o.community_id = h.community_id"
      " AND o.household_id = h.id WHERE o.community_id = $1 AND o.id = $2",
      {context.community.id, id});
  if (!row) return std::nullopt;
  return OpeningRow{id,
                    row->id<access::Household>(0),
                    row->text(1),
                    row->integer(2),
                    row->instant(3),
                    !row->is_null(4),
                    !row->is_null(5)};
}

bool is_opened(const api::Context& context, Id<access::Household> household) {
  return context.db
      .first(
          "SELECT 1 FROM opening WHERE community_id = $1 AND account_id = $2"
          " AND household_id = $3 AND opened_at <= $4 AND until_at > $4 AND ended_at IS NULL",
          {context.community.id, context.actor.id, household, context.now})
      .has_value();
}

Result<std::string> path_reached(const api::Context& context, Id<access::Place> dwelling,
                                 const std::string& path) {
  if (context.scope.covers(path)) return path;
  const auto home = context.db.first(
      "SELECT h.path FROM {households} h WHERE h.dwelling_id = $1 AND h.ended_at IS NULL"
      " ORDER BY h.path LIMIT 1",
      {dwelling});
  if (!home) return Error{ErrorKind::not_found, "place.unknown"};
  return home->text(0);
}

void end_opening(api::WriteContext& context, const OpeningRow& opening) {
  if (opening.ended || opening.until <= context.now) return;
  context.tx.run("UPDATE opening SET ended_at = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, opening.id, context.now});
  context.journal("opening.closed", opening.id.value(), opening.path,
                  R"({"household":")" + to_text(opening.household) + R"("})");
}

}  // namespace doorstep::rights
