/// \file List households in the order of their doors, with who lives there, how they are reached, how
/// they stand today and whose they are.

#include <map>

#include <fmt/format.h>

#include "api/export_file.h"
#include "care/day/board.h"
#include "care/day/lights.h"
#include "care/registry/bulk.h"
#include "care/registry/phone_mode.h"
#include "care/registry/search.h"
#include "care/registry/worker_grants.h"

namespace doorstep::day {
namespace {

enum class Filter : std::uint8_t { without_worker, without_link, observed, empty, care, phone };

}  // namespace
}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Filter> {
  static constexpr std::array words{"without_worker", "without_link", "observed",
                                    "empty",          "care",         "phone"};
};

namespace doorstep::day {
namespace {

using access::Household;
using access::Place;

/// How many households a search text may pick out of the list.
constexpr std::size_t searched_max = 200;

struct Request : api::PageRequest {
  std::optional<Id<Place>> place;
  std::optional<Filter> filter;
  std::optional<SafeState> state;
  std::optional<Light> off;                   ///< Under observation, and this light is off.
  std::optional<Id<access::Account>> worker;  ///< Whose households.
  std::optional<std::string> q;               ///< As in a search; at most 200 hits.
  std::optional<std::string> permit;          ///< Of a file with names (N14): numbers in full.

  void fields(auto& f) {
    f("place", place);
    f("filter", filter);
    f("state", state);
    f("off", off);
    f("worker", worker);
    f("q", q);
    f("permit", permit);
    page_fields(f);
  }
};

struct Row {
  std::string path;
  Id<Household> id;
  Id<Place> dwelling;
  std::string door;
  std::string label;
  std::int64_t people = 0;
  std::string names;   ///< "张阿姨、李伯"
  std::string phones;  ///< "***01、***02": in full for a reason alone, reveal_phones (N13).
  std::int64_t links = 0;
  SafeState state = SafeState::none;
  bool observed = false;
  std::optional<Lights> lights;  ///< Under observation.
  std::string worker;
  registry::Digital digital = registry::Digital::unknown;
  std::string access_notes;
  bool care = false;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("people", people);
    f("names", names, api::Class::name);
    f("phones", phones, api::Class::contact);
    f("links", links);
    f("state", state);
    f("observed", observed, api::Class::health);
    f("lights", lights, api::Class::health);
    f("worker", worker);
    f("digital", digital);
    f("access_notes", access_notes, api::Class::door);
    f("care", care, api::Class::name);
  }
};

/// The condition of a filter; times are $4.
std::string condition(std::optional<Filter> filter) {
  if (!filter) return "";
  switch (*filter) {
    case Filter::without_worker:
      return " AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.community_id = h.community_id"
             " AND g.role = 'worker' AND g.from_at <= $4 AND (g.until_at IS NULL"
             " OR g.until_at > $4) AND substr(h.path, 1, length(g.path)) = g.path)";
    case Filter::without_link:
      return " AND NOT EXISTS (SELECT 1 FROM link_token l WHERE l.community_id = h.community_id"
             " AND l.household_id = h.id AND l.revoked_at IS NULL)";
    case Filter::observed: return " AND o.id IS NOT NULL";
    case Filter::empty:
      return " AND NOT EXISTS (SELECT 1 FROM residence r WHERE r.community_id = h.community_id"
             " AND r.household_id = h.id AND r.until_on IS NULL)";
    case Filter::phone: return "";  // Has a parameter of its own.
    case Filter::care: return " AND h.id IN (SELECT n.id FROM {households_name} n WHERE n.care)";
  }
  return "";
}

/// The same as observation::state_of(), for the store; the window begins at $6. An alarm counts only
/// where health may be read.
std::string condition(SafeState state, const observation::Window& window, Instant now,
                      store::Values& values) {
  const std::string alarm = "(k.unwell_at IS NOT NULL AND k.unwell_at > 0 AND k.seen_at IS NULL)";
  const std::string ended =
      "EXISTS (SELECT 1 FROM observation x WHERE x.community_id = h.community_id"
      " AND x.household_id = h.id AND x.ended_at IS NOT NULL)";
  const std::string missing = " AND o.reported_at < $6 AND NOT " + alarm;
  switch (state) {
    case SafeState::alarm: return " AND " + alarm;
    case SafeState::safe: return " AND o.reported_at >= $6 AND NOT " + alarm;
    case SafeState::due:
    case SafeState::overdue:
      if (now < window.until) return state == SafeState::due ? missing : " AND FALSE";
      values.emplace_back(window.until);
      return missing + fmt::format(" AND o.opened_at {} ${}", state == SafeState::due ? ">=" : "<",
                                   values.size());
    case SafeState::none: return " AND o.id IS NULL AND NOT " + ended;
    case SafeState::released: return " AND o.id IS NULL AND " + ended;
    case SafeState::empty: return " AND FALSE";  // A household is never: a dwelling is.
  }
  return "";
}

void append(std::string& list, const std::string& one) {
  if (!list.empty()) list += "、";
  list += one;
}

/// Who lives there, phones and links, some hundred households to a statement.
void fill(api::Context& context, std::vector<Row>& rows, bool in_full) {
  std::map<std::int64_t, Row*> by_id;
  std::vector<store::Value> ids;
  for (Row& row : rows) {
    by_id.emplace(row.id.value(), &row);
    ids.emplace_back(row.id);
  }
  const store::Values home{context.community.id};
  // Sorted here: for an order by id SQLite would rather read the whole community by its key.
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> names;
  registry::query_in(
      context.db,
      "SELECT r.household_id, r.id, p.name FROM residence r JOIN person p"
      " ON p.id = r.person_id WHERE r.community_id = $1 AND r.household_id IN ({keys})"
      " AND r.until_on IS NULL",
      home, ids, [&](const store::Row& found) {
        names.emplace(std::pair{found.integer(0), found.integer(1)}, found.text(2));
      });
  for (const auto& [at, name] : names) {
    Row& row = *by_id.at(at.first);
    ++row.people;
    append(row.names, name);
  }
  registry::query_in(
      context.db,
      "SELECT DISTINCT u.household_id, c.value FROM contact_point_use u JOIN contact_point c"
      " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
      " WHERE u.community_id = $1 AND u.household_id IN ({keys})",
      home, ids, [&](const store::Row& found) {
        append(by_id.at(found.integer(0))->phones,
               in_full ? found.text(1) : api::masked(found.text(1)));
      });
  registry::query_in(context.db,
                     "SELECT household_id, COUNT(*) FROM link_token WHERE community_id = $1"
                     " AND household_id IN ({keys}) AND revoked_at IS NULL GROUP BY household_id",
                     home, ids, [&](const store::Row& found) {
                       by_id.at(found.integer(0))->links = found.integer(1);
                     });
}

/// How it stands, from the columns that follow the household's.
void fill_state(const store::Row& row, const observation::Window& window, Instant now, Row& shown) {
  constexpr std::size_t at = registry::household_column_count;
  shown.observed = !row.is_null(at);
  if (shown.observed) {
    const observation::Reported reported{row.instant(at),
                                         row.maybe_instant(at + 1).value_or(Instant{}),
                                         row.maybe_instant(at + 2), row.instant(at + 4)};
    shown.state = observation::state_of(reported, window, now);
    shown.lights = lights_from(row, at + 5);
  } else {
    shown.state = row.boolean(at + 3) ? SafeState::released : SafeState::none;
  }
}

/// The condition that keeps the households that `text` finds, none where there are none.
std::string searched(api::Context& context, const std::string& text) {
  std::string ids = "0";
  std::string dwellings = "0";
  for (const registry::Hit& hit : registry::search(context, text, searched_max)) {
    if (hit.household != 0) {
      ids += ", " + std::to_string(hit.household);
    } else if (hit.dwelling != 0) {
      dwellings += ", " + std::to_string(hit.dwelling);
    }
  }
  return " AND (h.id IN (" + ids + ") OR h.dwelling_id IN (" + dwellings + "))";
}

/// Errors: not_found "place.unknown".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  const auto window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  const auto workers = registry::WorkerGrants::load(context);
  std::string from;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    from = place->text(0);
  }
  store::Values values{from,        access::path_end(from), request.cursor.value_or(""),
                       context.now, request.limit + 1,      window.from};
  const int lights_at = static_cast<int>(values.size()) + 1;
  for (store::Value& value : TRY(light_values(context))) values.push_back(std::move(value));
  std::string sql =
      "SELECT " + std::string(registry::household_columns) +
      ", o.reported_at, k.unwell_at, k.seen_at,"
      " EXISTS (SELECT 1 FROM observation e WHERE e.community_id = h.community_id"
      " AND e.household_id = h.id AND e.ended_at IS NOT NULL), o.opened_at, " +
      lights_columns(lights_at) +
      " FROM {households} h LEFT JOIN observation o ON o.community_id = h.community_id"
      " AND o.household_id = h.id AND o.ended_at IS NULL"
      " LEFT JOIN {observations_health} k ON k.community_id = o.community_id AND k.id = o.id"
      " WHERE h.ended_at IS NULL AND h.path > $1 AND h.path < $2 AND h.path > $3" +
      condition(request.filter);
  if (request.filter == Filter::phone) {
    values.emplace_back(registry::phone_mode_before(context));
    sql += " AND " + registry::phone_mode_sql(values.size());
  }
  if (request.state) sql += condition(*request.state, window, context.now, values);
  if (request.off) sql += " AND o.id IS NOT NULL AND NOT " + light_sql(*request.off, lights_at);
  if (request.worker) sql += " AND " + workers.condition(*request.worker, values);
  if (request.q && !request.q->empty()) sql += searched(context, *request.q);
  sql += " ORDER BY h.path LIMIT $5";
  api::Page<Row> page;
  for (const store::Row& row : context.db.query(sql, values)) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = page.rows.back().path;
      break;
    }
    registry::HouseholdRow household = registry::household_from(row);
    Row shown;
    shown.path = std::move(household.path);
    shown.id = household.id;
    shown.dwelling = household.dwelling;
    shown.door = std::move(household.door);
    shown.label = std::move(household.label);
    shown.digital = household.digital;
    shown.access_notes = std::move(household.access_notes);
    shown.care = household.care;
    fill_state(row, window, context.now, shown);
    shown.worker = workers.name_at(shown.path);
    page.rows.push_back(std::move(shown));
  }
  fill(context, page.rows, request.permit && api::permit_holds(context, *request.permit));
  return page;
}

}  // namespace

api::Endpoint list_households() {
  return api::list("/api/v1/households", "household.list",
                   "List households as they stand in the place tree", list);
}

}  // namespace doorstep::day
