#include "care/observation/moves.h"

#include <algorithm>

#include "care/observation/grounds.h"
#include "care/observation/transfer.h"
#include "care/observation/whereabouts.h"

namespace doorstep::observation {
namespace {

struct Left {
  Id<access::Household> household{};
  std::int64_t person = 0;
};

struct NewHome {
  Id<access::Household> household{};
  std::string path;
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

bool lives_in(const api::WriteContext& context, Id<access::Household> household,
              std::optional<std::int64_t> person) {
  return context.db
      .first(
          "SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2"
          " AND until_on IS NULL AND ($3 = 0 OR person_id = $3) LIMIT 1",
          {context.community.id, household, person.value_or(0)})
      .has_value();
}

/// Died as somebody said and a second person confirmed.
bool has_died(const api::WriteContext& context, std::int64_t person) {
  return context.db
      .first(
          "SELECT 1 FROM whereabouts WHERE community_id = $1 AND person_id = $2"
          " AND state = 'deceased' AND confirmed_by IS NOT NULL LIMIT 1",
          {context.community.id, person})
      .has_value();
}

std::vector<GroundRow> open_grounds(const api::WriteContext& context,
                                    Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT id FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, household});
  if (!row) return {};
  auto grounds = grounds_of(context.db, context.community.id, row->id<Observation>(0));
  std::erase_if(grounds, [](const GroundRow& one) { return one.ended_at.has_value(); });
  return grounds;
}

Result<void> go_along(api::WriteContext& context, const GroundRow& ground, std::int64_t person,
                      const NewHome& to, const duty::Roster& roster) {
  const auto period =
      TRY(ObservationPeriod::after_event(context.rules(), ground.started_on, ground.length_days));
  (void)TRY(add_ground(
      context, {to.household, to.path, person, ground.ground, ground.source, ground.started_on},
      period, roster));
  return {};
}

Result<void> follow(api::WriteContext& context, const Left& left, const duty::Roster& roster) {
  // An import that was taken back: they never left.
  if (lives_in(context, left.household, left.person)) return {};
  const bool emptied = !lives_in(context, left.household, std::nullopt);
  const bool died = has_died(context, left.person);
  const auto to = died ? std::nullopt : home_of(context, left.person);
  for (const GroundRow& ground : open_grounds(context, left.household)) {
    const bool covered = ground.person == 0 || ground.person == left.person;
    if (covered && to) TRY(go_along(context, ground, left.person, *to, roster));
    if (ground.person != left.person && !emptied) continue;
    TRY(end_ground(context, ground, died ? EndReason::deceased : EndReason::transferred));
  }
  return {};
}

}  // namespace

Result<void> follow_moves(api::WriteContext& context) {
  TRY(follow_transfers(context));
  const auto rows = context.db.query(
      "SELECT household_id, person_id FROM residence_left WHERE community_id = $1"
      " ORDER BY household_id, person_id LIMIT 500",
      {context.community.id});
  if (rows.empty()) return {};
  const duty::Roster roster = duty::Roster::load(context);
  for (const store::Row& row : rows) {
    const Left left{row.id<access::Household>(0), row.integer(1)};
    TRY(follow(context, left, roster));
    context.tx.run(
        "DELETE FROM residence_left WHERE community_id = $1 AND household_id = $2"
        " AND person_id = $3",
        {context.community.id, left.household, left.person});
  }
  return {};
}

}  // namespace doorstep::observation
