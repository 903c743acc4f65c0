#include "care/observation/areas.h"

#include <fmt/format.h>

namespace doorstep::observation {
namespace {

constexpr std::string_view columns =
    "a.id, a.place_id, a.path, a.status, a.from_on, a.until_on, a.reason, a.set_at, a.set_by";

AreaRow row_from(const store::Row& row) {
  AreaRow made;
  made.id = row.id<AreaStatus>(0);
  made.place = row.id<access::Place>(1);
  made.path = row.text(2);
  made.status = api::from_word<Area>(row.text(3)).value_or(Area::normal);
  made.from_on = row.day(4);
  made.until_on = row.day(5);
  made.reason = row.text(6);
  made.set_at = row.instant(7);
  made.set_by = row.integer(8);
  return made;
}

/// What stood for days from `from` on: cut off there, or replaced whole.
void cut_off(api::WriteContext& context, Id<access::Place> place, Day from) {
  for (const AreaRow& one : areas_of(context.db, context.community.id, place)) {
    if (one.until_on <= from) continue;
    if (one.from_on < from) {
      context.tx.run("UPDATE area_status SET until_on = $3 WHERE community_id = $1 AND id = $2",
                     {context.community.id, one.id, from});
    } else {
      context.tx.run("UPDATE area_status SET replaced_at = $3 WHERE community_id = $1 AND id = $2",
                     {context.community.id, one.id, context.now});
    }
    const auto owed = duty::find_open(context.db, context.community.id, area_end, one.id.value());
    if (owed) duty::excuse(context, *owed, "replaced");
  }
}

}  // namespace

std::optional<AreaRow> area_on(store::Snapshot& db, Id<access::Community> community,
                               const std::string& path, Day day) {
  std::optional<AreaRow> strictest;
  for (const store::Row& row : db.query(
           "SELECT " + std::string(columns) +
               " FROM area_status a WHERE a.community_id = $1 AND a.replaced_at IS NULL"
               " AND a.from_on <= $2 AND a.until_on > $2 AND substr($3, 1, length(a.path)) = a.path"
               " ORDER BY a.id",
           {community, day, path})) {
    AreaRow one = row_from(row);
    if (!strictest || one.status > strictest->status) strictest = std::move(one);
  }
  return strictest;
}

std::vector<AreaRow> areas_of(store::Snapshot& db, Id<access::Community> community,
                              Id<access::Place> place) {
  std::vector<AreaRow> rows;
  for (const store::Row& row :
       db.query("SELECT " + std::string(columns) +
                    " FROM area_status a WHERE a.community_id = $1 AND a.place_id = $2"
                    " AND a.replaced_at IS NULL ORDER BY a.from_on DESC, a.id DESC",
                {community, place})) {
    rows.push_back(row_from(row));
  }
  return rows;
}

Result<Id<AreaStatus>> set_area(api::WriteContext& context, const AreaRow& wanted) {
  cut_off(context, wanted.place, wanted.from_on);
  const auto id = context.new_id<AreaStatus>();
  context.tx.run(
      "INSERT INTO area_status (community_id, id, place_id, path, status, from_on, until_on,"
      " reason, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {context.community.id, id, wanted.place, wanted.path, api::word(wanted.status),
       wanted.from_on, wanted.until_on, wanted.reason, context.now, context.actor.id});
  context.journal(
      "area.set", wanted.place.value(), wanted.path,
      fmt::format(R"({{"id":"{}","status":"{}","from":"{}","until":"{}"}})", to_text(id),
                  api::word(wanted.status), to_text(wanted.from_on), to_text(wanted.until_on)));
  if (wanted.status == Area::normal) return id;
  const Instant due =
      context.community.zone.at(wanted.until_on - std::chrono::days{1},
                                TRY(context.rules().time_of_day("observation.release_from")));
  TRY(duty::open(context, area_end, {id.value(), wanted.path, context.now, due}));
  return id;
}

}  // namespace doorstep::observation
