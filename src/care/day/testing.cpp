#include "care/day/testing.h"

#include <charconv>

#include <fmt/format.h>

#include "care/day/closing.h"

namespace doorstep::day {
namespace {

using api::member;
using api::Method;

constexpr std::array names{"内里甲", "外边乙", "异地丙"};
/// The n-th quarter of an hour, far from now: shifts of one account may not overlap.
std::string quarter(std::int64_t n) {
  return to_text(*instant_from_text("2023-01-01T00:00:00Z") + std::chrono::minutes{15 * n});
}

}  // namespace

Rights::Rights() {
  prove_address();
  build(Relation::inside, community(), manager, grid(1));
  build(Relation::outside, community(), manager, grid(2));
  const std::int64_t other = another_community("外地社区");
  const api::As stranger = staff(Role::manager, "", other);
  build(Relation::foreign, other, stranger,
        id(post(stranger, "/api/v1/places", R"({"kind":"grid","name":"异网格"})")));
  for (const Role role : staff_roles) actors_[role] = staff(role, path_of_place(grid(1)));
  Site& inside = site(Relation::inside);
  for (Site& one : sites_) {
    openers_.push_back(staff(Role::captain, path_of_place(one.ids["bare"]), one.community));
  }
  actors_[Role::opener] = staff(Role::opener, path_of_household(inside.ids["household"]));
  actors_[Role::operator_] = api::at_the_shell;
  actors_[Role::resident] = link(inside.ids["household"]);
  actors_[Role::resident_proved] = link(inside.ids["household"], true);
  // The people the actors may name: their own.
  for (Site& one : sites_) {
    one.ids["abroad"] = id_text(one.relation == Relation::foreign ? community() : other);
    one.ids["colleague"] = inside.ids["account"];
    one.ids["elsewhere"] = inside.ids["neighbours"];
    fresh_closing(one);
    fresh_departure(one);
    fresh_need(one, "黄瓜几根");
    fresh_supplier(one);
    fresh_entry(one);
    fresh_cycle(one, "done");
  }
  for (Site& one : sites_) fresh_run(one);
  actors_[Role::carrier] = phone(inside);
}

std::string Rights::made(const Site& site, std::string_view path, std::string_view json,
                         std::string_view name) {
  return id(post(site.manager, path, filled(json, site, false)), name);
}

void Rights::build(Relation relation, std::int64_t community, const api::As& by,
                   const std::string& grid) {
  const int number = static_cast<int>(relation) + 1;
  Site site{relation, community, by, names.at(static_cast<std::size_t>(relation)), {}};
  site.ids["grid"] = grid;
  const auto building = [&](std::string_view name) {
    return made(site, "/api/v1/places",
                fmt::format(R"({{"kind":"building","parent":"$grid","name":"{}"}})", name));
  };
  site.ids["place"] = building(fmt::format("1{}栋", number));
  site.ids["bare"] = building(fmt::format("2{}栋", number));
  const std::string entrance =
      made(site, "/api/v1/places",
           R"({"kind":"entrance","parent":"$place","name":"1单元","floors":3,"lift":false})");
  settle(site, number, entrance);
  staff_up(site);
  sites_.push_back(std::move(site));
}

/// 1, 2 or 4 households under observation, so that a sum tells who was counted; and neighbours.
void Rights::settle(Site& site, int number, const std::string& entrance) {
  const int households = 1 << (number - 1);
  for (int door = households + 1; door >= 1; --door) {
    site.ids["dwelling"] =
        made(site, "/api/v1/places",
             fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"10{}","floor":1}})", entrance,
                         door));
    site.ids["household"] = made(site, "/api/v1/households", R"({"dwelling":"$dwelling"})");
    if (door > households) {
      site.ids["neighbours"] = site.ids["household"];
    } else {
      observe(site);
    }
  }
  site.ids["vacant"] =
      made(site, "/api/v1/places",
           fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"301","floor":3}})", entrance));
  site.ids["door"] = fmt::format("1{}栋1单元101", number);
  site.ids["code"] = "0000000000000";  // Of a letter that nobody has.
  site.ids["group"] = "delivery";
  site.ids["person"] =
      made(site, fmt::format("/api/v1/households/{}/people", site.ids["household"]),
           fmt::format(R"({{"name":"{}","phone":"1391234567{}"}})", site.name, number));
}

void Rights::staff_up(Site& site) {
  site.ids["account"] = made(
      site, "/api/v1/invitations",
      R"({"name":"值班","login":"$fresh","phone":"13800000001","role":"volunteer","place":"$place"})",
      "account");
  site.ids["team"] = made(site, "/api/v1/teams",
                          R"({"name":"$fresh","leader":"$account","members":["$account"]})");
  post(site.manager, "/api/v1/teams/" + site.ids["team"] + "/buildings",
       filled(R"({"place":"$place"})", site, false));
  site.ids["point"] =
      made(site, "/api/v1/points", R"({"kind":"workstation","name":"$fresh","place":"$place"})");
  made(
      site, "/api/v1/shifts",
      fmt::format(
          R"({{"account":"$account","role":"volunteer","place":"$place","from":"{}","until":"{}"}})",
          to_text(clock().now() - std::chrono::hours{1}),
          to_text(clock().now() + std::chrono::hours{8})));
}

std::string Rights::filled(std::string_view text, const Site& site, bool in_path) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool mark = text[at] == '$' || (in_path && text[at] == '{');
    if (!mark) {
      out += text[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    at = end + (text[at] == '{' ? 1 : 0);
    if (name == "fresh") {
      out += fmt::format("x{}", ++fresh_);
    } else if (name == "from") {
      out += quarter(fresh_ += 2);
    } else if (name == "until") {
      out += quarter(fresh_ + 1);
    } else {
      out += site.ids.at(std::string(name));
    }
  }
  return out;
}

std::string Rights::target_of(const api::As& as, const Call& call, const Site& site) {
  std::string path = call.path;
  if (call.spare) path.replace(path.find('{'), path.find('}') + 1 - path.find('{'), "{spare}");
  path = filled(path, site, true);
  std::string query = filled(call.query, site, false);
  if (as.channel == api::Channel::control) {
    query += (query.empty() ? "" : "&") + ("community=" + id_text(community()));
  }
  if (!query.empty()) path += "?" + query;
  return path;
}

api::Response Rights::send_call(const api::As& as, const Call& call, const Site& site) {
  const bool carrier = as.link == actor(Role::carrier).link;
  const bool link = !as.link.empty() && !carrier && !call.link_body.empty();
  return send(as, call.method, target_of(as, call, site),
              filled(link ? call.link_body : call.body, site, false));
}

bool Rights::told(const Call& call, const Site& site, const api::Response& answer) {
  if (answer.status != 200) return false;
  const bool counts = call.path == "/api/v1/observations/counts";
  if (counts || call.path == "/api/v1/today/history") {
    const std::int64_t sum = [&] {
      std::int64_t number = 0;
      const std::string text = member(answer, counts ? "households.cumulative" : "rows.0.due");
      std::from_chars(text.data(), text.data() + text.size(), number);
      return number;
    }();
    return (sum & (std::int64_t{1} << static_cast<unsigned>(site.relation))) != 0;
  }
  // Figures name nobody: they are those of whoever asks. Backups are the installation's.
  const bool figures = call.path == "/api/v1/goods/figures" || call.path == "/api/v1/goods/care" ||
                       call.path.starts_with("/api/v1/backups") || call.path == "/api/v1/privacy" ||
                       call.path == "/api/v1/bulletin";
  if (figures) return site.relation != Relation::foreign;
  if (call.path == "/api/v1/home" && site.relation == Relation::inside) return true;
  return call.shows.empty() || answer.body.find(site.ids.at(call.shows)) != std::string::npos;
}

std::string Rights::path_of_household(const std::string& household) {
  std::string path;
  const auto outcome = store().read([&](store::Snapshot& db) -> store::Outcome {
    path =
        db.first("SELECT path FROM household WHERE id = $1", {*id_from_text(household)})->text(0);
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  return path;
}

void Rights::fresh_link(Site& site) {
  site.ids["link"] =
      made(site, "/api/v1/households/" + site.ids["household"] + "/links", R"({"name":"手机"})");
}

void Rights::fresh_person(Site& site) {
  site.ids["person"] =
      made(site, "/api/v1/households/" + site.ids["household"] + "/people", R"({"name":"$fresh"})");
}

void Rights::fresh_phone(Site& site) {
  site.ids["phone"] = made(site, "/api/v1/households/" + site.ids["household"] + "/phones",
                           R"({"phone":"13900000099"})");
}

void Rights::fresh_household(Site& site) {
  site.ids["spare"] =
      made(site, "/api/v1/households", R"({"dwelling":"$dwelling","label":"$fresh"})");
}

void Rights::fresh_place(Site& site) {
  site.ids["spare"] =
      made(site, "/api/v1/places", R"({"kind":"entrance","parent":"$place","name":"$fresh"})");
}

api::As Rights::phone(Site& site) {
  return {{}, made(site, "/api/v1/runs/" + site.ids["run"] + "/link", "{}", "token")};
}

void Rights::fresh_grant(Site& site) {
  site.ids["grant"] =
      made(site, "/api/v1/grants", R"({"account":"$account","role":"volunteer","place":"$place"})");
}

void Rights::fresh_batch(Site& site) {
  const auto answer = upload(site.manager, "/api/v1/imports?kind=dwellings",
                             "楼栋,单元,楼层,门牌\n1栋,1单元,1,101\n");
  site.ids["import"] = id(answer);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    const auto batch = id_from_text(site.ids["import"]);
    tx.run("UPDATE import_batch SET state = 'ready' WHERE id = $1", {*batch});
    tx.run(
        "INSERT INTO import_row (community_id, batch_id, number, cells, state)"
        " VALUES ($1, $2, 9, '', 'applied')",
        {site.community, *batch});
    tx.journal({site.community, 0, "test.changed", *batch, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

bool Rights::observed(const Site& site) {
  return count(fmt::format("SELECT count(*) FROM observation WHERE household_id = {}"
                           " AND ended_at IS NULL",
                           *id_from_text(site.ids.at("household")))) > 0;
}

void Rights::observe(Site& site) {
  if (!observed(site)) {
    made(site, "/api/v1/observations", R"({"household":"$household","ground":"area"})", "opened");
  }
  site.ids["observation"] = id_text(
      count(fmt::format("SELECT id FROM observation WHERE household_id = {} AND ended_at IS NULL",
                        *id_from_text(site.ids["household"]))));
}

void Rights::unobserve(Site& site) {
  if (!observed(site)) return;
  observe(site);
  EXPECT_EQ(post(site.manager, "/api/v1/observations/" + site.ids["observation"] + "/end",
                 R"({"reason":"transferred"})")
                .status,
            200);
}

std::string Rights::open_duty(const Site& site, std::string_view kind) {
  return id_text(count(
      fmt::format("SELECT id FROM duty WHERE kind = '{}' AND subject_id = {} AND closed_at IS NULL",
                  kind, *id_from_text(site.ids.at("household")))));
}

void Rights::close_window() {
  for (Site& site : sites_) observe(site);
  const Instant end = *instant_from_text("2022-11-28T02:00:00Z");
  if (clock().now() < end) clock().advance(end - clock().now());
}

void Rights::say_unwell(Site& site) {
  observe(site);
  made(site, "/api/v1/check-ins",
       R"({"household":"$household","wellbeing":"unwell","channel":"phone"})");
  site.ids["duty"] = open_duty(site, "unwell");
}

void Rights::raise_contact(Site& site) {
  observe(site);
  site.ids["duty"] = open_duty(site, "contact");
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE duty SET state = 'raised', from_at = 0 WHERE id = $1",
           {*id_from_text(site.ids["duty"])});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_closing(Site& site) {
  const auto outcome =
      service().as_system(site.community, [&](api::WriteContext& context) -> store::Outcome {
        context.tx.run("DELETE FROM closing_sheet WHERE community_id = $1", {site.community});
        site.ids["closing"] = to_text(TRY(close_day(context)));
        return store::Answer{};
      });
  EXPECT_TRUE(outcome.ok());
}

void Rights::close_suppliers(Site& site) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE supplier SET closed_at = 1 WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::take_smartphone(Site& site) {
  EXPECT_EQ(
      post(site.manager, "/api/v1/households/" + site.ids["household"], R"({"digital":"none"})")
          .status,
      200);
}

void Rights::fresh_letter(Site& site) {
  site.ids["letter"] = "A" + site.ids["household"].substr(1);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("DELETE FROM release_letter WHERE community_id = $1", {site.community});
    tx.run(
        "INSERT INTO release_letter (community_id, id, code, household_id, person_id, first_day,"
        " ends_on, released_at, released_by)"
        " VALUES ($1, $2, $3, $4, 0, '2022-11-01', '2022-11-15', $5, 0)",
        {site.community, *id_from_text(site.ids["household"]), site.ids["letter"],
         *id_from_text(site.ids["household"]), clock().now()});
    tx.journal({site.community, 0, "test.letter", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::drop_trusted(Site& site) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE link_token SET revoked_at = $2 WHERE community_id = $1 AND trusted",
           {site.community, clock().now()});
    tx.journal({site.community, 0, "test.dropped", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_trusted(Site& site) {
  drop_trusted(site);
  site.ids["link"] = made(site, "/api/v1/trusted", R"({"household":"$household","name":"$fresh"})");
}

void Rights::silence(Site& site) {
  fresh_person(site);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    for (const char* table : {"check_in", "message", "care_tick"}) {
      tx.run(std::string("DELETE FROM ") + table + " WHERE community_id = $1", {site.community});
    }
    tx.run("UPDATE need SET created_at = 1 WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.silenced", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::hold(Site& site, const char* sql) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run(sql, {site.community});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::hold_clock(Site& site) {
  hold(site,
       "INSERT INTO clock_hold (community_id, expected_at, seen_at) VALUES ($1, 1, 2)"
       " ON CONFLICT (community_id) DO NOTHING");
}

}  // namespace doorstep::day
