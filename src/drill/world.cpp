#include "drill/world.h"

#include <array>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "access/accounts.h"
#include "access/path.h"
#include "access/secrets.h"
#include "base/bytes.h"
#include "base/embedded.h"

namespace doorstep::drill {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;

constexpr int quiet_doors = 6;
constexpr std::array surnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"};
constexpr std::array given{"建国", "秀英", "伟", "敏", "静", "丽", "强", "磊", "军", "洋",
                           "艳",   "勇",   "娟", "涛", "明", "超", "霞", "平", "刚", "桂英"};

class Builder {
 public:
  Builder(const Preset& preset, int length, const std::string& root, const WorldOptions& options)
      : world_{&preset, *Zone::named("Asia/Shanghai")}, options_(options), rng_(options.seed) {
    world_.days = length;
    const Day first = preset.last_day - days{length - 1};
    world_.begin = world_.zone.start_of(first);
    world_.rules = embedded(preset.rules);
    world_.folder = root + "/world";
    fs::create_directories(world_.folder + "/0");
    house_ = std::make_unique<House>(world_.folder, world_.begin - hours{6}, options.seed);
  }

  World run() {
    found_community();
    import("dwellings", dwellings());
    world_.residents_file = residents();
    import("residents", world_.residents_file);
    read_homes();
    hire();
    roster();
    for (Home& home : world_.homes) {
      home.link = text_member(
          ask("/api/v1/households/" + home.id + "/links", R"({"name":"家里的手机"})"), "token");
    }
    fs::create_directory(world_.folder + "/kept");
    // As after a power cut: the files, without closing them first.
    for (const auto& entry : fs::directory_iterator(world_.folder + "/0")) {
      const std::string name = entry.path().filename();
      if (name == "lock" || name.ends_with("-shm")) continue;
      fs::copy(entry.path(), world_.folder + "/kept/" + name, fs::copy_options::recursive);
    }
    const std::string kept = world_.folder + "-kept";
    fs::rename(world_.folder + "/kept", kept);
    house_.reset();
    world_.folder = kept;
    return std::move(world_);
  }

 private:
  std::string ask(const std::string& path, const std::string& body, const std::string& query = {}) {
    const As as{world_.staff.empty() ? "" : world_.staff.front().session, {}};
    const auto answer =
        house_->call({as, api::Method::post, path, query, body, to_hex(rng_.bytes(16))});
    if (!answer || answer->status != 200) {
      throw std::runtime_error(path + ": " + (answer ? answer->body : "no answer"));
    }
    return answer->body;
  }

  void found_community() {
    IdSource ids(rng_);
    Colleague manager{"", 0, "manager"};
    const auto outcome = house_->store().write_now([&](store::Transaction& tx) -> store::Outcome {
      const auto community = TRY(access::create_community(
          tx, ids, house_->now(), world_.preset->community, "Asia/Shanghai", world_.rules));
      world_.community = community.value();
      const auto account = TRY(access::create_account(tx, ids, house_->now(),
                                                      {"manager", Private<std::string>{"主任"}}));
      manager.number = account.value();
      manager.account = to_text(account);
      access::create_grant(tx, ids, house_->now(), community, account, access::Role::manager,
                           std::nullopt, "", house_->now(), std::nullopt, 0);
      return store::Answer{};
    });
    if (!outcome.ok()) throw std::runtime_error(outcome.error().code);
    world_.staff.push_back(manager);
    sign_in(*house_, world_.staff);
  }

  void import(const std::string& kind, const std::string& file) {
    const std::string batch =
        text_member(ask("/api/v1/imports", file, "kind=" + kind + "&file_name=drill.csv"), "id");
    house_->run_jobs();
    ask("/api/v1/imports/" + batch + "/apply", "{}");
    house_->run_jobs();
  }

  struct Door {
    int building;
    int entrance;
    int floor;
    int number;
  };
  /// The door of the n-th household: across the buildings, then up the floors.
  [[nodiscard]] Door door(int n) const {
    const Preset& preset = *world_.preset;
    const int building = n % preset.buildings;
    const int in_building = n / preset.buildings;
    const int number = in_building % preset.doors;
    return {building + 1, preset.doors > 3 ? number % 2 + 1 : 1, in_building / preset.doors + 1,
            number + 1};
  }
  static std::string written(const Door& at) {
    return fmt::format("{}栋,{}单元,{}{:02}", at.building, at.entrance, at.floor, at.number);
  }

  [[nodiscard]] std::string dwellings() const {
    std::string file = "网格,楼栋,单元,楼层,门牌,电梯\n";
    for (int n = 0; n < world_.preset->households(); ++n) {
      if (shares(n)) continue;
      const Door at = door(n);
      file += fmt::format("{}网格,{}栋,{}单元,{},{}{:02},无\n",
                          (at.building - 1) % world_.preset->grids + 1, at.building, at.entrance,
                          at.floor, at.floor, at.number);
    }
    // A house of which no list says that anybody lives there.
    for (int floor = 1; floor <= quiet_doors; ++floor) {
      file +=
          fmt::format("1网格,{}栋,1单元,{},{}01,无\n", world_.preset->buildings + 1, floor, floor);
    }
    return file;
  }

  /// Every fortieth household lives behind the door of the one before it: two families, one dwelling.
  static bool shares(int n) { return n % 40 == 39; }

  [[nodiscard]] std::string residents() {
    std::string file = "楼栋,单元,门牌,户,姓名,性别,出生日期,关系";
    file += options_.phones ? ",电话\n" : "\n";
    int n = 0;
    for (const Cohort& cohort : world_.preset->cohorts) {
      int left = cohort.persons;
      for (int at = 0; at < cohort.households; ++at, ++n) {
        const int here = left / (cohort.households - at);
        left -= here;
        const bool shared = shares(n) || (n % 40 == 38 && n + 1 < world_.preset->households());
        const std::string where = written(door(shares(n) ? n - 1 : n));
        const char* label = !shared ? "" : shares(n) ? "乙" : "甲";
        for (int person = 0; person < here; ++person) {
          const auto name = rng_.below(surnames.size() * given.size());
          file += fmt::format("{},{},{}{},{},{}-{:02}-{:02},{}", where, label,
                              surnames[name % surnames.size()], given[name / surnames.size()],
                              rng_.below(2) == 0 ? "男" : "女", 1935 + rng_.below(80),
                              1 + rng_.below(12), 1 + person % 28, person == 0 ? "本人" : "家人");
          // Numbers of a range that no operator gives out.
          const bool phone = options_.phones && person == 0 && n % 5 != 4;
          if (options_.phones) file += phone ? fmt::format(",1300000{:04}", n) : ",";
          file += '\n';
        }
        starts_.push_back(cohort.start);
      }
    }
    return file;
  }

  void read_homes() {
    (void)house_->store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row :
           db.query("SELECT r.household_id, r.person_id, p.name FROM residence r"
                    " JOIN household h ON h.community_id = r.community_id AND h.id = r.household_id"
                    " JOIN place p ON p.community_id = h.community_id AND h.path LIKE p.path || '%'"
                    " AND p.kind = 'grid' ORDER BY r.household_id, r.id")) {
        if (world_.homes.empty() || world_.homes.back().number != row.integer(0)) {
          world_.homes.push_back({id_text(row.integer(0)), row.integer(0)});
          world_.homes.back().grid = row.text(2)[0] - '1';
        }
        world_.homes.back().people.push_back(id_text(row.integer(1)));
      }
      for (const store::Row& row :
           db.query("SELECT id FROM place WHERE kind = 'grid' ORDER BY name")) {
        grids_.push_back(id_text(row.integer(0)));
      }
      for (const store::Row& row :
           db.query("SELECT p.id, p.path FROM place p WHERE p.kind = 'dwelling' AND NOT EXISTS"
                    " (SELECT 1 FROM household h WHERE h.dwelling_id = p.id) ORDER BY p.id")) {
        world_.quiet_doors.push_back(row.integer(0));
        world_.quiet_building = id_text(access::id_in_path(row.text(1), 'b').value_or(0));
      }
      return store::Answer{};
    });
    if (world_.homes.size() != starts_.size()) throw std::runtime_error("households are missing");
    for (std::size_t at = 0; at < starts_.size(); ++at) world_.homes[at].start = starts_[at];
  }

  void hire(const std::string& role, int grid) {
    const auto number = world_.staff.size();
    const std::string place =
        grid < 0 ? "" : R"(,"place":")" + grids_[static_cast<std::size_t>(grid)] + '"';
    const std::string body = ask(
        "/api/v1/invitations", fmt::format(R"({{"name":"员工{}","login":"staff{}","role":"{}"{}}})",
                                           number, number, role, place));
    Colleague one{text_member(body, "account"), 0, role, grid};
    one.number = id_from_text(one.account).value_or(0);
    world_.staff.push_back(std::move(one));
  }

  /// A worker and a deputy for each grid, a head for each; a leader, and the street.
  void hire() {
    for (int grid = 0; grid < std::ssize(grids_); ++grid) {
      for (const char* role : {"worker", "deputy", "grid_head"}) hire(role, grid);
    }
    hire("leader", -1);
    hire("street", -1);
    // A worker lives in the grid they work in: somebody else looks after that household.
    ask("/api/v1/accounts/" + world_.staff[1].account + "/person",
        R"({"person":")" + world_.homes.front().people.front() + "\"}");
  }

  void roster() {
    for (int day = 0; day < world_.days; ++day) {
      const Instant midnight = world_.begin + hours{24 * day};
      for (const Colleague& one : world_.staff) {
        const int from = one.role == "worker" ? 7 : one.role == "deputy" ? 13 : 8;
        if (one.grid < 0) continue;
        ask("/api/v1/shifts",
            fmt::format(R"({{"account":"{}","role":"{}","from":"{}","until":"{}"}})", one.account,
                        one.role, to_text(midnight + hours{from}),
                        to_text(midnight + hours{from + 12})));
      }
    }
  }

  World world_;
  WorldOptions options_;
  SeededRng rng_;
  std::unique_ptr<House> house_;
  std::vector<Day> starts_;
  std::vector<std::string> grids_;
};

}  // namespace

void sign_in(House& house, std::vector<Colleague>& staff) {
  (void)house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    for (Colleague& one : staff) {
      const std::string token = access::new_token(house.rng());
      const auto made =
          access::create_session(tx, Id<access::Account>{one.number},
                                 access::token_hash(token, house.store().pepper()), house.now());
      one.session = made.ok() ? token : "";
    }
    return store::Answer{};
  });
}

World build_world(const Preset& preset, int length, const std::string& root,
                  const WorldOptions& options) {
  return Builder(preset, length, root, options).run();
}

std::string text_member(const std::string& body, std::string_view name) {
  const std::string mark = fmt::format(R"("{}":")", name);
  const auto at = body.find(mark);
  if (at == std::string::npos) return {};
  const auto from = at + mark.size();
  return body.substr(from, body.find('"', from) - from);
}

}  // namespace doorstep::drill
