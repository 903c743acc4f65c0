/// \file How an area stands, today or on any day, and how it stood before (A5).

#include "care/observation/areas.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<access::Place> place;
  std::optional<Day> on;  ///< Absent: today.

  void fields(auto& f) {
    f("place", place);
    f("on", on);
  }
};

struct Entry {
  Area status = Area::normal;
  Day from_on{};
  std::optional<Day> until_on;  ///< The first day on which it is over; none for "normal".
  std::string reason;
  Instant set_at{};
  std::string set_by;

  void fields(auto& f) {
    f("status", status);
    f("from_on", from_on);
    f("until_on", until_on);
    f("reason", reason);
    f("set_at", set_at);
    f("set_by", set_by);
  }
};

struct Answer {
  Day on{};
  Area status = Area::normal;
  std::optional<std::string> set_for;  ///< Name of the place that it comes from.
  std::vector<Entry> history;

  void fields(auto& f) {
    f("on", on);
    f("status", status);
    f("set_for", set_for);
    f("history", history);
  }
};

/// Errors: not_found "place.unknown".
Result<Answer> show(api::Context& context, const Request& request) {
  const auto place =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  Answer answer;
  answer.on = request.on.value_or(context.today());
  if (const auto now = area_on(context.db, context.community.id, place->text(0), answer.on)) {
    answer.status = now->status;
    const auto name = context.db.first("SELECT name FROM place WHERE community_id = $1 AND id = $2",
                                       {context.community.id, now->place});
    if (name) answer.set_for = name->text(0);
  }
  for (const AreaRow& one : areas_of(context.db, context.community.id, request.place)) {
    const auto who = context.db.first("SELECT name FROM account WHERE id = $1", {one.set_by});
    Entry entry{one.status, one.from_on, {}, one.reason, one.set_at, who ? who->text(0) : ""};
    if (one.status != Area::normal) entry.until_on = one.until_on;
    answer.history.push_back(std::move(entry));
  }
  return answer;
}

}  // namespace

api::Endpoint show_area_status() {
  return api::query("/api/v1/places/{place}/status", "place.list", "How an area stands and stood",
                    show);
}

}  // namespace doorstep::observation
