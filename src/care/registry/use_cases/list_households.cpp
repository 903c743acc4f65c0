/// \file List households in the order of their doors, with who lives there and how they are
/// reached.

#include <map>

#include "care/registry/bulk.h"
#include "care/registry/search.h"

namespace doorstep::registry {
namespace {

enum class Filter : std::uint8_t { without_worker, without_link, observed, empty };

}  // namespace
}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Filter> {
  static constexpr std::array words{"without_worker", "without_link", "observed", "empty"};
};

namespace doorstep::registry {
namespace {

/// How many households a search text may pick out of the list.
constexpr std::size_t searched_max = 200;

struct Request : api::PageRequest {
  std::optional<Id<Place>> place;
  std::optional<Filter> filter;
  std::optional<std::string> q;  ///< As in a search; at most 200 hits.

  void fields(auto& f) {
    f("place", place);
    f("filter", filter);
    f("q", q);
    page_fields(f);
  }
};

struct Row {
  Id<Household> id;
  Id<Place> dwelling;
  std::string door;
  std::string label;
  std::int64_t people = 0;
  std::string names;   ///< "张阿姨、李伯"
  std::string phones;  ///< "13000000301、13000000302"
  std::int64_t links = 0;
  bool observed = false;
  Digital digital = Digital::unknown;
  std::string access_notes;

  void fields(auto& f) {
    f("id", id);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("people", people);
    f("names", names, api::Class::name);
    f("phones", phones, api::Class::contact);
    f("links", links);
    f("observed", observed, api::Class::health);
    f("digital", digital);
    f("access_notes", access_notes, api::Class::door);
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
    case Filter::observed:
      return " AND EXISTS (SELECT 1 FROM observation o WHERE o.community_id = h.community_id"
             " AND o.household_id = h.id AND o.ended_at IS NULL)";
    case Filter::empty:
      return " AND NOT EXISTS (SELECT 1 FROM residence r WHERE r.community_id = h.community_id"
             " AND r.household_id = h.id AND r.until_on IS NULL)";
  }
  return "";
}

void append(std::string& list, const std::string& one) {
  if (!list.empty()) list += "、";
  list += one;
}

/// Who lives there, phones, links and observations, some hundred households to a statement.
void fill(api::Context& context, std::vector<Row>& rows) {
  std::map<std::int64_t, Row*> by_id;
  std::vector<store::Value> ids;
  for (Row& row : rows) {
    by_id.emplace(row.id.value(), &row);
    ids.emplace_back(row.id);
  }
  const store::Values home{context.community.id};
  // Sorted here: for an order by id SQLite would rather read the whole community by its key.
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> names;
  query_in(context.db,
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
  query_in(context.db,
           "SELECT DISTINCT u.household_id, c.value FROM contact_point_use u JOIN contact_point c"
           " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
           " WHERE u.community_id = $1 AND u.household_id IN ({keys})",
           home, ids, [&](const store::Row& found) {
             append(by_id.at(found.integer(0))->phones, found.text(1));
           });
  query_in(context.db,
           "SELECT household_id, COUNT(*) FROM link_token WHERE community_id = $1"
           " AND household_id IN ({keys}) AND revoked_at IS NULL GROUP BY household_id",
           home, ids,
           [&](const store::Row& found) { by_id.at(found.integer(0))->links = found.integer(1); });
  query_in(context.db,
           "SELECT household_id FROM observation WHERE community_id = $1"
           " AND household_id IN ({keys}) AND ended_at IS NULL",
           home, ids,
           [&](const store::Row& found) { by_id.at(found.integer(0))->observed = true; });
}

/// The condition that keeps the households that `text` finds, none where there are none.
std::string searched(api::Context& context, const std::string& text) {
  std::string ids = "0";
  std::string dwellings = "0";
  for (const Hit& hit : search(context, text, searched_max)) {
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
  std::string from;
  if (request.place) from = TRY(some(find_place(context, *request.place), "place.unknown")).path;
  std::string sql = "SELECT " + std::string(household_columns) +
                    " FROM {households} h WHERE h.ended_at IS NULL AND h.path > $1"
                    " AND h.path < $2 AND h.path > $3" +
                    condition(request.filter);
  if (request.q && !request.q->empty()) sql += searched(context, *request.q);
  sql += " ORDER BY h.path LIMIT $5";
  const auto found = context.db.query(
      sql,
      {from, access::path_end(from), request.cursor.value_or(""), context.now, request.limit + 1});
  api::Page<Row> page;
  std::string last;
  for (const store::Row& row : found) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = last;
      break;
    }
    HouseholdRow household = household_from(row);
    last = household.path;
    Row shown;
    shown.id = household.id;
    shown.dwelling = household.dwelling;
    shown.door = std::move(household.door);
    shown.label = std::move(household.label);
    shown.digital = household.digital;
    shown.access_notes = std::move(household.access_notes);
    page.rows.push_back(std::move(shown));
  }
  fill(context, page.rows);
  return page;
}

}  // namespace

api::Endpoint list_households() {
  return api::list("/api/v1/households", "household.list",
                   "List households as they stand in the place tree", list);
}

}  // namespace doorstep::registry
