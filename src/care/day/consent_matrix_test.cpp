// What a household agreed to opens and closes nothing: every call of the house is answered alike with and without.

#include <fmt/format.h>

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

class ConsentMatrix : public Rights {
 protected:
  /// The status of every call, for the household and for whoever looks after it.
  std::vector<std::string> all_calls() {
    std::vector<std::string> answers;
    for (const Call& call : calls()) {
      if (call.action == "consent.edit") continue;
      for (const Role role : {Role::resident_proved, Role::worker, Role::manager}) {
        Site& here = site(Relation::inside);
        if (call.prepare != nullptr) call.prepare(*this, here);
        answers.push_back(fmt::format("{} {} as {}: {}", to_text(call.method), call.path,
                                      access::word(role), send_call(role, call, here).status));
      }
    }
    return answers;
  }
  void say(bool agreed) {
    const auto said = post(actor(Role::resident_proved), "/api/v1/consents",
                           fmt::format(R"({{"purpose":"publish_thanks","agreed":{}}})", agreed));
    EXPECT_EQ(said.status, 200) << said.body;
  }
};

TEST_P(ConsentMatrix, N12_NoServiceHangsOnWhatSomebodyAgreedTo) {
  all_calls();  // The first round uses up what there is once.
  const auto without = all_calls();
  say(true);
  const auto with = all_calls();
  EXPECT_EQ(count("SELECT count(*) FROM consent WHERE withdrawn_at IS NULL"), 1);
  say(false);
  const auto again = all_calls();
  EXPECT_EQ(count("SELECT count(*) FROM consent WHERE withdrawn_at IS NULL"), 0);
  ASSERT_EQ(without.size(), with.size());
  for (std::size_t at = 0; at < with.size(); ++at) {
    EXPECT_EQ(with[at], without[at]);
    EXPECT_EQ(again[at], without[at]);
  }
  EXPECT_GT(with.size(), 500U);
}

DOORSTEP_ON_BOTH_ENGINES(ConsentMatrix);

}  // namespace
}  // namespace doorstep::day
