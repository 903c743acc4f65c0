// Nothing is lost and nothing is made: received = delivered + waiting + out + returned + lost after every one of
// random steps, with duplicates, wrong waves, a household that left, a revoked link and two who reassign one run;
// and a whole day of 950 parcels, every count agreeing.

#include <algorithm>
#include <chrono>
#include <map>

#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
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

/// One community of 20 buildings, 68 entrances of 7 floors with 2 doors (19栋3单元 and 20栋3单元 one less): the
/// shape of the preset "fumin".
class FullDay : public GoodsHouse {
 protected:
  void build() {
    for (int house = 1; house <= 20; ++house) {
      const bool four = (house % 4 == 1 || house % 4 == 2) && house < 16;
      for (int entrance = 1; entrance <= (four ? 4 : 3); ++entrance) {
        for (int floor = 1; floor <= 7; ++floor) {
          const bool single = house >= 19 && entrance == 3 && floor == 7;
          for (int door = 1; door <= (single ? 1 : 2); ++door) {
            doors_.push_back(fmt::format("H{}-{}-{}0{}", house, entrance, floor, door));
          }
        }
      }
    }
    make_places();
    // Couriers come in no order.
    SeededRng order(1);
    for (std::size_t at = households_.size() - 1; at > 0; --at) {
      std::swap(households_[at], households_[order.below(at + 1)]);
    }
  }

  /// Straight into the tables: imports have tests of their own.
  void make_places() {
    const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      std::map<std::string, std::pair<std::int64_t, std::string>> made;
      IdSource ids(rng_);
      const Id<access::Community> home{community()};
      const auto add = [&](const std::string& key, char letter, const char* kind,
                           const std::string& name, const std::string& above, std::int64_t floor) {
        const auto known = made.find(key);
        if (known != made.end()) return known->second;
        const std::int64_t id = ids.next(clock().now());
        const auto parent = above.empty() ? std::pair<std::int64_t, std::string>{} : made.at(above);
        const std::string path = access::path_below(parent.second, letter, id);
        tx.run(
            "INSERT INTO place (community_id, id, parent_id, kind, name, path, position, floors,"
            " lift, floor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            {home, id, above.empty() ? store::Value() : store::Value(parent.first), kind, name,
             path, static_cast<std::int64_t>(made.size()), store::Value(),
             letter == 'e' ? store::Value(false) : store::Value(),
             floor == 0 ? store::Value() : store::Value(floor)});
        return made.emplace(key, std::pair{id, path}).first->second;
      };
      for (const std::string& door : doors_) {
        const auto first = door.find('-');
        const auto second = door.find('-', first + 1);
        const std::string house = door.substr(0, first);
        const std::string entrance = door.substr(0, second);
        const std::string grid = fmt::format("G{}", (std::stoi(house.substr(1)) - 1) / 4 + 1);
        add(grid, 'g', "grid", grid, "", 0);
        add(house, 'b', "building", house, grid, 0);
        add(entrance, 'e', "entrance", entrance.substr(first + 1), house, 0);
        const std::string name = door.substr(second + 1);
        const auto dwelling = add(door, 'd', "dwelling", name, entrance, name[0] - '0');
        const std::int64_t id = ids.next(clock().now());
        tx.run(
            "INSERT INTO household (community_id, id, dwelling_id, path, label, door,"
            " access_notes, digital, created_at) VALUES ($1, $2, $3, $4, '', $5, '', 'unknown',"
            " $6)",
            {home, id, dwelling.first, access::path_below(dwelling.second, 'h', id), door,
             clock().now()});
        households_.push_back(id_text(id));
      }
      tx.journal({community(), 0, "test.changed", 0, ""});
      return store::Answer{};
    });
    ASSERT_TRUE(outcome.ok());
  }

  /// Receives `number` goods of a class for one household after the other, and brings them all.
  void wave(std::string_view kind, std::size_t number) {
    for (std::size_t at = 0; at < number; ++at) {
      const auto answer = receive(fmt::format(R"({{"household":"{}","class":"{}"}})",
                                              households_[next_++ % households_.size()], kind));
      ASSERT_EQ(answer.status, 200) << answer.body;
    }
    disinfect();
    for (const std::string_view stage : {"grid", "building", "door"}) {
      const auto manifest =
          get(manager, fmt::format("/api/v1/manifest?stage={}&class={}", stage, kind));
      std::size_t total = 0;
      for (std::size_t at = 0; at < length(manifest, "rows"); ++at) {
        total += std::stoul(member(manifest, fmt::format("rows.{}.total", at)));
      }
      EXPECT_EQ(total, number) << stage;
    }
    carry();
    expect_balance();
  }

  /// Drafts, sends out, and lets every carrier do every door.
  void carry() {
    const auto draft = post(manager, "/api/v1/runs/draft");
    ASSERT_EQ(draft.status, 200) << draft.body;
    flights_ += std::stol(member(draft, "flights"));
    arrival_ += std::stol(member(draft, "arrival_order_flights"));
    EXPECT_EQ(length(draft, "left_out"), 0U);
    for (std::size_t run = 0; run < length(draft, "runs"); ++run) {
      std::vector<std::string> parcels, homes;
      for (std::size_t at = 0; at < length(draft, fmt::format("runs.{}.stops", run)); ++at) {
        const std::string stop = fmt::format("runs.{}.stops.{}", run, at);
        homes.push_back(member(draft, stop + ".household"));
        for (std::size_t one = 0; one < length(draft, stop + ".parcels"); ++one) {
          parcels.push_back(member(draft, fmt::format("{}.parcels.{}", stop, one)));
        }
      }
      const auto as = phone(run_of(member(draft, fmt::format("runs.{}.carrier", run)), parcels));
      for (const std::string& home : homes) {
        clock().advance(std::chrono::seconds{4});
        ASSERT_EQ(act(as, fmt::format(R"("kind":"delivered","household":"{}")", home)).status, 200);
      }
    }
  }

  void at(std::string_view time) {
    clock().set(std::max(clock().now(), *instant_from_text(fmt::format("2022-11-28T{}Z", time))));
  }

  SystemRng rng_;
  std::vector<std::string> doors_, households_;
  std::size_t next_ = 0;
  long flights_ = 0;
  long arrival_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, FullDay, testing::Values(store::Engine::sqlite),
                         [](const auto&) { return std::string("sqlite"); });

// E1-E11, E15, E25: the goods of one day of the preset: 286 meals, 274 fresh, 390 parcels.
TEST_P(FullDay, Brings950ParcelsAndEveryCountAgrees) {
  build();
  for (int at = 0; at < 34; ++at) volunteer();
  ASSERT_EQ(households_.size(), 950U);
  wave("fresh", 274);
  at("03:30:00");
  wave("meal", 168);
  at("06:00:00");
  wave("parcel", 230);
  at("08:30:00");
  wave("meal", 118);
  wave("parcel", 158);
  // Two of the last are refused at the door and go back.
  const auto last =
      receive(fmt::format(R"({{"household":"{}","class":"parcel"}})", households_[0]));
  const auto other =
      receive(fmt::format(R"({{"household":"{}","class":"parcel"}})", households_[1]));
  for (const auto& one : {last, other}) {
    post(manager, "/api/v1/parcels/" + member(one, "parcel.id") + "/aside",
         R"({"as":"returned","reason":"refused"})");
  }
  expect_balance();
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"), 950);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE state = 'delivered'"), 948);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE state = 'returned'"), 2);
  EXPECT_EQ(length(get(manager, "/api/v1/parcels"), "rows"), 0U);
  const auto goods = get(manager, "/api/v1/goods");
  EXPECT_EQ(member(goods, "points.0.received"), "950");
  EXPECT_EQ(member(goods, "points.0.handed_on"), "950");
  EXPECT_EQ(member(goods, "points.0.waiting"), "0");
  const auto figures = get(manager, "/api/v1/goods/figures");
  EXPECT_EQ(member(figures, "parcels"), "948");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'parcel' AND closed_at IS NULL"), 0);
  fmt::print("flights {} against {} in order of arrival; services {}; runs {}\n", flights_,
             arrival_, member(figures, "services"), count("SELECT count(*) FROM run"));
  EXPECT_LT(flights_, arrival_);
  EXPECT_TRUE(store::verify_journal(store()).problems.empty());
}

}  // namespace
}  // namespace doorstep::delivery
