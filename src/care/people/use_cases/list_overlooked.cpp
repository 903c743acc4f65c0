/// \file Who might be overlooked: households whose ages alone ask for somebody's eye and that stand in no
/// ledger (F10), and households that nobody has heard of for days (F6).

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "care/people/flags.h"
#include "care/people/ledger.h"

namespace doorstep::people {
namespace {

constexpr std::size_t rows_max = 500;

struct HouseholdView {
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::optional<Flag> flag;          ///< What their ages say; absent in `silent`.
  std::optional<Instant> signal_at;  ///< The last sign of them; absent where there never was one.
  std::vector<Id<Person>> people;    ///< Who lives there.

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("flag", flag, api::Class::name);
    f("signal_at", signal_at);
    f("people", people);
  }
};

struct Answer {
  std::int64_t silent_days = 0;  ///< Without a sign for so many days.
  std::vector<HouseholdView> flagged;
  std::vector<HouseholdView> silent;

  void fields(auto& f) {
    f("silent_days", silent_days);
    f("flagged", flagged);
    f("silent", silent);
  }
};

struct Household {
  HouseholdView view;
  std::vector<std::optional<Day>> born;
  bool listed = false;  ///< Somebody of them stands in the ledger.
};

void add_people(api::Context& context, std::vector<Household>& all) {
  std::set<std::int64_t> in_ledger;
  context.db.each("SELECT person_id FROM care_person WHERE community_id = $1 AND closed_at IS NULL",
                  {context.community.id}, [&](const store::Row& row) {
                    in_ledger.insert(row.integer(0));
                    return true;
                  });
  std::unordered_map<std::int64_t, Household*> by_id;
  for (Household& one : all) by_id.emplace(one.view.household.value(), &one);
  context.db.each(
      "SELECT r.household_id, r.person_id, p.born_on FROM {households_name} h JOIN residence r"
      " ON r.community_id = h.community_id AND r.household_id = h.id AND r.until_on IS NULL"
      " JOIN person p ON p.id = r.person_id WHERE h.ended_at IS NULL",
      {}, [&](const store::Row& row) {
        Household& home = *by_id.at(row.integer(0));
        home.view.people.push_back(row.id<Person>(1));
        home.born.push_back(row.maybe_day(2));
        home.listed = home.listed || in_ledger.contains(row.integer(1));
        return true;
      });
}

/// Of the scope, with who lives there and their last report; those where nobody is registered are left out.
std::vector<Household> households(api::Context& context) {
  std::vector<Household> all;
  context.db.each(
      "SELECT h.id, h.path, h.dwelling_id, h.door, (SELECT max(c.recorded_at) FROM check_in c"
      " WHERE c.community_id = h.community_id AND c.household_id = h.id) FROM {households_name} h"
      " WHERE h.ended_at IS NULL ORDER BY h.path, h.id",
      {}, [&](const store::Row& row) {
        all.emplace_back();
        all.back().view = {row.text(1),
                           row.id<access::Household>(0),
                           row.id<access::Place>(2),
                           row.text(3),
                           {},
                           row.maybe_instant(4),
                           {}};
        return true;
      });
  add_people(context, all);
  std::erase_if(all, [](const Household& one) { return one.view.people.empty(); });
  for (Household& one : all) std::ranges::sort(one.view.people);
  return all;
}

/// The newest sign of each household that is no report: a message of theirs, something they asked for or ordered,
/// a call that was answered.
std::map<std::int64_t, Instant> other_signals(api::Context& context) {
  std::map<std::int64_t, Instant> newest;
  context.db.each(
      "SELECT s.household_id, max(s.at) FROM (SELECT household_id, sent_at AS at FROM message"
      " WHERE community_id = $1 AND from_household UNION ALL SELECT household_id, at"
      " FROM care_tick WHERE community_id = $1 AND outcome IN ('well', 'unwell') UNION ALL"
      " SELECT CASE WHEN sender_household = 0 THEN household_id ELSE sender_household END,"
      " created_at FROM need WHERE community_id = $1) s"
      " GROUP BY s.household_id",
      {context.community.id}, [&](const store::Row& row) {
        newest[row.integer(0)] = row.instant(1);
        return true;
      });
  return newest;
}

/// Errors: those of the rule pack.
Result<Answer> list(api::Context& context, const api::Nothing&) {
  Answer answer;
  answer.silent_days = TRY(context.rules().integer("care.silent_days"));
  const Ages ages = TRY(Ages::of(context.rules()));
  const Instant since = context.now - std::chrono::days{answer.silent_days};
  const auto heard = other_signals(context);
  for (Household& one : households(context)) {
    const auto signal = heard.find(one.view.household.value());
    if (signal != heard.end()) {
      one.view.signal_at = std::max(one.view.signal_at.value_or(Instant{}), signal->second);
    }
    if (!one.listed && answer.flagged.size() < rows_max) {
      one.view.flag = flag_of(one.born, context.today(), ages);
      if (one.view.flag) answer.flagged.push_back(one.view);
    }
    if (answer.silent.size() < rows_max && one.view.signal_at.value_or(Instant{}) < since) {
      one.view.flag.reset();
      answer.silent.push_back(std::move(one.view));
    }
  }
  return answer;
}

}  // namespace

api::Endpoint list_overlooked() {
  return api::query("/api/v1/care/overlooked", "care.list", "Who might be overlooked", list);
}

}  // namespace doorstep::people
