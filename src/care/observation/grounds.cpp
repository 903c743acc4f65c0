#include "care/observation/grounds.h"

#include <fmt/format.h>

#include "care/observation/claims.h"
#include "care/observation/contact.h"
#include "care/observation/controls.h"
#include "care/observation/removal.h"
#include "care/observation/subject.h"

namespace doorstep::observation {
namespace {

constexpr std::string_view columns =
    "g.id, g.observation_id, g.household_id, g.person_id, g.ground, g.source, g.started_on,"
    " g.length_days, g.first_day, g.ends_on, g.ended_at, g.end_reason";

GroundRow row_from(const store::Row& row) {
  GroundRow made;
  made.id = row.id<ObservationGround>(0);
  made.observation = row.id<Observation>(1);
  made.household = row.id<access::Household>(2);
  made.person = row.integer(3);
  made.ground = api::from_word<Ground>(row.text(4)).value_or(Ground::other);
  made.source = api::from_word<Source>(row.text(5)).value_or(Source::worker);
  made.started_on = row.day(6);
  made.length_days = row.integer(7);
  made.first_day = row.day(8);
  made.ends_on = row.day(9);
  made.ended_at = row.maybe_instant(10);
  made.end_reason = row.maybe_text(11);
  return made;
}

std::string of(std::int64_t person) {
  return person == 0 ? "all" : id_text(person);
}

/// What the open grounds come to, kept in the observation. False where none is open.
Result<bool> roll_up(api::WriteContext& context, Id<Observation> observation,
                     Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT min(first_day), max(ends_on), count(*) FILTER (WHERE ground <> 'voluntary')"
      " FROM observation_ground WHERE community_id = $1 AND observation_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, observation});
  if (row->is_null(0)) return false;
  context.tx.post(
      "UPDATE observation SET first_day = $3, ends_on = $4, ordered = $5"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, observation, row->day(0), row->day(1), row->integer(2) > 0});
  TRY(reschedule_release(context, household, row->day(1)));
  TRY(follow_order(context, household));
  return true;
}

/// Whoever is in the due set only from now on is asked still today while the window is open, as somebody is whose
/// household is opened now: also where those who were in it before have been heard of.
Result<void> ask_newcomers(api::WriteContext& context, Id<access::Household> household) {
  const Window first = TRY(first_window(context.rules(), context.community.zone, context.now));
  const auto owed = duty::find_open(context.db, context.community.id, contact, household.value());
  if (!owed || owed->from <= first.from) return {};
  const Subject subject = TRY(find_subject(context, household));
  const Instant reported = all_since(subject, subject.whole_at, &Subject::Member::reported_at);
  if (reported >= first.from) return {};
  context.tx.post(
      "UPDATE observation SET reported_at = $3 WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, household, reported});
  duty::reschedule(context, *owed, first.from, first.until);
  return {};
}

Result<bool> still_ordered(api::WriteContext& context, Id<Observation> observation) {
  const auto row =
      context.db.first("SELECT ordered FROM observation WHERE community_id = $1 AND id = $2",
                       {context.community.id, observation});
  if (!row) return Error{ErrorKind::not_found, "observation.unknown"};
  return row->boolean(0);
}

std::string path_of(api::WriteContext& context, Id<access::Household> household) {
  return context.db
      .first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
             {context.community.id, household})
      ->text(0);
}

/// `["..","..."]` of who lives there now.
std::string members_of(api::WriteContext& context, Id<access::Household> household) {
  std::string list = "[";
  for (const store::Row& row :
       context.db.query("SELECT person_id FROM residence WHERE community_id = $1"
                        " AND household_id = $2 AND until_on IS NULL ORDER BY id",
                        {context.community.id, household})) {
    list += (list.size() > 1 ? ",\"" : "\"") + id_text(row.integer(0)) + "\"";
  }
  return list + "]";
}

Id<Observation> open_observation(api::WriteContext& context, const NewGround& wanted,
                                 const ObservationPeriod& period) {
  const auto id = context.new_id<Observation>();
  context.tx.post(
      "INSERT INTO observation (community_id, id, household_id, path, ordered, first_day, ends_on,"
      " opened_at, opened_by, reported_at, whole_at, heard_at, unwell_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0)",
      {context.community.id, id, wanted.household, wanted.path, wanted.ground != Ground::voluntary,
       period.first_day(), period.release_day(), context.now, context.actor.id});
  // What its members said in an earlier period says nothing of this one, as what was said for all does not.
  context.tx.post("DELETE FROM member_report WHERE community_id = $1 AND household_id = $2",
                  {context.community.id, wanted.household});
  return id;
}

}  // namespace

std::vector<GroundRow> grounds_of(store::Snapshot& db, Id<access::Community> community,
                                  Id<Observation> observation) {
  std::vector<GroundRow> grounds;
  for (const store::Row& row : db.query("SELECT " + std::string(columns) +
                                            " FROM observation_ground g WHERE g.community_id = $1"
                                            " AND g.observation_id = $2 ORDER BY g.id",
                                        {community, observation})) {
    grounds.push_back(row_from(row));
  }
  return grounds;
}

std::optional<GroundRow> find_ground(const api::Context& context, Id<ObservationGround> id) {
  const auto row =
      context.db.first("SELECT " + std::string(columns) +
                           " FROM observation_ground g JOIN {households} h"
                           " ON h.community_id = g.community_id AND h.id = g.household_id"
                           " WHERE g.id = $1 AND g.ended_at IS NULL",
                       {id});
  if (!row) return std::nullopt;
  return row_from(*row);
}

Result<bool> add_ground(api::WriteContext& context, const NewGround& wanted,
                        const ObservationPeriod& period, const duty::Roster& roster) {
  const auto standing = context.db.first(
      "SELECT o.id, EXISTS (SELECT 1 FROM observation_ground g WHERE g.community_id = $1"
      " AND g.household_id = $2 AND g.person_id = $3 AND g.ground = $4 AND g.ended_at IS NULL)"
      " FROM observation o WHERE o.community_id = $1 AND o.household_id = $2"
      " AND o.ended_at IS NULL",
      {context.community.id, wanted.household, wanted.person, api::word(wanted.ground)});
  if (standing && standing->boolean(1)) return false;
  const Id<Observation> observation =
      standing ? standing->id<Observation>(0) : open_observation(context, wanted, period);
  const auto id = context.new_id<ObservationGround>();
  context.tx.post(
      "INSERT INTO observation_ground (community_id, id, observation_id, household_id, person_id,"
      " ground, source, started_on, length_days, first_day, ends_on, opened_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {context.community.id, id, observation, wanted.household, wanted.person,
       api::word(wanted.ground), api::word(wanted.source), wanted.started_on, period.length(),
       period.first_day(), period.release_day(), context.now});
  const std::string what =
      fmt::format(R"("ground":"{}","of":"{}","ordered":{},"first_day":"{}","ends_on":"{}"}})",
                  to_text(id), of(wanted.person), wanted.ground != Ground::voluntary,
                  to_text(period.first_day()), to_text(period.release_day()));
  const std::string household = R"({"household":")" + to_text(wanted.household) + R"(",)";
  if (standing) {
    context.journal("observation.ground_added", observation.value(), wanted.path, household + what);
    const bool goes_on = TRY(roll_up(context, observation, wanted.household));
    TRY(ask_newcomers(context, wanted.household));
    return goes_on;
  }
  context.journal("observation.opened", observation.value(), wanted.path,
                  household + R"("members":)" + members_of(context, wanted.household) + "," + what);
  TRY(open_duties(context, wanted.household, wanted.path, period.release_day(), roster));
  return true;
}

Result<void> change_ground(api::WriteContext& context, const GroundRow& ground,
                           std::string_view kind, Day started_on, const ObservationPeriod& period,
                           const std::string& reason) {
  context.tx.post(
      "INSERT INTO observation_change (community_id, id, ground_id, kind, ends_on_before,"
      " ends_on_after, reason, at, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {context.community.id, context.new_id<struct ObservationChange>(), ground.id, kind,
       ground.ends_on, period.release_day(), reason, context.now, context.actor.id});
  context.tx.post(
      "UPDATE observation_ground SET started_on = $3, length_days = $4, first_day = $5,"
      " ends_on = $6 WHERE community_id = $1 AND id = $2",
      {context.community.id, ground.id, started_on, period.length(), period.first_day(),
       period.release_day()});
  context.journal("observation.changed", ground.observation.value(),
                  path_of(context, ground.household),
                  fmt::format(R"({{"household":"{}","ground":"{}","kind":"{}","before":"{}",)"
                              R"("ends_on":"{}"}})",
                              to_text(ground.household), to_text(ground.id), kind,
                              to_text(ground.ends_on), to_text(period.release_day())));
  (void)TRY(roll_up(context, ground.observation, ground.household));
  return {};
}

Result<void> end_ground(api::WriteContext& context, const GroundRow& ground, EndReason reason) {
  const std::string path = path_of(context, ground.household);
  context.tx.post(
      "UPDATE observation_ground SET ended_at = $3, end_reason = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, ground.id, context.now, api::word(reason)});
  context.journal("observation.ground_ended", ground.observation.value(), path,
                  fmt::format(R"({{"household":"{}","ground":"{}","of":"{}","reason":"{}"}})",
                              to_text(ground.household), to_text(ground.id), of(ground.person),
                              api::word(reason)));
  const bool controlled = TRY(still_ordered(context, ground.observation));
  if (TRY(roll_up(context, ground.observation, ground.household))) {
    // By choice alone from now on: the care goes on, the control is over.
    if (controlled && !TRY(still_ordered(context, ground.observation))) {
      TRY(owe_removal(context, ground.household, path));
    }
    return {};
  }
  context.tx.post(
      "UPDATE observation SET ended_at = $3, end_reason = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, ground.observation, context.now, api::word(reason)});
  context.journal("observation.ended", ground.observation.value(), path,
                  fmt::format(R"({{"household":"{}","reason":"{}"}})", to_text(ground.household),
                              api::word(reason)));
  drop_claims(context, ground.observation);
  excuse_duties(context, ground.household,
                reason == EndReason::completed ? "released" : api::word(reason));
  // What never was, and what is looked after as others, has nothing of its own at the door.
  const bool was = reason != EndReason::entered_in_error && reason != EndReason::merged;
  if (controlled && was) {
    TRY(owe_removal(context, ground.household, path));
  }
  return {};
}

}  // namespace doorstep::observation
