/// \file How a request about needs, purchase and goods is made.

#include "care/day/access_call.h"

namespace doorstep::day {
namespace {

void waiting_need(Rights& rights, Site& site) {
  rights.fresh_need(site, "黄瓜几根");
}
void need_with_note(Rights& rights, Site& site) {
  rights.fresh_need(site, "");
}
void decided_need(Rights& rights, Site& site) {
  rights.fresh_need(site, "黄瓜几根", "accept");
}
void asked_need(Rights& rights, Site& site) {
  rights.fresh_need(site, "黄瓜几根", "ask_back");
}
void open_cycle(Rights& rights, Site& site) {
  rights.fresh_cycle(site, "open");
}
void closed_cycle(Rights& rights, Site& site) {
  rights.fresh_cycle(site, "closed");
}
void settled_cycle(Rights& rights, Site& site) {
  rights.fresh_cycle(site, "done");
}
void entry(Rights& rights, Site& site) {
  rights.fresh_entry(site);
}
void claim(Rights& rights, Site& site) {
  rights.fresh_claim(site);
}
void may_claim(Rights& rights, Site& site) {
  rights.settle_claims(site);
  rights.fresh_cycle(site, "open");
}
void no_smartphone(Rights& rights, Site& site) {
  rights.take_smartphone(site);
}
void no_supplier(Rights& rights, Site& site) {
  rights.close_suppliers(site);
}
void supplier(Rights& rights, Site& site) {
  rights.fresh_supplier(site);
}

void lent(Rights& rights, Site& site) {
  rights.fresh_loan(site);
}
void led(Rights& rights, Site& site) {
  rights.lead_group(site);
}
void short_of_food(Rights& rights, Site& site) {
  rights.run_short(site);
}
void surroundings(Rights& rights, Site& site) {
  rights.fresh_surroundings(site);
}

void goods(Rights& rights, Site& site) {
  rights.fresh_parcel(site);
}
void planned(Rights& rights, Site& site) {
  rights.fresh_run(site);
}
void left(Rights& rights, Site& site) {
  rights.leave(site);
}
void pictured(Rights& rights, Site& site) {
  rights.photograph(site);
}
void coming(Rights& rights, Site& site) {
  rights.fresh_coming(site);
}
void shuttle(Rights& rights, Site& site) {
  rights.fresh_shuttle(site);
}
void word_proposed(Rights& rights, Site& site) {
  rights.propose_word(site);
}
void spare_point(Rights& rights, Site& site) {
  rights.fresh_point(site);
}

/// Groups, loans, kits and food are about a household; shops, menus, guides and programmes the community's.
std::vector<Call> help_calls() {
  std::vector<Call> made{
      of_community(post("round.collect", "/api/v1/shops",
                        R"({"name":"五金店","kind":"hardware","opens":480,"closes":1080})")),
      of_community(get("round.collect", "/api/v1/shops", "", "shop")),
      of_community(
          post("supplier.edit", "/api/v1/menus", R"({"day":"2022-12-24","dishes":["面"]})")),
      of_community(get("need.ask", "/api/v1/menus", "", "dish")),
      of_community(post("supplier.edit", "/api/v1/guides", R"({"app":"美团","steps":"下单"})")),
      of_community(get("need.ask", "/api/v1/guides", "", "guide")),
      of_community(post("need.ask", "/api/v1/guides/{guide}/read", "{}")),
      of_community(get("need.list", "/api/v1/lessons", "", "lesson")),
      of_community(post("need.decide", "/api/v1/stock", R"({"item":"米","qty":1})")),
      of_community(get("need.list", "/api/v1/stock", "", "kit")),
      of_community(post("supplier.edit", "/api/v1/kits",
                        R"({"name":"包","parts":[{"item":"米","qty":1}]})")),
      post("need.decide", "/api/v1/kits/{kit}/issue", R"({"household":"$household"})"),
      of_community(post("supplier.edit", "/api/v1/programmes",
                        R"({"name":"工程","owner":"支部","helpers":[],"baskets":[]})")),
      of_community(get("need.list", "/api/v1/programmes", "", "programme")),
  };
  for (Call& call : made) call.prepare = surroundings;
  const std::vector<Call> rest{
      post(
          "need.decide", "/api/v1/lessons",
          R"({"topic":"买菜","channel":"door","attendees":[{"household":"$household","shops":false}]})"),
      of_community(shown(get("need.list", "/api/v1/groups", "", "account"), led)),
      shown(get("need.list", "/api/v1/groups/{group}/queue", "", "need"), led),
      post("team.edit", "/api/v1/groups/{group}/lead", R"({"account":"$account"})", led),
      of_community(shown(get("need.list", "/api/v1/words", "", "word"), word_proposed)),
      of_community(
          shown(post("supplier.edit", "/api/v1/words/{word}/decide", R"({"approve":true})"),
                word_proposed)),
      shown(get("need.list", "/api/v1/loans", "", "loan"), lent),
      post("need.decide", "/api/v1/loans/{loan}/end", R"({"lost":false})", lent),
      post("need.decide", "/api/v1/needs/{need}/loan", R"({"thing":"耳机","gift":true})",
           waiting_need),
      post("need.decide", "/api/v1/needs/{need}/offer", "{}", waiting_need),
      post("need.ask", "/api/v1/needs/{need}/file", "%PDF-1.4", waiting_need),
      shown(get("order.show", "/api/v1/needs/{need}/steps"), waiting_need),
      post("need.ask", "/api/v1/supplies", R"({"household":"$household","food_days":3})"),
      shown(get("need.list", "/api/v1/supplies", "", "household"), short_of_food),
  };
  made.insert(made.end(), rest.begin(), rest.end());
  return made;
}

}  // namespace

std::vector<Call> need_calls() {
  Call ask_for =
      post("need.ask", "/api/v1/needs", R"({"text":"鸡蛋10个","household":"$household"})");
  Call list = get("need.list", "/api/v1/needs", "limit=1000", "need");
  list.prepare = waiting_need;
  Call show = get("need.list", "/api/v1/needs/{need}");
  show.prepare = waiting_need;
  Call note = get("need.list", "/api/v1/needs/{need}/note");
  note.prepare = need_with_note;
  Call inbox = get("need.list", "/api/v1/inbox", "", "need");
  inbox.prepare = waiting_need;
  Call mine = get("home.show", "/api/v1/needs/mine", "", "need");
  mine.prepare = waiting_need;
  Call round = get("round.collect", "/api/v1/collecting-round", "", "household");
  round.prepare = no_smartphone;
  // These are about a text, and no door.
  Call text = post("need.ask", "/api/v1/needs/read", R"({"text":"鸡蛋10个"})");
  Call relay =
      post("need.decide", "/api/v1/relays", R"({"text":"1. 9栋9单元909 鸡蛋10个","fresh":true})");
  Call relay_text =
      post("need.decide", "/api/v1/relays/read", R"({"text":"1. 9栋9单元909 鸡蛋10个"})");
  text.of_community = relay.of_community = relay_text.of_community = true;
  return {
      inbox,
      mine,
      round,
      text,
      relay,
      relay_text,
      ask_for,
      list,
      show,
      note,
      post("need.ask", "/api/v1/needs/{need}/withdraw", "{}", waiting_need),
      post("need.ask", "/api/v1/needs/{need}/reply", R"({"text":"3根"})", asked_need),
      post("need.decide", "/api/v1/needs/{need}/decide", R"({"decision":"accept","version":1})",
           waiting_need),
      post("need.decide", "/api/v1/needs/{need}/type", R"({"text":"鸡蛋","version":1})",
           waiting_need),
      post("need.decide", "/api/v1/needs/{need}/undo", R"({"version":2})", decided_need),
      post("round.collect", "/api/v1/collecting-round",
           R"({"household":"$household","outcome":"nothing"})"),
  };
}

/// Cycles and what is bought are the community's; what a household owes is its own.
std::vector<Call> supply_calls() {
  std::vector<Call> made{
      get("cycle.show", "/api/v1/cycles", "", "cycle"),
      get("cycle.show", "/api/v1/cycles/{cycle}"),
      get("cycle.show", "/api/v1/cycles/{cycle}/sheet"),
      get("cycle.show", "/api/v1/cycles/{cycle}/lines"),
      get("cycle.show", "/api/v1/suppliers", "", "supplier"),
      post("purchase.run", "/api/v1/cycles/{cycle}/close", "{}"),
      post("purchase.run", "/api/v1/cycles/{cycle}/settle", "{}"),
      post("purchase.run", "/api/v1/purchase-lines/{line}/answer", R"({"answer":"accepted"})"),
      post("supplier.edit", "/api/v1/suppliers", R"({"name":"超市"})"),
      post("supplier.edit", "/api/v1/suppliers/{supplier}/prices",
           R"({"good":"鸡蛋","unit":"个","price_fen":45})"),
      post("supplier.edit", "/api/v1/suppliers/{supplier}/links", "{}"),
      post("supplier.edit", "/api/v1/baskets",
           R"({"name":"A篮","price_fen":3800,"contents":"青菜2斤"})"),
  };
  for (Call& call : made) {
    call.of_community = true;
    if (call.path.find("supplier") != std::string::npos) call.prepare = supplier;
    if (call.path.find("cycle") != std::string::npos) call.prepare = closed_cycle;
    if (call.path.find("purchase-line") != std::string::npos) call.prepare = closed_cycle;
    if (call.path.ends_with("/close")) call.prepare = open_cycle;
    if (call.path.ends_with("/suppliers") && call.shows.empty()) call.prepare = no_supplier;
  }
  Call line =
      post("money.edit", "/api/v1/order-lines/{line}/return", R"({"note":"坏了"})", settled_cycle);
  made.push_back(line);
  Call order = get("order.show", "/api/v1/orders/{order}");
  order.prepare = open_cycle;
  made.push_back(order);
  made.push_back(post("money.edit", "/api/v1/ledger",
                      R"({"kind":"payment","fen":100,"household":"$household"})"));
  made.push_back(post("money.edit", "/api/v1/ledger/{entry}/correct", R"({"note":"记错"})", entry));
  Call balances = get("money.show", "/api/v1/ledger", "limit=1000", "household");
  balances.prepare = entry;
  made.push_back(balances);
  made.push_back(get("money.show", "/api/v1/households/{household}/ledger"));
  made.push_back(shown(get("money.show", "/api/v1/payment-claims", "limit=1000", "claim"), claim));
  made.push_back(post("money.edit", "/api/v1/payment-claims/{claim}/decide",
                      R"({"decision":"confirm"})", claim));
  made.push_back(post("payment.claim", "/api/v1/payment-claims",
                      R"({"fen":100,"method":"cash","order":"$order","sure":true})", may_claim));
  made.push_back(shown(get("home.show", "/api/v1/payments/mine", "", "order"), may_claim));
  const auto help = help_calls();
  made.insert(made.end(), help.begin(), help.end());
  return made;
}

std::vector<Call> goods_calls() {
  Call close = post("point.edit", "/api/v1/points/{point}/close", "{}", spare_point);
  close.spare = true;
  Call photo = post("run.carry", "/api/v1/run/photos", "\xFF\xD8\xFF\xDA\xFF\xD9");
  photo.query = "key=0123456789abcdef$fresh&household=$household";
  return {
      post("point.edit", "/api/v1/points",
           R"({"kind":"checkpoint","name":"$fresh","place":"$place"})"),
      close,
      post("parcel.handle", "/api/v1/parcels/receive",
           R"({"household":"$household","point":"$point"})"),
      post("parcel.handle", "/api/v1/parcels/disinfect", R"({"scans":["$parcel"]})", goods),
      post("parcel.handle", "/api/v1/parcels/sort", R"({"scan":"$parcel"})", goods),
      post("parcel.handle", "/api/v1/parcels/hand-over",
           R"({"scans":["$parcel"],"to":"$point","giver":"门岗"})", goods),
      post("parcel.handle", "/api/v1/parcels/{parcel}", R"({"weight_g":1200})", goods),
      post("parcel.handle", "/api/v1/parcels/{parcel}/aside", R"({"as":"held","reason":"other"})",
           goods),
      with(goods, get("parcel.list", "/api/v1/parcels", "limit=1000", "parcel")),
      with(goods, get("parcel.list", "/api/v1/parcels/{parcel}")),
      with(pictured, get("parcel.list", "/api/v1/parcels/{parcel}/photo")),
      with(goods, get("parcel.list", "/api/v1/manifest", "stage=door&limit=1000", "bagcode")),
      with(goods,
           ask("parcel.list", "/api/v1/parcels/labels", R"({"parcels":["$parcel"]})", "parcel")),
      of_community(get("parcel.list", "/api/v1/goods", "", "point")),
      of_community(get("parcel.list", "/api/v1/goods/figures", "", "parcel")),
      of_community(get("parcel.list", "/api/v1/goods/care", "", "parcel")),
      with(goods, get("parcel.list", "/api/v1/board/goods", "", "dwelling")),
      get("link.issue", "/api/v1/places/{place}/door-slips", "", "household"),
      with(planned, get("run.list", "/api/v1/runs/{run}/timeline")),
      of_community(post("run.edit", "/api/v1/runs/draft", "{}")),
      post("run.edit", "/api/v1/runs", R"({"runs":[{"carrier":"$account","parcels":["$parcel"]}]})",
           goods),
      post("run.edit", "/api/v1/runs/{run}/reassign", R"({"carrier":"$account","version":1})",
           planned),
      post("run.edit", "/api/v1/runs/{run}/cancel", R"({"version":1})", planned),
      post("run.edit", "/api/v1/runs/{run}/link", "{}", planned),
      post("run.edit", "/api/v1/runs/{run}/link/revoke", "{}", planned),
      post("run.edit", "/api/v1/runs/{run}/actions",
           R"({"key":"0123456789abcdef$fresh","kind":"take"})", planned),
      post("run.edit", "/api/v1/carriers",
           R"({"account":"$account","vehicle":"cart","grams":90000,"millilitres":90000})"),
      get("run.list", "/api/v1/carriers", "", "account"),
      with(planned, get("run.list", "/api/v1/runs", "limit=1000", "run")),
      with(planned, get("run.list", "/api/v1/runs/{run}")),
      of_community(get("run.list", "/api/v1/shuttles", "", "point")),
      with(coming, ask("run.edit", "/api/v1/shuttles/draft",
                       R"({"loads":[{"shop":"$store","point":"$point","parcels":["$coming"]}]})",
                       "coming")),
      post("run.edit", "/api/v1/shuttles", std::string(shuttle_body), coming),
      post("parcel.handle", "/api/v1/shuttles/{shuttle}/stops/{position}", "{}", shuttle),
      post("run.edit", "/api/v1/shuttles/{shuttle}/cancel", R"({"version":1})", shuttle),
      get("run.carry", "/api/v1/run", "", "household"),
      post("run.carry", "/api/v1/run/actions",
           R"({"key":"0123456789abcdef$fresh","kind":"old_bag","household":"$household"})"),
      photo,
      with(left, get("home.show", "/api/v1/home/parcels", "", "parcel")),
      post("parcel.confirm", "/api/v1/home/parcels/{parcel}/confirm", "{}", left),
  };
}

std::vector<Call> opening_calls() {
  const auto opened = [](Rights& rights, Site& site) { rights.fresh_opening(site); };
  return {
      ask("opening.make", "/api/v1/openings/doors", R"({"text":"$door"})", "household"),
      post("opening.make", "/api/v1/openings",
           R"({"household":"$household","reason":"no_answer","words":"敲门没人应"})"),
      shown(get("opening.list", "/api/v1/openings", "", "opening"), opened),
      post("opening.review", "/api/v1/openings/{opening}/review",
           R"({"verdict":"justified","note":""})", opened),
  };
}

}  // namespace doorstep::day
