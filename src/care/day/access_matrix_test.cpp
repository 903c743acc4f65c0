// The access matrix: every endpoint, every role, and an object inside the grant, outside it and in
// another community, compared with docs/access.csv cell by cell.

#include <set>

#include <fmt/format.h>

#include "care/day/testing.h"
#include "store/store.h"

namespace doorstep::day {
namespace {

using access::Policy;

TEST(AccessTable, EveryActionAndEveryEndpointHasItsCall) {
  std::set<std::string> called;
  std::set<std::string> actions{"journal.watch"};  // No endpoint: the live stream, asked below.
  for (const Call& call : calls()) {
    EXPECT_TRUE(called.insert(fmt::format("{} {}", to_text(call.method), call.path)).second);
    actions.insert(call.action);
  }
  std::set<std::string> served;
  for (const api::Endpoint& endpoint : api::all_endpoints()) {
    if (endpoint.door != api::Door::policy) continue;
    const std::string name = fmt::format("{} {}", to_text(endpoint.method), endpoint.path);
    EXPECT_TRUE(called.contains(name)) << name << " has no call in access_calls.cpp";
    EXPECT_TRUE(Policy::built_in().knows(endpoint.action)) << name << ": " << endpoint.action;
    served.insert(endpoint.action);
  }
  for (const std::string& action : Policy::built_in().actions()) {
    if (action == "journal.watch") continue;
    EXPECT_EQ(actions.contains(action), served.contains(action)) << action;
  }
}

class AccessMatrix : public Rights {
 protected:
  static bool names_nothing(const Call& call) {
    return call.method == api::Method::post && call.path.find('{') == std::string::npos &&
           (call.query + call.body).find('$') == std::string::npos;
  }

  bool allowed_anywhere(Role role, const std::string& action) {
    for (const Relation relation : relations) {
      if (Policy::built_in().allows(role, action, relation)) return true;
    }
    return false;
  }

  void check(Role role, const Call& call, Site& site) {
    const bool allowed = Policy::built_in().allows(role, call.action, site.relation);
    if (call.prepare != nullptr) call.prepare(*this, site);
    const std::int64_t before = count("SELECT count(*) FROM journal");
    const api::Response answer = send_call(role, call, site);
    const std::string cell =
        fmt::format("{} as {}, relation {}: {} {}", call.path, access::word(role),
                    static_cast<int>(site.relation), answer.status, answer.body.substr(0, 300));
    EXPECT_EQ(told(call, site, answer), allowed) << cell;
    if (allowed) return;
    EXPECT_EQ(count("SELECT count(*) FROM journal"), before) << cell;
    EXPECT_EQ(answer.body.find(site.name), std::string::npos) << cell;
    // Where a list names no object it may be answered, without this one in it.
    const bool list = !call.shows.empty() || call.path.ends_with("/counts");
    const bool left_out = list && answer.status == 200 && allowed_anywhere(role, call.action);
    EXPECT_TRUE(left_out || answer.status == 403 || answer.status == 404) << cell;
    if (!allowed_anywhere(role, call.action)) {
      EXPECT_EQ(answer.status, 403) << cell;
    }
  }
};

TEST_P(AccessMatrix, AgreesWithThePolicyInEveryCell) {
  std::int64_t cells = 0;
  for (const Call& call : calls()) {
    for (std::size_t role = 0; role < access::role_words.size(); ++role) {
      for (const Relation relation : relations) {
        // What names no object (a file, the clock) is one's own community's.
        if (names_nothing(call) && relation == Relation::foreign) continue;
        if (call.of_community && relation == Relation::outside) continue;
        check(static_cast<Role>(role), call, site(relation));
        ++cells;
      }
    }
  }
  RecordProperty("cells", static_cast<int>(cells));
  EXPECT_GT(cells, 1000);
  fmt::print("{} cells\n", cells);
}

TEST_P(AccessMatrix, TheLiveStreamAgreesToo) {
  for (std::size_t at = 0; at < access::role_words.size(); ++at) {
    const Role role = static_cast<Role>(at);
    const api::As& as = actor(role);
    api::Request request;
    request.session = as.session;
    request.link = as.link;
    request.channel = as.channel;
    request.query = "community=" + id_text(community());
    const auto viewer = service().viewer(request);
    ASSERT_EQ(viewer.ok(), allowed_anywhere(role, "journal.watch")) << access::word(role);
    for (const Relation relation : relations) {
      const Site& one = site(relation);
      store::Sealed entry;
      entry.entry.community = one.community;
      entry.entry.kind = "check_in.recorded";
      entry.entry.path = path_of_household(one.ids.at("household"));
      EXPECT_EQ(viewer.ok() && api::Service::event_data(*viewer, entry).has_value(),
                Policy::built_in().allows(role, "journal.watch", relation))
          << access::word(role) << static_cast<int>(relation);
      entry.entry.kind = "unwell.acknowledged";
      if (viewer.ok() && !Policy::built_in().classes(role).contains(access::Class::health)) {
        EXPECT_FALSE(api::Service::event_data(*viewer, entry).has_value()) << access::word(role);
      }
    }
  }
}

DOORSTEP_ON_BOTH_ENGINES(AccessMatrix);

}  // namespace
}  // namespace doorstep::day
