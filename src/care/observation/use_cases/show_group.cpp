/// \file The group of households under observation: what was written, and how many have joined. A
/// household reads the others by their numbers; staff see whose words they are.

#include <algorithm>

#include "care/observation/group.h"

namespace doorstep::observation {
namespace {

constexpr std::int64_t shown = 100;

struct PostView {
  std::string path;
  Id<GroupPost> id;
  bool staff = false;
  std::optional<std::int64_t> number;  ///< Of the household that wrote.
  bool mine = false;
  std::string author;  ///< Of the staff.
  std::string door;    ///< For staff: whose words they are.
  std::string body;
  Instant at{};

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("staff", staff);
    f("number", number);
    f("mine", mine);
    f("author", author, api::Class::name);
    f("door", door, api::Class::door);
    f("body", body, api::Class::health);
    f("at", at);
  }
};

struct Group {
  bool member = false;                 ///< Who asks is a household of the group.
  std::optional<std::int64_t> number;  ///< Under which the others read it; absent before it joined.
  std::int64_t households = 0;         ///< Under observation.
  std::int64_t joined = 0;
  std::vector<PostView> rows;  ///< Oldest first; for a household once it has joined.

  void fields(auto& f) {
    f("member", member);
    f("number", number);
    f("households", households);
    f("joined", joined);
    f("rows", rows);
  }
};

std::vector<PostView> posts(api::Context& context, const std::string& own_path) {
  const bool link = context.actor.is_link();
  std::vector<PostView> rows;
  for (const store::Row& row : context.db.query(
           "SELECT p.id, p.household_id, m.number, coalesce(a.name, ''), p.body, p.at, h.path,"
           " h.door FROM group_post p LEFT JOIN group_member m ON m.community_id = p.community_id"
           " AND m.household_id = p.household_id LEFT JOIN account a ON a.id = p.author_id"
           " AND p.household_id = 0 LEFT JOIN household h ON h.community_id = p.community_id"
           " AND h.id = p.household_id WHERE p.community_id = $1 AND p.hidden_at IS NULL"
           " ORDER BY p.id DESC LIMIT $2",
           {context.community.id, shown})) {
    PostView one;
    one.id = row.id<GroupPost>(0);
    one.staff = row.integer(1) == 0;
    one.number = row.maybe_integer(2);
    one.mine = link && row.integer(1) == context.actor.household.value();
    one.author = row.text(3);
    one.body = row.text(4);
    one.at = row.instant(5);
    // To a household these are words among neighbours: of its own class, and never with a door.
    one.path = link || one.staff ? own_path : row.maybe_text(6).value_or("");
    if (!link) one.door = row.maybe_text(7).value_or("");
    rows.push_back(std::move(one));
  }
  std::ranges::reverse(rows);
  return rows;
}

/// The group belongs to the whole community: who holds a part of it sees all that was written, and doors
/// and words of that part alone.
Group show_all(api::Context& context) {
  Group group;
  const auto counts = context.db.first(
      "SELECT count(*), count(m.household_id) FROM observation o LEFT JOIN group_member m"
      " ON m.community_id = o.community_id AND m.household_id = o.household_id"
      " AND m.observation_id = o.id WHERE o.community_id = $1 AND o.ended_at IS NULL",
      {context.community.id});
  group.households = counts->integer(0);
  group.joined = counts->integer(1);
  return group;
}

Result<Group> show(api::Context& context, const api::Nothing&) {
  Group group = show_all(context);
  if (!context.actor.is_link()) {
    const std::string own =
        context.scope.reaches.empty() ? std::string() : context.scope.reaches.front().prefix;
    group.rows = posts(context, own);
    return group;
  }
  const auto standing = membership(context, context.actor.household);
  group.member = standing.has_value();
  if (!standing || !standing->number) return group;
  group.number = standing->number;
  const auto home = context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1",
                                     {context.actor.household});
  group.rows = posts(context, home->text(0));
  return group;
}

}  // namespace

api::Endpoint show_group() {
  return api::query("/api/v1/group", "group.read", "The group of households under observation",
                    show);
}

}  // namespace doorstep::observation
