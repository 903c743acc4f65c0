/// \file What a request about needs, purchase and goods finds prepared.

#include <fmt/format.h>

#include "care/day/testing.h"
#include "care/delivery/delivery.h"

namespace doorstep::day {

using api::member;

void Rights::fresh_point(Site& site) {
  site.ids["spare"] =
      made(site, "/api/v1/points", R"({"kind":"drop_point","name":"$fresh","place":"$place"})");
}

void Rights::fresh_parcel(Site& site) {
  const auto received =
      post(site.manager, "/api/v1/parcels/receive",
           filled(R"({"household":"$household","point":"$point","class":"parcel"})", site, false));
  site.ids["parcel"] = id(received, "parcel.id");
  site.ids["bagcode"] = id(received, "parcel.code");
  made(site, "/api/v1/parcels/disinfect", R"({"scans":["$parcel"]})", "done");
}

void Rights::fresh_run(Site& site) {
  fresh_parcel(site);
  site.ids["run"] = made(site, "/api/v1/runs",
                         R"({"runs":[{"carrier":"$account","parcels":["$parcel"]}]})", "runs.0");
}

void Rights::leave(Site& site) {
  fresh_run(site);
  made(site, "/api/v1/runs/" + site.ids["run"] + "/actions",
       R"({"key":"0123456789abcdef$fresh","kind":"take"})", "key");
}

void Rights::fresh_coming(Site& site) {
  site.ids["store"] = made(site, "/api/v1/points", R"({"kind":"shop","name":"$fresh"})");
  const Id<access::Household> home{*id_from_text(site.ids["household"])};
  const auto outcome =
      service().as_system(site.community, [&](api::WriteContext& context) -> store::Outcome {
        site.ids["coming"] = to_text(TRY(delivery::expect(context, {.household = home})));
        return store::Answer{};
      });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_shuttle(Site& site) {
  fresh_coming(site);
  site.ids["shuttle"] = made(site, "/api/v1/shuttles", std::string(shuttle_body), "shuttles.0");
  site.ids["position"] = "1";
}

void Rights::photograph(Site& site) {
  leave(site);
  const std::string path = "/api/v1/run/photos?key=0123456789abcdef$fresh&household=$household";
  EXPECT_EQ(upload(phone(site), filled(path, site, false), "\xFF\xD8\xFF\xDA\xFF\xD9").status, 200);
}

void Rights::fresh_need(Site& site, std::string_view text, std::string_view decision) {
  const std::string body =
      text.empty() ? R"({"household":"$household","note":"/9j/4AAESkb/2gAEAQJwaWN0dXJl/9k="})"
                   : fmt::format(R"({{"household":"$household","text":"{}"}})", text);
  site.ids["need"] = made(site, "/api/v1/needs", body);
  if (decision.empty()) return;
  EXPECT_EQ(post(site.manager, "/api/v1/needs/" + site.ids["need"] + "/decide",
                 fmt::format(R"({{"decision":"{}","version":1,"answer":"几根?"}})", decision))
                .status,
            200);
}

void Rights::fresh_supplier(Site& site) {
  site.ids["supplier"] = made(site, "/api/v1/suppliers", R"({"name":"$fresh"})");
}

void Rights::fresh_loan(Site& site) {
  fresh_need(site, "黄瓜几根");
  site.ids["loan"] =
      made(site, "/api/v1/needs/" + site.ids["need"] + "/loan", R"({"thing":"耳机","gift":false})");
}

void Rights::propose_word(Site& site) {
  fresh_need(site, "咕噜丸两袋");
  EXPECT_EQ(post(site.manager, "/api/v1/needs/" + site.ids["need"] + "/decide",
                 R"({"decision":"decline","version":1,"corrections":[{"written":"咕噜丸",)"
                 R"("meant":"肉丸"}]})")
                .status,
            200);
  site.ids["word"] = id(get(site.manager, "/api/v1/words"), "rows.0.id");
}

void Rights::lead_group(Site& site) {
  fresh_need(site, "黄瓜几根");
  site.ids["group"] = "delivery";
  EXPECT_EQ(post(site.manager, "/api/v1/groups/delivery/lead",
                 filled(R"({"account":"$account"})", site, false))
                .status,
            200);
}

void Rights::run_short(Site& site) {
  EXPECT_EQ(post(site.manager, "/api/v1/supplies",
                 filled(R"({"household":"$household","food_days":1})", site, false))
                .status,
            200);
}

void Rights::fresh_surroundings(Site& site) {
  site.ids["shop"] =
      made(site, "/api/v1/shops", R"({"name":"$fresh","kind":"other","opens":0,"closes":1440})");
  site.ids["dish"] = filled("$fresh", site, false) + "菜";
  EXPECT_EQ(post(site.manager, "/api/v1/menus",
                 fmt::format(R"({{"day":"{}","dishes":["{}"]}})",
                             to_text(Zone::named("Asia/Shanghai")->day_of(clock().now())),
                             site.ids["dish"]))
                .status,
            200);
  site.ids["guide"] = made(site, "/api/v1/guides", R"({"app":"$fresh","steps":"下单"})");
  site.ids["lesson"] = made(
      site, "/api/v1/lessons",
      R"({"topic":"买菜","channel":"door","attendees":[{"household":"$household","shops":false}]})");
  made(site, "/api/v1/stock", R"({"item":"油","qty":1})");
  site.ids["kit"] =
      made(site, "/api/v1/kits", R"({"name":"$fresh","parts":[{"item":"油","qty":1}]})");
  site.ids["programme"] = made(site, "/api/v1/programmes",
                               R"({"name":"$fresh","owner":"支部","helpers":[],"baskets":[]})");
}

void Rights::fresh_entry(Site& site) {
  site.ids["entry"] =
      made(site, "/api/v1/ledger", R"({"kind":"payment","fen":100,"household":"$household"})");
}

void Rights::settle_claims(Site& site) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE payment_claim SET state = 'rejected' WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.settled", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_claim(Site& site) {
  settle_claims(site);
  const std::int64_t claim = clock().now().time_since_epoch().count() + ++fresh_;
  site.ids["claim"] = id_text(claim);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run(
        "INSERT INTO payment_claim (community_id, id, household_id, order_id, fen, method,"
        " reference, state, reason, note, entry_id, link_id, claimed_at)"
        " VALUES ($1, $2, $3, 0, 100, 'cash', '', 'claimed', '', '', 0, 1, $4)",
        {site.community, claim, *id_from_text(site.ids["household"]), clock().now()});
    tx.journal({site.community, 0, "test.claimed", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_cycle(Site& site, std::string_view state) {
  made(site, "/api/v1/needs", R"({"text":"鸡蛋10个","household":"$household"})");
  // Its cut-off is moved into the past: the clock belongs to all sites.
  const auto moved = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    const auto cycle = tx.first(
        "SELECT id FROM cycle WHERE community_id = $1 AND state = 'open'"
        " ORDER BY cut_off_at DESC LIMIT 1",
        {site.community});
    site.ids["cycle"] = id_text(cycle->integer(0));
    tx.run("UPDATE cycle SET cut_off_at = cut_off_at - 86400000 + $2 WHERE id = $1",
           {cycle->integer(0), ++fresh_});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(moved.ok());
  site.ids["order"] = id_text(
      count(fmt::format("SELECT id FROM customer_order WHERE cycle_id = {} AND household_id = {}",
                        *id_from_text(site.ids["cycle"]), *id_from_text(site.ids["household"]))));
  const std::string path = "/api/v1/cycles/" + site.ids["cycle"];
  if (state == "open") return;
  EXPECT_EQ(post(site.manager, path + "/close").status, 200);
  const auto sheet = get(site.manager, path + "/sheet");
  site.ids["line"] = member(sheet, "rows.0.id");
  EXPECT_EQ(post(site.manager, "/api/v1/purchase-lines/" + site.ids["line"] + "/answer",
                 R"({"answer":"accepted","price_fen":45})")
                .status,
            200);
  if (state == "closed") return;
  EXPECT_EQ(post(site.manager, path + "/settle").status, 200);
  site.ids["line"] = member(get(site.manager, path + "/lines"), "rows.0.id");
}

}  // namespace doorstep::day
