/// \file How much of the day's care came without anybody at the door (C25): reports and calls against visits,
/// with the reasons of those; parcels are put down at the door.

#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Request {
  std::optional<Id<access::Place>> place;
  std::optional<Day> from;   ///< Absent: today.
  std::optional<Day> until;  ///< The last day; absent: today.

  void fields(auto& f) {
    f("place", place);
    f("from", from);
    f("until", until);
  }
};

struct Answer {
  std::int64_t contacts = 0;  ///< Reports, calls and visits.
  std::int64_t visits = 0;
  std::int64_t delivered = 0;     ///< Parcels put down at a door.
  std::int64_t contact_free = 0;  ///< Contacts that are no visits, and what was delivered.
  std::int64_t per_mille = 1000;  ///< Of all of them together.
  std::vector<Count> reasons;     ///< Of the visits.

  void fields(auto& f) {
    f("contacts", contacts);
    f("visits", visits);
    f("delivered", delivered);
    f("contact_free", contact_free);
    f("per_mille", per_mille);
    f("reasons", reasons);
  }
};

/// Errors: invalid "day.range" (the last day before the first); not_found "place.unknown".
Result<Answer> show(api::Context& context, const Request& request) {
  const Day from = request.from.value_or(context.today());
  const Day until = request.until.value_or(context.today());
  if (until < from) return Error{ErrorKind::invalid, "day.range"};
  std::string below;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    below = place->text(0);
  }
  const Zone& zone = context.community.zone;
  const store::Values span{zone.start_of(from), zone.start_of(until + std::chrono::days{1}), below,
                           access::path_end(below)};
  Answer answer;
  for (const store::Row& row : context.db.query(
           "SELECT c.channel = 'visit', coalesce(c.visit_reason, ''), count(*) FROM {households} h"
           " JOIN check_in c ON c.community_id = h.community_id AND c.household_id = h.id"
           " WHERE c.recorded_at >= $1 AND c.recorded_at < $2 AND h.path > $3 AND h.path < $4"
           " GROUP BY c.channel = 'visit', coalesce(c.visit_reason, '') ORDER BY 3 DESC, 2",
           span)) {
    answer.contacts += row.integer(2);
    if (!row.boolean(0)) continue;
    answer.visits += row.integer(2);
    answer.reasons.push_back({row.text(1), row.integer(2)});
  }
  answer.delivered = context.db
                         .first(
                             "SELECT count(*) FROM {parcels} p WHERE p.state = 'delivered'"
                             " AND p.closed_at >= $1 AND p.closed_at < $2"
                             " AND p.path > $3 AND p.path < $4",
                             span)
                         ->integer(0);
  answer.contact_free = answer.contacts - answer.visits + answer.delivered;
  const std::int64_t all = answer.contacts + answer.delivered;
  if (all > 0) answer.per_mille = answer.contact_free * 1000 / all;
  return answer;
}

}  // namespace

api::Endpoint show_contact_free() {
  return api::query("/api/v1/contact-free", "today.show",
                    "How much of the care came without a visit", show);
}

}  // namespace doorstep::day
