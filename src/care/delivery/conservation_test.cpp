// Nothing is lost and nothing is made: received = delivered + waiting + out + returned + lost after every one of
// random steps, with duplicates, wrong waves, a household that left, a revoked link and two who reassign one run.

#include <map>

#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::member;

class Conservation : public GoodsHouse {
 protected:
  std::size_t any(std::size_t bound) { return rng_.below(bound); }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[any(all.size())];
  }

  void prepare() {
    for (int at = 0; at < 3; ++at) carriers_.push_back(volunteer());
  }

  void receive_one() {
    const std::string building = std::to_string(1 + any(2));
    const std::string door = fmt::format("{}0{}", 1 + any(3), 1 + any(2));
    const auto answer =
        receive(fmt::format(R"({{"door":"{}-1-{}","class":"{}"}})", building, door,
                            one_of(std::vector<std::string>{"meal", "fresh", "parcel"})));
    if (answer.status != 200) return;
    parcels_.push_back(member(answer, "parcel.id"));
    homes_[parcels_.back()] = member(answer, "parcel.household");
  }

  void publish_some() {
    std::vector<std::string> some{one_of(parcels_)};
    const std::string& more = one_of(parcels_);
    if (more != some[0]) some.push_back(more);
    const auto answer = publish(one_of(carriers_), some);
    if (answer.status != 200) return;
    runs_.push_back(member(answer, "runs.0"));
    phones_.push_back(phone(runs_.back()));
    doors_.push_back(homes_[some.back()]);
  }

  /// Two with the same picture of it: at most one is first.
  void reassign_twice() {
    const std::string run = one_of(runs_);
    const auto version =
        count(fmt::format("SELECT version FROM run WHERE id = {}", *id_from_text(run)));
    int first = 0;
    for (int at = 0; at < 2; ++at) {
      const auto answer =
          post(manager, "/api/v1/runs/" + run + "/reassign",
               fmt::format(R"({{"carrier":"{}","version":{}}})", one_of(carriers_), version));
      first += answer.status == 200 ? 1 : 0;
    }
    EXPECT_LE(first, 1);
  }

  void act_somehow() {
    const std::size_t at = any(phones_.size());
    const api::As& as = phones_[at];
    const std::string home = any(3) == 0 ? homes_[one_of(parcels_)] : doors_[at];
    const std::string under = any(4) == 0 && !used_.empty() ? one_of(used_) : key();
    used_.push_back(under);
    switch (any(5)) {
      case 0: act(as, R"("kind":"take")", under); break;
      case 1:
        act(as, fmt::format(R"("kind":"not_delivered","household":"{}","reason":"refused")", home),
            under);
        break;
      case 2: act(as, fmt::format(R"("kind":"undo","undoes":"{}")", one_of(used_)), under); break;
      default: act(as, fmt::format(R"("kind":"delivered","household":"{}")", home), under);
    }
  }

  void step() {
    if (parcels_.empty() || any(4) == 0) return receive_one();
    const std::string parcel = one_of(parcels_);
    switch (any(9)) {
      case 0: receive(fmt::format(R"({{"scan":"{}"}})", parcel)); break;
      case 1: disinfect(); break;
      case 2:
        post(manager, "/api/v1/parcels/sort",
             fmt::format(R"({{"scan":"{}","class":"meal"}})", parcel));
        break;
      case 3:
        disinfect();
        publish_some();
        break;
      case 4:
        if (!runs_.empty()) reassign_twice();
        break;
      case 5:
        post(manager, "/api/v1/parcels/" + parcel + "/aside",
             fmt::format(R"({{"as":"{}","reason":"damaged"}})",
                         one_of(std::vector<std::string>{"held", "resumed", "returned", "lost"})));
        break;
      case 6:
        if (!runs_.empty()) post(manager, "/api/v1/runs/" + one_of(runs_) + "/link/revoke");
        break;
      default:
        if (!phones_.empty()) act_somehow();
    }
  }

  SeededRng rng_{1};
  std::vector<std::string> carriers_, parcels_, runs_, doors_, used_;
  std::vector<api::As> phones_;
  std::map<std::string, std::string> homes_;
};
DOORSTEP_ON_BOTH_ENGINES(Conservation);

TEST_P(Conservation, HoldsAfterEveryStep) {
  prepare();
  const std::string left = household("2", "301");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    rng_ = SeededRng(seed);
    for (int at = 0; at < 60; ++at) {
      step();
      if (seed == 4 && at == 30) {
        post(manager, "/api/v1/households/" + left + "/end", R"({"reason":"moved_away"})");
      }
      expect_balance();
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", step " << at;
    }
  }
  EXPECT_GT(count("SELECT count(*) FROM parcel WHERE state = 'delivered'"), 0);
  EXPECT_GT(count("SELECT count(*) FROM parcel WHERE state = 'returned'"), 0);
}

}  // namespace
}  // namespace doorstep::delivery
