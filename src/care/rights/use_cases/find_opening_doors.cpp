/// \file Find a door anywhere in the community, to open its household in an emergency: by the door alone, never by a name
/// or a number, so that what is found says no more than the stairs do.

#include "access/policy.h"
#include "care/registry/search.h"

namespace doorstep::rights {
namespace {

constexpr std::size_t shown_max = 10;
constexpr std::size_t text_bytes_max = 200;

struct Request {
  std::string text;
  void fields(auto& f) { f("text", text, api::Class::door); }
};

struct Home {
  Id<access::Household> id;
  std::string label;
  void fields(auto& f) {
    f("id", id);
    f("label", label);
  }
};

struct Row {
  std::string path;
  Id<access::Place> dwelling;
  std::string door;
  bool yours = false;  ///< One's own grants reach it: there is nothing to open.
  std::vector<Home> households;
  void fields(auto& f) {
    f.at(path);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("yours", yours);
    f("households", households, api::Class::door);
  }
};

struct Answer {
  std::vector<Row> rows;
  bool more = false;
  void fields(auto& f) {
    f("rows", rows);
    f("more", more);
  }
};

/// Errors: invalid "search.text" (too long).
Result<Answer> find(api::Context& context, const Request& request) {
  if (request.text.size() > text_bytes_max) return Error{ErrorKind::invalid, "search.text"};
  const auto own = access::authorize(access::Policy::built_in(), context.actor, "household.show");
  auto matches = registry::match_doors(context, request.text, shown_max + 1);
  Answer answer;
  answer.more = matches.size() > shown_max;
  if (answer.more) matches.resize(shown_max);
  for (const registry::DoorMatch& one : matches) {
    Row row{one.path, one.dwelling, one.door, own.ok() && own->covers(one.path), {}};
    for (const store::Row& home :
         context.db.query("SELECT h.id, h.label FROM {households} h WHERE h.dwelling_id = $1"
                          " AND h.ended_at IS NULL ORDER BY h.path",
                          {one.dwelling})) {
      row.households.push_back({home.id<access::Household>(0), home.text(1)});
    }
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

}  // namespace

api::Endpoint find_opening_doors() {
  return api::posted_query("/api/v1/openings/doors", "opening.make",
                           "Find a door to open in an emergency", find);
}

}  // namespace doorstep::rights
