/// \file The inbox in figures: how many wait, how long the oldest has waited (L6), when the next
/// collection ends.

#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Response {
  std::int64_t open = 0;
  std::int64_t unread = 0;  ///< Of those, with a piece or a door that nobody has read.
  std::int64_t emergencies = 0;
  std::int64_t asked_back = 0;       ///< The household has to answer.
  std::int64_t today = 0;            ///< All that were asked since midnight.
  std::optional<Instant> oldest_at;  ///< Of those that wait.
  std::int64_t oldest_minutes = 0;
  std::int64_t late = 0;           ///< Wait longer than they may.
  std::optional<Id<Need>> newest;  ///< The last that came in: tells whether there is something new.
  Collection next = {};
  Instant now{};
  std::vector<Service> services;

  void fields(auto& f) {
    f("open", open);
    f("unread", unread);
    f("emergencies", emergencies);
    f("asked_back", asked_back);
    f("today", today);
    f("oldest_at", oldest_at);
    f("oldest_minutes", oldest_minutes);
    f("late", late);
    f("newest", newest);
    f("next", next);
    f("now", now);
    f("services", services);
  }
};

/// Errors: those of the rule pack.
Result<Response> show(api::Context& context, const api::Nothing&) {
  Response made;
  const auto row = context.db.first(
      "SELECT count(*) FILTER (WHERE n.state = 'waiting'),"
      " count(*) FILTER (WHERE n.state = 'waiting' AND (n.unread > 0 OR n.household_id = 0)),"
      " count(*) FILTER (WHERE n.state = 'waiting' AND n.urgency = 'emergency'),"
      " count(*) FILTER (WHERE n.state = 'asked_back'), min(n.created_at) FILTER (WHERE n.state ="
      " 'waiting'), count(*) FILTER (WHERE n.state = 'waiting' AND n.due_at < $1)"
      " FROM {needs} n WHERE n.state IN ('waiting', 'asked_back')",
      {context.now});
  made.open = row->integer(0);
  made.unread = row->integer(1);
  made.emergencies = row->integer(2);
  made.asked_back = row->integer(3);
  made.oldest_at = row->maybe_instant(4);
  made.late = row->integer(5);
  if (made.oldest_at) {
    made.oldest_minutes =
        std::chrono::duration_cast<std::chrono::minutes>(context.now - *made.oldest_at).count();
  }
  const auto newest = context.db.first("SELECT max(n.id) FROM {needs} n WHERE n.state = 'waiting'");
  made.newest = newest->maybe_id<Need>(0);
  made.today = context.db
                   .first("SELECT count(*) FROM {needs} n WHERE n.created_at >= $1",
                          {context.community.zone.start_of(context.today())})
                   ->integer(0);
  made.next = TRY(collection_at(context.rules(), context.community.zone, context.now));
  made.now = context.now;
  made.services = TRY(services(context.rules()));
  return made;
}

}  // namespace

api::Endpoint show_inbox() {
  return api::query("/api/v1/inbox", "need.list", "The inbox in figures", show);
}

}  // namespace doorstep::needs
