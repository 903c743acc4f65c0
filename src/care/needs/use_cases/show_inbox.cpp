/// \file The inbox in figures: how many wait, of which class (L5), how long the oldest has waited, in the
/// inbox or in a household's thread (L6), when the next collection ends.

#include <algorithm>

#include "care/messages/thread.h"
#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct OfClass {
  NeedClass of = NeedClass::other;
  std::int64_t today = 0;  ///< Asked since midnight.
  std::int64_t waiting = 0;

  void fields(auto& f) {
    f("class", of);
    f("today", today);
    f("waiting", waiting);
  }
};

struct Response {
  std::int64_t open = 0;
  std::int64_t unread = 0;  ///< Of those, with a piece or a door that nobody has read.
  std::int64_t emergencies = 0;
  std::int64_t asked_back = 0;  ///< The household has to answer.
  std::int64_t today = 0;       ///< All that were asked since midnight.
  std::vector<OfClass> classes;
  std::int64_t threads = 0;          ///< Households that wait for an answer to a message.
  std::int64_t unowned = 0;          ///< Wait, and nobody has it: there must be none.
  std::optional<Instant> oldest_at;  ///< Of all that wait for an answer.
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
    f("classes", classes);
    f("threads", threads);
    f("unowned", unowned);
    f("oldest_at", oldest_at);
    f("oldest_minutes", oldest_minutes);
    f("late", late);
    f("newest", newest);
    f("next", next);
    f("now", now);
    f("services", services);
  }
};

void add_classes(api::Context& context, Instant midnight, Response& made) {
  for (const store::Row& row : context.db.query(
           "SELECT n.class, count(*) FILTER (WHERE n.created_at >= $1), count(*) FILTER (WHERE"
           " n.state = 'waiting') FROM {needs} n WHERE n.created_at >= $1 OR n.state = 'waiting'"
           " GROUP BY n.class ORDER BY n.class",
           {midnight})) {
    made.classes.push_back({api::from_word<NeedClass>(row.text(0)).value_or(NeedClass::other),
                            row.integer(1), row.integer(2)});
    made.today += row.integer(1);
  }
}

/// What is said in a thread waits like what is said in a need.
void add_threads(api::Context& context, Response& made) {
  const auto row = context.db.first(
      "SELECT count(*), min(d.from_at), count(*) FILTER (WHERE d.owner_id = 0) FROM {households} h"
      " JOIN duty d ON d.community_id = h.community_id AND d.kind = $1 AND d.subject_id = h.id"
      " AND d.closed_at IS NULL",
      {messages::answer.word});
  made.threads = row->integer(0);
  const auto oldest = row->maybe_instant(1);
  if (oldest) made.oldest_at = std::min(*oldest, made.oldest_at.value_or(*oldest));
  made.unowned =
      row->integer(2) +
      context.db
          .first(
              "SELECT count(*) FROM {needs} n LEFT JOIN duty d"
              " ON d.community_id = n.community_id AND d.kind = $1 AND d.subject_id = n.id"
              " AND d.closed_at IS NULL WHERE n.state = 'waiting'"
              " AND coalesce(d.owner_id, 0) = 0",
              {owed.word})
          ->integer(0);
}

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
  add_threads(context, made);
  if (made.oldest_at) {
    made.oldest_minutes =
        std::chrono::duration_cast<std::chrono::minutes>(context.now - *made.oldest_at).count();
  }
  const auto newest = context.db.first("SELECT max(n.id) FROM {needs} n WHERE n.state = 'waiting'");
  made.newest = newest->maybe_id<Need>(0);
  add_classes(context, context.community.zone.start_of(context.today()), made);
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
