/// \file The ledger (F1-F4): who, why, followed by whom, heard of when, and what is running out. Who is
/// still to be called today comes first.

#include <algorithm>

#include "api/export_file.h"
#include "care/people/flags.h"
#include "care/people/ledger.h"

namespace doorstep::people {

enum class Which : std::uint8_t { to_call, low, stale, all };

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::Which> {
  static constexpr std::array words{std::string_view{"to_call"}, std::string_view{"low"},
                                    std::string_view{"stale"}, std::string_view{"all"}};
};

namespace doorstep::people {
namespace {

constexpr std::int64_t rows_max = 1000;

struct Request {
  std::optional<Which> which;
  std::optional<std::string> category;

  void fields(auto& f) {
    f("which", which);
    f("category", category);
  }
};

struct EntryView {
  std::string path;
  Id<Person> person;
  std::string name;
  std::optional<std::int64_t> age;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::vector<std::string> categories;
  std::string note;
  Id<access::Account> follower;
  std::string follower_name;
  bool follower_there = true;  ///< Still has a role here: else the duty is with somebody else.
  Day verified_on{};
  bool stale = false;
  std::optional<Instant> heard_at;
  bool to_call = false;
  std::optional<std::int64_t> food_days;  ///< Left today, by what was last said.
  std::optional<std::int64_t> medicine_days;
  std::string phone;  ///< Masked once they were heard of today: nobody is to be called.

  void fields(auto& f) {
    f.at(path);
    f("person", person);
    f("name", name, api::Class::name);
    f("age", age, api::Class::name);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("categories", categories, api::Class::health);
    f("note", note, api::Class::health);
    f("follower", follower);
    f("follower_name", follower_name);
    f("follower_there", follower_there);
    f("verified_on", verified_on);
    f("stale", stale);
    f("heard_at", heard_at);
    f("to_call", to_call);
    f("food_days", food_days);
    f("medicine_days", medicine_days, api::Class::health);
    f("phone", phone, api::Class::contact);
  }
};

struct Ledger {
  std::int64_t total = 0;
  std::int64_t to_call = 0;       ///< Not heard of today yet.
  std::int64_t low = 0;           ///< Food for a day or less, or medicine to be refilled.
  std::int64_t stale = 0;         ///< Not looked at for `care.review_days`.
  std::vector<std::string> pack;  ///< What is brought where food is low (F8).
  std::vector<EntryView> rows;

  void fields(auto& f) {
    f("total", total);
    f("to_call", to_call);
    f("low", low);
    f("stale", stale);
    f("pack", pack);
    f("rows", rows);
  }
};

struct Limits {
  Instant today{};
  Day stale_before{};
  std::int64_t refill = 0;
};

Result<Limits> limits_of(const api::Context& context) {
  Limits limits;
  limits.today = context.community.zone.start_of(context.today());
  limits.stale_before =
      context.today() - std::chrono::days{TRY(context.rules().integer("care.review_days"))};
  limits.refill = TRY(context.rules().integer("care.medicine_refill_days"));
  return limits;
}

std::optional<std::int64_t> days_left(const std::optional<Day>& out_on, Day today) {
  if (!out_on) return std::nullopt;
  return std::max<std::int64_t>(0, (*out_on - today).count());
}

EntryView view_of(const store::Row& row, const api::Context& context, const Limits& limits,
                  const duty::Roster& roster) {
  EntryView view;
  view.person = row.id<Person>(0);
  view.name = row.text(1);
  if (const auto born = row.maybe_day(2)) view.age = years_old(*born, context.today());
  view.household = row.id<access::Household>(3);
  view.path = row.text(4);
  view.dwelling = row.id<access::Place>(5);
  view.door = row.text(6);
  view.categories = split_words(row.text(7));
  view.note = row.text(8);
  view.follower = row.id<access::Account>(9);
  view.follower_name = row.maybe_text(10).value_or("");
  view.follower_there = roster.may_own(row.integer(9));
  view.verified_on = row.day(11);
  view.stale = view.verified_on <= limits.stale_before;
  view.heard_at = row.maybe_instant(12);
  view.to_call = !view.heard_at || *view.heard_at < limits.today;
  view.food_days = days_left(row.maybe_day(13), context.today());
  view.medicine_days = days_left(row.maybe_day(14), context.today());
  view.phone = row.maybe_text(15).value_or("");
  if (!view.to_call) view.phone = api::masked(view.phone);
  return view;
}

bool is_low(const EntryView& view, const Limits& limits) {
  return (view.food_days && *view.food_days <= 1) ||
         (view.medicine_days && *view.medicine_days <= limits.refill);
}

bool wanted(const EntryView& view, const Request& request, const Limits& limits) {
  if (request.category && !std::ranges::count(view.categories, *request.category)) return false;
  switch (request.which.value_or(Which::all)) {
    case Which::to_call: return view.to_call;
    case Which::low: return is_low(view, limits);
    case Which::stale: return view.stale;
    case Which::all: break;
  }
  return true;
}

/// Errors: those of the rule pack.
Result<Ledger> list(api::Context& context, const Request& request) {
  const Limits limits = TRY(limits_of(context));
  const duty::Roster roster = duty::Roster::load(context);
  Ledger ledger;
  const auto pack = context.rules().strings("care.pack");
  if (!pack.ok() && pack.error().code != "rules.missing") return pack.error();
  if (pack.ok()) ledger.pack = *pack;
  context.db.each(
      "SELECT c.person_id, p.name, p.born_on, h.id, h.path, h.dwelling_id, h.door, c.categories,"
      " c.note, c.follower_id, a.name, c.verified_on, c.ticked_at, c.food_on, c.medicine_on,"
      " (SELECT min(t.value) FROM contact_point_use u JOIN contact_point t"
      " ON t.community_id = u.community_id AND t.id = u.contact_point_id"
      " WHERE u.community_id = c.community_id AND u.household_id = c.household_id"
      " AND u.person_id IN (0, c.person_id)) FROM {households} h JOIN care_person c"
      " ON c.community_id = h.community_id AND c.household_id = h.id AND c.closed_at IS NULL"
      " JOIN person p ON p.id = c.person_id LEFT JOIN account a ON a.id = c.follower_id"
      " ORDER BY c.ticked_at IS NOT NULL, c.ticked_at, h.path, c.person_id",
      {}, [&](const store::Row& row) {
        EntryView view = view_of(row, context, limits, roster);
        ++ledger.total;
        ledger.to_call += view.to_call ? 1 : 0;
        ledger.low += is_low(view, limits) ? 1 : 0;
        ledger.stale += view.stale ? 1 : 0;
        if (wanted(view, request, limits) && std::ssize(ledger.rows) < rows_max) {
          ledger.rows.push_back(std::move(view));
        }
        return true;
      });
  return ledger;
}

}  // namespace

api::Endpoint list_ledger() {
  return api::query("/api/v1/care", "care.list", "The ledger of people who need somebody's eye",
                    list);
}

}  // namespace doorstep::people
