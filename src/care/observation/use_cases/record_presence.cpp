/// \file Say what was seen at a door where nobody is known. Somebody there becomes a household of the
/// due set at once; "empty" needs a second sign by another person (N20, N22).

#include "care/observation/control_allowed.h"
#include "care/observation/grounds.h"
#include "care/observation/presence.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t sign_length_max = 100;

struct Request {
  Id<access::Place> dwelling;
  Presence outcome = Presence::present;
  std::string sign;  ///< What was seen or heard: "电表不走".

  void fields(auto& f) {
    f("dwelling", dwelling);
    f("outcome", outcome);
    f("sign", sign);
  }
};

struct Answer {
  std::optional<Id<access::Household>> household;  ///< The one that was found.
  std::int64_t signs = 0;                          ///< That it is empty, by different persons.
  bool settled = false;

  void fields(auto& f) {
    f("household", household);
    f("signs", signs);
    f("settled", settled);
  }
};

void keep_sign(api::WriteContext& context, const Request& request, const std::string& sign,
               const std::string& path) {
  context.tx.post(
      "INSERT INTO presence_sign (community_id, dwelling_id, number, outcome, sign, at, by)"
      " SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 FROM presence_sign"
      " WHERE community_id = $1 AND dwelling_id = $2",
      {context.community.id, request.dwelling, api::word(request.outcome), sign, context.now,
       context.actor.id});
  context.journal("presence.recorded", request.dwelling.value(), path,
                  R"({"outcome":")" + std::string(api::word(request.outcome)) + R"("})");
}

/// As long as the building's own observation: the ground of a neighbour under the same closing.
Result<ObservationPeriod> period_here(api::WriteContext& context, const std::string& path,
                                      Day& started_on) {
  const auto building = access::id_in_path(path, 'b');
  const std::string below = building ? path.substr(0, path.find('b') + 15) : path;
  const auto row = context.db.first(
      "SELECT g.started_on, g.length_days FROM observation o JOIN observation_ground g"
      " ON g.community_id = o.community_id AND g.observation_id = o.id"
      " WHERE o.community_id = $1 AND o.path >= $2 AND o.path < $3 AND g.ground = 'area'"
      " AND g.ended_at IS NULL ORDER BY g.ends_on DESC LIMIT 1",
      {context.community.id, below, access::path_end(below)});
  started_on = row ? row->day(0) : context.today();
  return ObservationPeriod::after_event(
      context.rules(), started_on,
      row ? std::optional(row->integer(1)) : std::optional<std::int64_t>{});
}

Result<Id<access::Household>> found(api::WriteContext& context, const Request& request) {
  const auto household = TRY(registry::create_household(context, request.dwelling));
  context.journal("household.created", household.id.value(), household.path);
  NewGround ground{household.id, household.path, 0, Ground::area, Source::found, Day{}};
  const auto period = TRY(period_here(context, household.path, ground.started_on));
  (void)TRY(add_ground(context, ground, period, duty::Roster::load(context)));
  return household.id;
}

/// By different persons, since somebody last said otherwise.
std::int64_t empty_signs(api::WriteContext& context, const Request& request) {
  return context.db
      .first(
          "SELECT count(DISTINCT by) FROM presence_sign WHERE community_id = $1"
          " AND dwelling_id = $2 AND outcome = 'empty' AND number > coalesce((SELECT max(o.number)"
          " FROM presence_sign o WHERE o.community_id = $1 AND o.dwelling_id = $2"
          " AND o.outcome <> 'empty'), 0)",
          {context.community.id, request.dwelling})
      ->integer(0);
}

/// Errors: not_found "place.unknown"; conflict "presence.known" (somebody is known to live here);
/// invalid "presence.sign" (empty or over 100 characters).
Result<Answer> record(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto place = context.db.first(
      "SELECT p.path, EXISTS (SELECT 1 FROM household h WHERE h.community_id = p.community_id"
      " AND h.dwelling_id = p.id AND h.ended_at IS NULL) FROM {places} p"
      " WHERE p.id = $1 AND p.kind = 'dwelling'",
      {request.dwelling});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  if (place->boolean(1)) return Error{ErrorKind::conflict, "presence.known"};
  const std::string sign =
      TRY(registry::clean_text(request.sign, sign_length_max, "presence.sign"));
  if (sign.empty()) return Error{ErrorKind::invalid, "presence.sign"};
  const auto owed =
      duty::find_open(context.db, context.community.id, presence, request.dwelling.value());
  keep_sign(context, request, sign, place->text(0));
  Answer answer;
  if (request.outcome == Presence::present || request.outcome == Presence::stranded) {
    answer.household = TRY(found(context, request));
    answer.settled = true;
  } else if (request.outcome == Presence::empty) {
    answer.signs = empty_signs(context, request);
    answer.settled = answer.signs >= 2;
  } else if (owed) {
    const std::chrono::hours again{24};
    duty::reschedule(context, *owed, context.now, context.now + again);
  }
  if (answer.settled && owed) duty::meet(context, *owed, request.dwelling.value());
  return answer;
}

}  // namespace

api::Endpoint record_presence() {
  return api::command(api::Method::post, "/api/v1/presence", "presence.record",
                      "Say what was seen where nobody is known", record);
}

}  // namespace doorstep::observation
