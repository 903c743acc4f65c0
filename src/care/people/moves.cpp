#include "care/people/moves.h"

#include "care/people/contacts.h"

namespace doorstep::people {
namespace {

struct NewHome {
  Id<access::Household> household{};
  std::string path = {};
};

std::optional<NewHome> home_of(const api::WriteContext& context, std::int64_t person) {
  const auto row = context.db.first(
      "SELECT h.id, h.path FROM residence r JOIN household h ON h.community_id = r.community_id"
      " AND h.id = r.household_id WHERE r.community_id = $1 AND r.person_id = $2"
      " AND r.until_on IS NULL AND h.ended_at IS NULL ORDER BY r.id DESC LIMIT 1",
      {context.community.id, person});
  if (!row) return std::nullopt;
  return NewHome{row->id<access::Household>(0), row->text(1)};
}

void leave(api::WriteContext& context, std::int64_t person, const std::string& path,
           Id<access::Household> household) {
  context.tx.run(
      "UPDATE care_person SET closed_at = $3, end_reason = 'moved_away' WHERE community_id = $1"
      " AND person_id = $2 AND closed_at IS NULL",
      {context.community.id, person, context.now});
  context.journal("care.ended", person, path,
                  R"({"household":")" + to_text(household) + R"(","reason":"moved_away"})");
  for (const duty::Kind& kind : {daily, medicine, ill}) {
    const auto owed = duty::find_open(context.db, context.community.id, kind, person);
    if (owed) duty::excuse(context, *owed, "moved_away");
  }
}

/// What was owed at the old door is owed at the new one, by who is responsible there, at the same time.
Result<void> go_along(api::WriteContext& context, std::int64_t person, const NewHome& to) {
  const std::int64_t follower = TRY(follower_for(context, to.path));
  context.tx.run(
      "UPDATE care_person SET household_id = $3, path = $4, follower_id = $5"
      " WHERE community_id = $1 AND person_id = $2 AND closed_at IS NULL",
      {context.community.id, person, to.household, to.path, follower});
  context.journal("care.entered", person, to.path,
                  R"({"household":")" + to_text(to.household) + R"(","follower":")" +
                      id_text(follower) + R"("})");
  for (const duty::Kind& kind : {daily, medicine, ill}) {
    const auto owed = duty::find_open(context.db, context.community.id, kind, person);
    if (!owed) continue;
    duty::excuse(context, *owed, "moved");
    TRY(duty::open(context, kind, {person, to.path, owed->from, owed->due}));
  }
  return move_contacts(context, person, to.household, to.path, follower);
}

}  // namespace

Result<void> follow_moves(api::WriteContext& context) {
  for (const store::Row& row : context.db.query(
           "SELECT l.person_id, c.household_id, c.path FROM care_left l LEFT JOIN care_person c"
           " ON c.community_id = l.community_id AND c.person_id = l.person_id"
           " AND c.closed_at IS NULL WHERE l.community_id = $1 ORDER BY l.person_id LIMIT 500",
           {context.community.id})) {
    const std::int64_t person = row.integer(0);
    context.tx.run("DELETE FROM care_left WHERE community_id = $1 AND person_id = $2",
                   {context.community.id, person});
    if (row.is_null(1)) continue;
    const auto to = home_of(context, person);
    if (!to) {
      leave(context, person, row.text(2), row.id<access::Household>(1));
    } else if (to->household != row.id<access::Household>(1)) {
      TRY(go_along(context, person, *to));
    }
  }
  return keep_contacts(context);
}

}  // namespace doorstep::people
