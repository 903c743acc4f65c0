/// \file Say for how many days what there is to eat will last: the household itself, or who asked (D33).
/// A day or less is a task now (F8).
///
/// Source: 「僅僅靠着年前留下的“餘糧”度日」 (S0).

#include <fmt/format.h>

#include "care/supply/level.h"

namespace doorstep::supply {
namespace {

constexpr std::int64_t days_max = 60;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::int64_t food_days = 0;
  void fields(auto& f) {
    f("household", household);
    f("food_days", food_days);
  }
};

struct Response {
  Day until{};        ///< The last day it lasts.
  bool task = false;  ///< Somebody brings a pack now.
  void fields(auto& f) {
    f("until", until);
    f("task", task);
  }
};

/// Errors: not_found "household.unknown"; invalid "supplies.days" (below 0, or over 60),
/// "field.household".
Result<Response> record(api::WriteContext& context, const Request& request) {
  const auto named =
      context.actor.is_link() ? std::optional(context.actor.household) : request.household;
  if (!named) return Error{ErrorKind::invalid, "field.household", "missing"};
  const auto home = context.db.first(
      "SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL", {*named});
  if (!home || request.household.value_or(*named) != *named) {
    return Error{ErrorKind::not_found, "household.unknown"};
  }
  if (request.food_days < 0 || request.food_days > days_max) {
    return Error{ErrorKind::invalid, "supplies.days"};
  }
  Response made{context.today() + std::chrono::days{request.food_days}};
  context.tx.post(
      "INSERT INTO supply_level (community_id, household_id, until_on, asked_at, by)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (community_id, household_id) DO UPDATE SET"
      " until_on = excluded.until_on, asked_at = excluded.asked_at, by = excluded.by",
      {context.community.id, *named, made.until, context.now, context.actor.id});
  const std::string path = home->text(0);
  context.journal("supplies.recorded", named->value(), path);
  made.task = request.food_days <= task_days;
  if (made.task) {
    TRY(duty::open(context, food_low, {named->value(), path, context.now, context.now}));
  } else if (const auto owing =
                 duty::find_open(context.db, context.community.id, food_low, named->value())) {
    duty::excuse(context, *owing, "enough");
  }
  return made;
}

}  // namespace

api::Endpoint record_supplies() {
  return api::command(api::Method::post, "/api/v1/supplies", "need.ask",
                      "Say how long food will last", record);
}

}  // namespace doorstep::supply
