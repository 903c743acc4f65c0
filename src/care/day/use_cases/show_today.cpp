/// \file Today: what is left, until when, and who is there. The first number is who has not reported.

#include "care/day/board.h"
#include "care/day/call_back.h"
#include "care/registry/gaps.h"
#include "care/registry/on_call.h"
#include "care/registry/responsible.h"

namespace doorstep::day {
namespace {

/// Households under observation in the deciding window.
struct NotReported {
  std::int64_t left = 0;
  std::int64_t due = 0;  ///< The whole: every household that is asked.
  bool overdue = false;  ///< The window is closed.
  std::int64_t minutes_left = 0;
  observation::Window window;

  void fields(auto& f) {
    f("left", left);
    f("due", due);
    f("overdue", overdue);
    f("minutes_left", minutes_left);
    f("window", window);
  }
};

/// How those who reported did: from the weakest proof to the strongest (N23).
struct Mix {
  std::int64_t self = 0;
  std::int64_t head = 0;
  std::int64_t remote = 0;
  std::int64_t voice = 0;
  std::int64_t seen = 0;

  void fields(auto& f) {
    f("self", self);
    f("head", head);
    f("remote", remote);
    f("voice", voice);
    f("seen", seen);
  }
};

struct Unwell {
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  Instant at{};
  std::optional<Instant> seen_at;
  std::optional<std::string> seen_by;
  CallBack said;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("at", at);
    f("seen_at", seen_at);
    f("seen_by", seen_by);
    said.fields(f);
  }
};

struct GapCounts {
  std::int64_t buildings_in_no_grid = 0;
  std::int64_t buildings_without_team = 0;
  std::int64_t households_without_worker = 0;
  std::int64_t grids_understaffed = 0;

  void fields(auto& f) {
    f("buildings_in_no_grid", buildings_in_no_grid);
    f("buildings_without_team", buildings_without_team);
    f("households_without_worker", households_without_worker);
    f("grids_understaffed", grids_understaffed);
  }
};

struct Today {
  std::int64_t seq = 0;
  Instant as_of{};
  Day day{};
  std::string community;
  std::int64_t households = 0;
  NotReported not_reported;
  Mix reported;
  std::int64_t alarms = 0;
  std::vector<Unwell> unwell;
  std::vector<registry::OnCall> on_call;
  GapCounts gaps;

  void fields(auto& f) {
    f("seq", seq);
    f("as_of", as_of);
    f("day", day);
    f("community", community);
    f("households", households);
    f("not_reported", not_reported);
    f("reported", reported);
    f("on_call", on_call);
    f("gaps", gaps);
    f.gathered();
    f("alarms", alarms, api::Class::health);
    f("unwell", unwell, api::Class::health);
  }
};

void count_reports(api::Context& context, Today& today) {
  const auto row = context.db.first(
      "SELECT count(*) FILTER (WHERE o.opened_at < $2),"
      " count(*) FILTER (WHERE o.reported_at < $1 AND o.opened_at < $2),"
      " count(*) FILTER (WHERE o.reported_at >= $1 AND o.assurance = 'self'),"
      " count(*) FILTER (WHERE o.reported_at >= $1 AND o.assurance = 'head'),"
      " count(*) FILTER (WHERE o.reported_at >= $1 AND o.assurance = 'remote'),"
      " count(*) FILTER (WHERE o.reported_at >= $1 AND o.assurance = 'voice'),"
      " count(*) FILTER (WHERE o.reported_at >= $1 AND o.assurance = 'seen')"
      " FROM {observations} o WHERE o.ended_at IS NULL",
      {today.not_reported.window.from, today.not_reported.window.until});
  today.not_reported.due = row->integer(0);
  today.not_reported.left = row->integer(1);
  today.reported = {row->integer(2), row->integer(3), row->integer(4), row->integer(5),
                    row->integer(6)};
  today.alarms = context.db
                     .first(
                         "SELECT count(*) FROM {observations_health} o WHERE o.ended_at IS NULL"
                         " AND o.unwell_at > 0 AND o.seen_at IS NULL")
                     ->integer(0);
}

std::vector<Unwell> unwell_now(api::Context& context, Instant since) {
  std::vector<Unwell> found;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.dwelling_id, h.door, o.unwell_at, o.seen_at, a.name, " +
               std::string(call_back_columns) +
               " FROM {observations_health} o"
               " JOIN household h ON h.community_id = o.community_id AND h.id = o.household_id"
               " LEFT JOIN check_in c ON c.community_id = o.community_id"
               " AND c.household_id = o.household_id AND c.recorded_at = o.unwell_at"
               " LEFT JOIN account a ON a.id = o.seen_by"
               " WHERE o.ended_at IS NULL AND o.unwell_at > 0"
               " AND (o.seen_at IS NULL OR o.unwell_at >= $1)"
               " ORDER BY (o.seen_at IS NOT NULL), o.unwell_at LIMIT 50",
           {since})) {
    // Two reports of one millisecond are one alarm.
    if (!found.empty() && found.back().path == row.text(0)) continue;
    found.push_back({row.text(0), row.id<access::Household>(1), row.id<access::Place>(2),
                     row.text(3), row.instant(4), row.maybe_instant(5), row.maybe_text(6),
                     call_back_from(row, 7)});
  }
  return found;
}

Result<GapCounts> count_gaps(api::Context& context) {
  GapCounts gaps;
  gaps.buildings_in_no_grid =
      static_cast<std::int64_t>(registry::buildings_in_no_grid(context).size());
  gaps.buildings_without_team =
      static_cast<std::int64_t>(registry::buildings_without_team(context).size());
  gaps.households_without_worker = registry::count_without_worker(context);
  for (const auto& grid : TRY(registry::grid_staffing(context))) {
    gaps.grids_understaffed += grid.state == "red" ? 1 : 0;
  }
  return gaps;
}

Result<Today> show(api::Context& context, const api::Nothing&) {
  Today today;
  today.seq = seq_of(context);
  today.as_of = context.now;
  today.day = context.today();
  today.community = context.community.name;
  today.households =
      context.db.first("SELECT count(*) FROM {households} h WHERE h.ended_at IS NULL")->integer(0);
  NotReported& left = today.not_reported;
  left.window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  left.overdue = context.now >= left.window.until;
  left.minutes_left =
      std::chrono::ceil<std::chrono::minutes>(left.window.until - context.now).count();
  count_reports(context, today);
  today.unwell = unwell_now(context, left.window.from);
  today.on_call = registry::on_call_now(context);
  today.gaps = TRY(count_gaps(context));
  return today;
}

}  // namespace

api::Endpoint show_today() {
  return api::query("/api/v1/today", "today.show", "What is left today", show);
}

}  // namespace doorstep::day
