/// \file A lesson in ordering online was held: who came, and who can do it from now on (D16, D17). From
/// then on their way to goods is their own.
///
/// Source: 「線上教學使用網上購物軟件」 (S0).

#include <fmt/format.h>

#include "care/registry/households.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Lesson;

namespace {

constexpr std::size_t attendees_max = 200;

struct Attendee {
  Id<access::Household> household;
  bool shops = false;  ///< Can order by itself now.
  void fields(auto& f) {
    f("household", household);
    f("shops", shops);
  }
};

struct Request {
  std::string topic;
  std::string channel;  ///< "video", "door", "phone".
  std::vector<Attendee> attendees;
  void fields(auto& f) {
    f("topic", topic);
    f("channel", channel);
    f("attendees", attendees);
  }
};

struct Response {
  Id<Lesson> id;
  std::int64_t attended = 0;
  std::int64_t changed = 0;  ///< Can order by themselves and could not before.
  void fields(auto& f) {
    f("id", id);
    f("attended", attended);
    f("changed", changed);
  }
};

/// Errors: invalid "lesson.topic", "lesson.channel", "lesson.attendees" (nobody, too many, one twice);
/// not_found "household.unknown".
Result<Response> hold(api::WriteContext& context, const Request& request) {
  const std::string topic = TRY(registry::clean_text(request.topic, 60, "lesson.topic"));
  if (topic.empty()) return Error{ErrorKind::invalid, "lesson.topic"};
  if (request.channel != "video" && request.channel != "door" && request.channel != "phone") {
    return Error{ErrorKind::invalid, "lesson.channel"};
  }
  if (request.attendees.empty() || request.attendees.size() > attendees_max) {
    return Error{ErrorKind::invalid, "lesson.attendees"};
  }
  Response made{context.new_id<Lesson>()};
  context.tx.post(
      "INSERT INTO lesson (community_id, id, topic, channel, at, by) VALUES ($1, $2, $3, $4, $5,"
      " $6)",
      {context.community.id, made.id, topic, request.channel, context.now, context.actor.id});
  for (const Attendee& one : request.attendees) {
    const auto home = registry::find_household(context, one.household);
    if (!home || home->ended_at) return Error{ErrorKind::not_found, "household.unknown"};
    const auto added = context.tx.run(
        "INSERT INTO lesson_attendee (community_id, lesson_id, household_id, shops)"
        " VALUES ($1, $2, $3, $4) ON CONFLICT (community_id, lesson_id, household_id) DO NOTHING",
        {context.community.id, made.id, one.household, one.shops});
    if (added == 0) return Error{ErrorKind::invalid, "lesson.attendees"};
    ++made.attended;
    if (!one.shops || home->digital == registry::Digital::shops) continue;
    ++made.changed;
    context.tx.post("UPDATE household SET digital = 'shops' WHERE community_id = $1 AND id = $2",
                    {context.community.id, one.household});
    context.journal("household.edited", one.household.value(), home->path);
  }
  context.journal("lesson.held", made.id.value(), "",
                  fmt::format(R"({{"attended":{}}})", made.attended));
  return made;
}

}  // namespace

api::Endpoint hold_lesson() {
  return api::command(api::Method::post, "/api/v1/lessons", "need.decide",
                      "Say that a lesson in ordering online was held", hold);
}

}  // namespace doorstep::supply
