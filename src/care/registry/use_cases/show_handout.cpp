/// \file How far the links of a building were sent one by one, and whose turn it is: door after door, without those whose
/// link was opened, who have no smartphone, or who were passed over.

#include <map>

#include "care/registry/bulk.h"
#include "care/registry/papers.h"
#include "care/registry/phone_mode.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Place> place;
  void fields(auto& f) { f("place", place); }
};

struct NextDoor {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::string label;
  std::string names;
  std::string phones;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("names", names, api::Class::name);
    f("phones", phones, api::Class::contact);
  }
};

struct Handout {
  std::string name;  ///< Of the place.
  std::int64_t total = 0;
  std::int64_t opened = 0;               ///< A link of theirs was opened.
  std::int64_t sent = 0;                 ///< Sent, and not opened yet.
  std::int64_t skipped = 0;              ///< Passed over, and no link opened.
  std::int64_t left = 0;                 ///< Whose turn is still to come.
  std::int64_t phone = 0;                ///< In phone mode.
  std::optional<Instant> claim_link_at;  ///< The building has a claim link in force.
  std::optional<NextDoor> next;
  std::optional<NextDoor> last;  ///< Whose link was sent last.

  void fields(auto& f) {
    f("name", name);
    f("total", total);
    f("opened", opened);
    f("sent", sent);
    f("skipped", skipped);
    f("left", left);
    f("phone", phone);
    f("claim_link_at", claim_link_at);
    f("next", next);
    f("last", last);
  }
};

struct State {
  bool opened = false;
  bool phone = false;
  bool no_phone = false;  ///< Has no smartphone.
  std::optional<Instant> at;
  bool sent = false;
};

std::map<std::int64_t, State> states(const api::Context& context, std::string_view path) {
  std::map<std::int64_t, State> found;
  for (const store::Row& row : context.db.query(
           "SELECT h.id, EXISTS (SELECT 1 FROM link_token o WHERE o.community_id = h.community_id"
           " AND o.household_id = h.id AND NOT o.trusted AND o.revoked_at IS NULL"
           " AND o.last_used_at IS NOT NULL), " +
               phone_mode_sql(3) +
               ", h.digital, x.at, x.link_id FROM {households} h LEFT JOIN handout x"
               " ON x.community_id = h.community_id AND x.household_id = h.id"
               " WHERE h.path >= $1 AND h.path < $2 AND h.ended_at IS NULL",
           {path, access::path_end(path), phone_mode_before(context)})) {
    found.emplace(row.integer(0), State{row.boolean(1), row.boolean(2), row.text(3) == "none",
                                        row.maybe_instant(4), !row.is_null(5)});
  }
  return found;
}

/// Names and phones of the one or two doors that are told.
void fill(const api::Context& context, NextDoor& door) {
  const auto join = [](std::string& list, const std::string& one) {
    list += (list.empty() ? "" : "、") + one;
  };
  for (const store::Row& row :
       context.db.query("SELECT p.name FROM residence r JOIN person p ON p.id = r.person_id"
                        " WHERE r.community_id = $1 AND r.household_id = $2 AND r.until_on IS NULL "
                        "ORDER BY r.id",
                        {context.community.id, door.household})) {
    join(door.names, row.text(0));
  }
  for (const store::Row& row :
       context.db.query("SELECT DISTINCT c.value FROM contact_point_use u JOIN contact_point c"
                        " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
                        " WHERE u.community_id = $1 AND u.household_id = $2",
                        {context.community.id, door.household})) {
    join(door.phones, row.text(0));
  }
}

void count(const State& state, Handout& handout) {
  ++handout.total;
  handout.phone += state.phone ? 1 : 0;
  if (state.opened) {
    ++handout.opened;
  } else if (state.sent) {
    ++handout.sent;
  } else if (state.at) {
    ++handout.skipped;
  } else if (!state.no_phone) {
    ++handout.left;
  }
}

/// Errors: not_found "place.unknown"; too_large "link.too_many".
Result<Handout> show(api::Context& context, const Request& request) {
  const auto doors = TRY(doors_to_walk(context, request.place));
  const auto place =
      context.db.first("SELECT p.path, p.name FROM {places} p WHERE p.id = $1", {request.place});
  const auto known = states(context, place->text(0));
  Handout handout;
  handout.name = place->text(1);
  std::optional<Instant> latest;
  for (const SlipDoor& door : doors) {
    const auto state = known.find(door.household.value());
    if (state == known.end()) continue;
    const State& one = state->second;
    count(one, handout);
    const NextDoor told{door.path, door.household, door.door, door.label, {}, {}};
    if (!one.opened && !one.at && !one.no_phone && !handout.next) handout.next = told;
    if (one.sent && one.at && (!latest || *one.at > *latest)) {
      latest = one.at;
      handout.last = told;
    }
  }
  if (handout.next) fill(context, *handout.next);
  const auto claim = context.db.first(
      "SELECT created_at FROM claim_link WHERE community_id = $1 AND place_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, request.place});
  if (claim) handout.claim_link_at = claim->instant(0);
  return handout;
}

}  // namespace

api::Endpoint show_handout() {
  return api::query("/api/v1/places/{place}/handout", "link.issue",
                    "How far the links of a building were sent one by one", show);
}

}  // namespace doorstep::registry
