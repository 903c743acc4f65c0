// Every call of the access matrix under a pack of kind care: control is refused with one code at every way in, and
// nothing else asks for a key that such a pack does not have.

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/day/testing.h"

namespace doorstep::drill {
namespace {

using api::member;

class UnderHeat : public day::Rights {
 protected:
  /// As filled(), where what only a call's own preparation makes is named by the household's id: control is
  /// refused before anything is looked up.
  std::string named(std::string_view text, day::Site site, bool in_path) {
    while (true) {
      try {
        return filled(text, site, in_path);
      } catch (const std::out_of_range&) {
        for (std::size_t at = 0; at < text.size(); ++at) {
          if (text[at] != '$' && text[at] != '{') continue;
          std::size_t end = at + 1;
          while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
          site.ids.try_emplace(std::string(text.substr(at + 1, end - at - 1)),
                               site.ids.at("household"));
        }
      }
    }
  }
};

TEST_P(UnderHeat, N29_ControlIsRefusedAtEveryWayInAndNothingElseLacksAKey) {
  rules(embedded("rules/heatwave-donghuli.toml"));
  day::Site& here = site(access::Relation::inside);
  std::set<std::string> refused;
  for (const day::Call& call : day::calls()) {
    if (call.path == "/api/v1/rules") continue;  // It would let the community follow another pack.
    const std::string path = named(call.path, here, true);
    const std::string query = named(call.query, here, false);
    const std::string body = named(call.body, here, false);
    const auto answer =
        send(here.manager, call.method, path + (query.empty() ? "" : "?" + query), body);
    const std::string code = member(answer, "code");
    EXPECT_FALSE(code.starts_with("rules.")) << call.path << answer.body;
    if (code == "control.not_in_pack") refused.insert(call.path);
  }
  EXPECT_EQ(
      refused,
      (std::set<std::string>{
          "/api/v1/controls/{control}/post", "/api/v1/controls/{control}/remove",
          "/api/v1/households/{household}/controls", "/api/v1/observation-grounds/{ground}/change",
          "/api/v1/observations", "/api/v1/observations/{observation}/end",
          "/api/v1/places/{place}/status", "/api/v1/households/{household}/suspicions",
          "/api/v1/presence", "/api/v1/roll-call", "/api/v1/suspicions",
          "/api/v1/suspicions/counts", "/api/v1/suspicions/{suspicion}/account",
          "/api/v1/suspicions/{suspicion}/decide", "/api/v1/suspicions/{suspicion}/object",
          "/api/v1/suspicions/{suspicion}/settle", "/api/v1/suspicions/{suspicion}/withdraw"}));
}

DOORSTEP_ON_BOTH_ENGINES(UnderHeat);

}  // namespace
}  // namespace doorstep::drill
