// A whole day of the preset "fumin" by script, with the scenario's figures: 950 parcels received, disinfected, sorted,
// drafted, carried and closed, every count agreeing.

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <set>

#include "care/delivery/look_after.h"
#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
using api::member;

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
        // Houses and entrances stand in the order of their numbers.
        const std::int64_t position = letter == 'b'   ? std::stoll(name.substr(1))
                                      : letter == 'e' ? std::stoll(name)
                                                      : std::int64_t{0};
        tx.run(
            "INSERT INTO place (community_id, id, parent_id, kind, name, path, position, floors,"
            " lift, floor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            {home, id, above.empty() ? store::Value() : store::Value(parent.first), kind, name,
             path, position, store::Value(), letter == 'e' ? store::Value(false) : store::Value(),
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
        by_grid_[grid].push_back(households_.back());
        houses_.insert(id_text(made.at(house).first));
      }
      tx.journal({community(), 0, "test.changed", 0, ""});
      return store::Answer{};
    });
    ASSERT_TRUE(outcome.ok());
  }

  /// Received at the point, for these households one after the other.
  std::vector<std::string> take_in(std::string_view kind, const std::vector<std::string>& homes) {
    std::vector<std::string> parcels;
    for (const std::string& home : homes) {
      const auto answer = receive(fmt::format(R"({{"household":"{}","class":"{}"}})", home, kind));
      EXPECT_EQ(answer.status, 200) << answer.body;
      parcels.push_back(member(answer, "parcel.id"));
      homes_[parcels.back()] = home;
    }
    return parcels;
  }
  std::vector<std::string> next(std::size_t number) {
    std::vector<std::string> some;
    while (some.size() < number) some.push_back(households_[next_++ % households_.size()]);
    return some;
  }
  std::string manifest(std::string_view stage, std::string_view kind) {
    const auto rows = get(manager, fmt::format("/api/v1/manifest?stage={}&class={}", stage, kind));
    std::vector<int> totals;
    for (std::size_t at = 0; at < length(rows, "rows"); ++at) {
      totals.push_back(std::stoi(member(rows, fmt::format("rows.{}.total", at))));
    }
    std::string told = std::to_string(std::accumulate(totals.begin(), totals.end(), 0));
    if (stage == "grid") {
      for (const int one : totals) told += " " + std::to_string(one);
    }
    return told;
  }

  /// What a draft holds: each run's carrier with its parcels, stop by stop.
  struct Carried {
    std::string carrier;
    std::vector<std::string> parcels;
  };
  std::vector<Carried> runs_of(const api::Response& draft) {
    EXPECT_EQ(draft.status, 200) << draft.body;
    EXPECT_EQ(length(draft, "left_out"), 0U);
    std::vector<Carried> runs;
    for (std::size_t run = 0; run < length(draft, "runs"); ++run) {
      Carried made{member(draft, fmt::format("runs.{}.carrier", run)), {}};
      for (std::size_t at = 0; at < length(draft, fmt::format("runs.{}.stops", run)); ++at) {
        const std::string stop = fmt::format("runs.{}.stops.{}", run, at);
        for (std::size_t one = 0; one < length(draft, stop + ".parcels"); ++one) {
          made.parcels.push_back(member(draft, fmt::format("{}.parcels.{}", stop, one)));
        }
      }
      runs.push_back(std::move(made));
    }
    return runs;
  }
  /// Drafts what waits of a class, sends it out, and lets every carrier do every door.
  void carry(std::string_view kind) {
    const auto draft =
        post(manager, "/api/v1/runs/draft",
             kind.empty() ? std::string("{}") : fmt::format(R"({{"class":"{}"}})", kind));
    flights_ = std::stol(member(draft, "flights"));
    arrival_ = std::stol(member(draft, "arrival_order_flights"));
    all_flights_ += flights_;
    all_arrival_ += arrival_;
    for (const Carried& run : runs_of(draft))
      deliver(run_of(run.carrier, run.parcels), run.parcels);
  }
  /// Each at its door, proved by a picture, the door's code or the household's tap, as the day's sum asks (E22).
  void deliver(const std::string& run, const std::vector<std::string>& parcels) {
    const auto as = phone(run);
    for (const std::string& parcel : parcels) {
      const std::string& home = homes_.at(parcel);
      const std::string what = fmt::format(R"("household":"{}","parcels":["{}"])", home, parcel);
      clock().advance(std::chrono::seconds{4});
      if (refused_ > 0 && proved_ > 800) {
        --refused_;
        EXPECT_EQ(act(as, R"("kind":"not_delivered","reason":"refused",)" + what).status, 200);
        post(manager, "/api/v1/parcels/" + parcel + "/aside",
             R"({"as":"returned","reason":"refused"})");
        continue;
      }
      std::string more;
      if (proved_ < 412) {
        EXPECT_EQ(upload(as, fmt::format("/api/v1/run/photos?household={}&key={}", home, key()),
                         "\xFF\xD8\xFF\xDA\xFF\xD9")
                      .status,
                  200);
      } else if (proved_ < 412 + 287) {
        more = fmt::format(R"(,"code":"{}")", codes_.at(home));
      }
      const auto said = act(as, R"("kind":"delivered",)" + what + more);
      ASSERT_EQ(said.status, 200) << said.body;
      if (proved_ >= 412 + 287) {
        EXPECT_EQ(post(link(home), "/api/v1/home/parcels/" + parcel + "/confirm").status, 200);
      }
      ++proved_;
    }
  }
  void read_codes() {
    for (const std::string& house : houses_) {
      const auto slips = get(manager, "/api/v1/places/" + house + "/door-slips");
      for (std::size_t row = 0; row < length(slips, "rows"); ++row) {
        codes_[member(slips, fmt::format("rows.{}.household", row))] =
            member(slips, fmt::format("rows.{}.door_code", row));
      }
    }
  }
  /// "562 436 126": received, handed on and waiting at the point.
  std::string at_point() {
    const auto goods = get(manager, "/api/v1/goods");
    return member(goods, "points.0.received") + " " + member(goods, "points.0.handed_on") + " " +
           member(goods, "points.0.waiting");
  }
  std::string last_delivered(std::string_view kind) {
    return to_text(Instant{std::chrono::milliseconds{
        count(fmt::format("SELECT max(closed_at) FROM parcel WHERE class = '{}'", kind))}});
  }

  /// Of 28 November, Shanghai.
  void at(std::string_view time) {
    clock().set(*instant_from_text(fmt::format("2022-11-28T{}:00+08:00", time)));
    manager = staff(access::Role::manager);
  }

  void morning();
  void noon();
  void afternoon();
  void evening();

  SystemRng rng_;
  std::vector<std::string> doors_, households_;
  std::size_t next_ = 0;
  std::map<std::string, std::vector<std::string>> by_grid_;
  std::set<std::string> houses_;
  std::map<std::string, std::string> homes_, codes_;
  long flights_ = 0, arrival_ = 0, all_flights_ = 0, all_arrival_ = 0;
  int proved_ = 0;
  int refused_ = 0;
};
DOORSTEP_ON_BOTH_ENGINES(FullDay);

/// E1, E4, E13, E14, E11, E7: 268 fresh goods, by grid 56 + 56 + 55 + 56 + 45.
void FullDay::morning() {
  at("07:30");
  std::vector<std::string> homes;
  const std::map<std::string, std::size_t> bins{
      {"G1", 56}, {"G2", 56}, {"G3", 55}, {"G4", 56}, {"G5", 45}};
  for (const auto& [grid, number] : bins) {
    homes.insert(homes.end(), by_grid_[grid].begin(),
                 by_grid_[grid].begin() + static_cast<std::ptrdiff_t>(number));
  }
  SeededRng order(2);
  for (std::size_t at = homes.size() - 1; at > 0; --at)
    std::swap(homes[at], homes[order.below(at + 1)]);
  const auto fresh = take_in("fresh", homes);
  EXPECT_EQ(at_point(), "268 0 268");
  EXPECT_EQ(code(publish(volunteer(), {fresh[0]})), "step.disinfect_first");
  EXPECT_EQ(member(post(manager, "/api/v1/parcels/disinfect", R"({"all":true})"), "done"), "268");
  at("08:25");
  for (const std::string& bag : fresh) {
    post(manager, "/api/v1/parcels/sort", fmt::format(R"({{"scan":"{}","class":"fresh"}})", bag));
  }
  EXPECT_EQ(manifest("grid", "fresh"), "268 56 56 55 56 45");
  EXPECT_EQ(manifest("building", "fresh"), "268");
  EXPECT_EQ(manifest("door", "fresh"), "268");
  at("08:30");
  carry("fresh");
  EXPECT_LE(10 * flights_, 6 * arrival_) << flights_ << " of " << arrival_;
  EXPECT_LT(last_delivered("fresh"), "2022-11-28T03:00:00.000Z");  // Before 11:00.
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE late"), 0);
}

/// E6, E7, E1: 168 meals while 120 parcels wait; 6 late fresh goods; the point at 12:45.
void FullDay::noon() {
  at("11:00");
  take_in("meal", next(168));
  take_in("parcel", next(120));
  disinfect();
  const auto plan = post(manager, "/api/v1/runs/draft");
  for (std::size_t run = 0; run < length(plan, "runs"); ++run) {
    for (std::size_t at = 0; at < length(plan, fmt::format("runs.{}.stops", run)); ++at) {
      const std::string stop = fmt::format("runs.{}.stops.{}.", run, at);
      const std::string what = member(plan, stop + "parcels.0");
      const auto kind = member(get(manager, "/api/v1/parcels/" + what), "parcel.class");
      if (kind == "meal") {
        EXPECT_LT(member(plan, stop + "at"), "2022-11-28T04:30");
      } else {
        EXPECT_GE(member(plan, stop + "at"), "2022-11-28T06:00");
      }
    }
  }
  carry("meal");
  EXPECT_LT(last_delivered("meal"), "2022-11-28T04:30:00.000Z");  // Before 12:30.
  at("12:20");
  for (const std::string& bag : take_in("fresh", next(6))) {
    EXPECT_EQ(member(get(manager, "/api/v1/parcels/" + bag), "parcel.late"), "true");
  }
  at("12:45");
  EXPECT_EQ(at_point(), "562 436 126");
  expect_balance();
}

/// E8, E10: 126 from 14:00 on; then what comes while nothing waits is sent out by the clock.
void FullDay::afternoon() {
  at("14:00");
  disinfect();
  carry("");
  EXPECT_EQ(at_point(), "562 562 0");
  EXPECT_LT(last_delivered("parcel"), "2022-11-28T07:00:00.000Z");  // Before 15:00.
  at("15:10");
  const auto quiet = take_in("parcel", next(14));
  disinfect();
  const auto outcome =
      service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
        EXPECT_GT(TRY(dispatch_when_idle(context)), 0);
        return store::Answer{};
      });
  EXPECT_TRUE(outcome.ok());
  std::map<std::string, std::vector<std::string>> runs;
  for (const std::string& bag : quiet) {
    runs[member(get(manager, "/api/v1/parcels/" + bag), "parcel.run")].push_back(bag);
  }
  EXPECT_FALSE(runs.contains(""));
  for (const auto& [run, bags] : runs) deliver(run, bags);
  EXPECT_LT(last_delivered("parcel"), "2022-11-28T07:34:00.000Z");  // Before 15:34.
}

/// E6, E8, E9: 118 meals before 96 parcels, 160 more; two refused, two whose household is in hospital.
void FullDay::evening() {
  at("16:30");
  take_in("meal", next(118));
  take_in("parcel", next(96));
  disinfect();
  carry("meal");
  EXPECT_LT(last_delivered("meal"), "2022-11-28T10:00:00.000Z");  // Before 18:00.
  at("18:30");
  const auto late = take_in("parcel", next(160));
  disinfect();
  for (const std::string& bag : {late[0], late[1]}) {
    EXPECT_EQ(post(manager, "/api/v1/parcels/" + bag + "/aside",
                   R"({"as":"held","reason":"in_hospital"})")
                  .status,
              200);
  }
  refused_ = 2;
  carry("parcel");
  EXPECT_LT(last_delivered("parcel"), "2022-11-28T13:00:00.000Z");  // Before 21:00.
}

// The goods of 28 November of the preset "fumin" with the scenario's figures: 286 meals, 274 fresh, 390 parcels.
TEST_P(FullDay, E11_E21_Brings950ParcelsAndEveryCountAgrees) {
  build();
  for (int at = 0; at < 34; ++at) volunteer();
  ASSERT_EQ(households_.size(), 950U);
  read_codes();
  morning();
  noon();
  afternoon();
  evening();
  expect_balance();
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"), 950);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE class = 'parcel' AND state = 'delivered'"),
            386);
  const auto figures = get(manager, "/api/v1/goods/figures");
  EXPECT_EQ(member(figures, "parcels"), "946");
  EXPECT_EQ(member(figures, "photo") + "+" + member(figures, "code") + "+" + member(figures, "tap"),
            "412+287+247");
  at("21:30");
  const std::string id = member(post(manager, "/api/v1/closings"), "id");
  const auto sheet = get(manager, "/api/v1/closings/" + id);
  EXPECT_EQ(member(sheet, "goods.came"), "950") << sheet.body;
  EXPECT_EQ(member(sheet, "goods.delivered"), "946");
  EXPECT_EQ(member(sheet, "goods.returned"), "2");
  EXPECT_EQ(member(sheet, "goods.open"), "2");
  EXPECT_EQ(member(sheet, "goods.unowned"), "0");
  EXPECT_EQ(member(sheet, "owed.0.reason"), "in_hospital");
  EXPECT_EQ(member(sheet, "owed.1.reason"), "in_hospital");
  fmt::print("flights {} of {} in order of arrival; services {}; runs {}\n", all_flights_,
             all_arrival_, member(figures, "services"), count("SELECT count(*) FROM run"));
  EXPECT_TRUE(store::verify_journal(store()).problems.empty());
}

}  // namespace
}  // namespace doorstep::delivery
