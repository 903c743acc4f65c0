/// \file Say what the hazard's level is today, and what is forecast for tomorrow (N29): from a typed value,
/// or by hand. What it asks for is owed at once.

#include "care/people/contacts.h"

namespace doorstep::people {

struct HazardLevel;

namespace {

constexpr std::int64_t value_max = 100'000;

struct Request {
  std::optional<std::int64_t> today_tenths;  ///< In tenths of the pack's unit: 394 is 39.4.
  std::optional<std::int64_t> tomorrow_tenths;
  std::optional<std::string> today_level;  ///< By hand, where no value says it.
  std::optional<std::string> tomorrow_level;

  void fields(auto& f) {
    f("today_tenths", today_tenths);
    f("tomorrow_tenths", tomorrow_tenths);
    f("today_level", today_level);
    f("tomorrow_level", tomorrow_level);
  }
};

struct Answer {
  std::string today;  ///< The level.
  std::string tomorrow;
  std::int64_t open = 0;  ///< Contacts of today that are open now.

  void fields(auto& f) {
    f("today", today);
    f("tomorrow", tomorrow);
    f("open", open);
  }
};

/// Errors: invalid "level.value", "level.unknown".
Result<void> say(api::WriteContext& context, const Hazard& hazard, Day day,
                 const std::optional<std::int64_t>& tenths,
                 const std::optional<std::string>& by_hand) {
  if (!tenths && !by_hand) return {};
  if (tenths && (*tenths < -value_max || *tenths > value_max)) {
    return Error{ErrorKind::invalid, "level.value"};
  }
  const LevelStep* step = by_hand ? hazard.find(*by_hand) : &hazard.reached(*tenths);
  if (step == nullptr) return Error{ErrorKind::invalid, "level.unknown"};
  const auto id = context.new_id<HazardLevel>();
  context.tx.post(
      "INSERT INTO hazard_level (community_id, id, day, value_tenths, level, said_at, said_by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {context.community.id, id, day, tenths, step->name, context.now, context.actor.id});
  context.journal("level.said", id.value(), "",
                  R"({"day":")" + to_text(day) + R"(","level":")" + step->name + '"' +
                      (tenths ? R"(,"tenths":)" + std::to_string(*tenths) : "") + "}");
  return {};
}

/// Errors: conflict "level.none" (the pack has no levels); invalid "level.value" (nothing was said, or
/// out of all bounds), "level.unknown".
Result<Answer> record(api::WriteContext& context, const Request& request) {
  if (!has_windows(context.rules())) return Error{ErrorKind::conflict, "level.none"};
  const Hazard hazard = TRY(Hazard::of(context.rules()));
  if (!request.today_tenths && !request.today_level && !request.tomorrow_tenths &&
      !request.tomorrow_level) {
    return Error{ErrorKind::invalid, "level.value"};
  }
  const Day today = context.today();
  const Day tomorrow = today + std::chrono::days{1};
  TRY(say(context, hazard, today, request.today_tenths, request.today_level));
  TRY(say(context, hazard, tomorrow, request.tomorrow_tenths, request.tomorrow_level));
  TRY(keep_contacts(context));
  Answer answer{TRY(level_of(context, today)).step.name,
                TRY(level_of(context, tomorrow)).step.name};
  answer.open = context.db
                    .first(
                        "SELECT count(*) FROM care_contact WHERE community_id = $1"
                        " AND day = $2 AND state = 'open'",
                        {context.community.id, today})
                    ->integer(0);
  return answer;
}

}  // namespace

api::Endpoint say_level() {
  return api::command(api::Method::post, "/api/v1/care/level", "rules.edit",
                      "Say the hazard's level of today and tomorrow", record);
}

}  // namespace doorstep::people
