/// \file How a request about an object is made, for every endpoint that docs/access.csv decides.

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

using api::Method;

void link(Rights& rights, Site& site) {
  rights.fresh_link(site);
}
void person(Rights& rights, Site& site) {
  rights.fresh_person(site);
}
void phone(Rights& rights, Site& site) {
  rights.fresh_phone(site);
}
void batch(Rights& rights, Site& site) {
  rights.fresh_batch(site);
}
void grant(Rights& rights, Site& site) {
  rights.fresh_grant(site);
}
void observed(Rights& rights, Site& site) {
  rights.observe(site);
}
void unobserved(Rights& rights, Site& site) {
  rights.unobserve(site);
}
void closed(Rights& rights, Site&) {
  rights.close_window();
}
void spare_household(Rights& rights, Site& site) {
  rights.fresh_household(site);
}
void spare_place(Rights& rights, Site& site) {
  rights.fresh_place(site);
}
void unwell(Rights& rights, Site& site) {
  rights.say_unwell(site);
}

void raised(Rights& rights, Site& site) {
  rights.raise_contact(site);
}
void held(Rights& rights, Site& site) {
  rights.hold_clock(site);
}
void with_sheet(Rights& rights, Site& site) {
  rights.fresh_closing(site);
}
void letter(Rights& rights, Site& site) {
  rights.fresh_letter(site);
}
void trusted(Rights& rights, Site& site) {
  rights.fresh_trusted(site);
}
void few_trusted(Rights& rights, Site& site) {
  rights.drop_trusted(site);
}
void silent(Rights& rights, Site& site) {
  rights.silence(site);
}
void in_ledger(Rights& rights, Site& site) {
  rights.fresh_cared(site);
}
void grounds(Rights& rights, Site& site) {
  rights.fresh_ground(site);
}
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
void no_smartphone(Rights& rights, Site& site) {
  rights.take_smartphone(site);
}
void no_supplier(Rights& rights, Site& site) {
  rights.close_suppliers(site);
}
void supplier(Rights& rights, Site& site) {
  rights.fresh_supplier(site);
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
void spare_point(Rights& rights, Site& site) {
  rights.fresh_point(site);
}

Call get(std::string action, std::string path, std::string query = {}, std::string shows = {}) {
  return {std::move(action), Method::get, std::move(path), std::move(query), {}, std::move(shows)};
}

Call post(std::string action, std::string path, std::string body,
          void (*prepare)(Rights&, Site&) = nullptr) {
  Call call{std::move(action), Method::post, std::move(path)};
  call.body = std::move(body);
  call.prepare = prepare;
  return call;
}

Call shown(Call call, void (*prepare)(Rights&, Site&)) {
  call.prepare = prepare;
  return call;
}

/// A question that is posted.
Call ask(std::string action, std::string path, std::string body, std::string shows) {
  Call call = post(std::move(action), std::move(path), std::move(body));
  call.shows = std::move(shows);
  return call;
}

std::vector<Call> staff_calls() {
  return {
      post(
          "absence.edit", "/api/v1/absences",
          R"({"account":"$account","from":"2022-12-05T00:00:00Z","until":"2022-12-06T00:00:00Z"})"),
      post("account.invite", "/api/v1/invitations",
           R"({"name":"新人","login":"$fresh","role":"volunteer","place":"$place"})"),
      get("account.list", "/api/v1/accounts", "limit=1000", "account"),
      get("gap.list", "/api/v1/gaps", "", "bare"),
      post("grant.edit", "/api/v1/grants",
           R"({"account":"$colleague","role":"volunteer","place":"$place"})"),
      post("grant.edit", "/api/v1/grants/{grant}/end", "{}", grant),
      post("grant.edit", "/api/v1/accounts/{account}/person", "{}"),
      post("shift.edit", "/api/v1/shifts",
           R"({"account":"$colleague","role":"volunteer","place":"$place",)"
           R"("from":"$from","until":"$until"})"),
      get("shift.list", "/api/v1/on-call", "", "account"),
      get("shift.list", "/api/v1/shifts", "", "account"),
      post("team.edit", "/api/v1/teams", R"({"name":"$fresh","leader":"$account","members":[]})"),
      post("team.edit", "/api/v1/teams/{team}/buildings", R"({"place":"$place"})"),
      get("team.list", "/api/v1/teams", "", "team"),
  };
}

std::vector<Call> registry_calls() {
  Call end = post("household.edit", "/api/v1/households/{household}/end",
                  R"({"reason":"moved_away"})", spare_household);
  Call take_out = post("place.edit", "/api/v1/places/{place}/remove",
                       R"({"reason":"entered_in_error"})", spare_place);
  end.spare = take_out.spare = true;
  Call remove = post("person.edit", "/api/v1/households/{household}/phones/{phone}", "{}", phone);
  remove.method = Method::remove;
  return {
      post("household.edit", "/api/v1/households", R"({"dwelling":"$dwelling","label":"$fresh"})"),
      post("household.edit", "/api/v1/households/{household}", R"({"access_notes":"门铃坏了"})"),
      get("household.list", "/api/v1/households", "place=$place"),
      get("household.show", "/api/v1/dwellings/{dwelling}"),
      get("household.show", "/api/v1/households/{household}/diary"),
      post("link.issue", "/api/v1/households/{household}/links", R"({"name":"手机"})"),
      post("link.issue", "/api/v1/places/{place}/links", R"({"name":"纸条"})"),
      get("link.list", "/api/v1/households/{household}/links"),
      post("link.prove", "/api/v1/links/{link}/prove", R"({"proof":"door"})", link),
      post("link.revoke", "/api/v1/links/{link}/revoke", "{}", link),
      post("person.edit", "/api/v1/households/{household}/people", R"({"name":"$fresh"})"),
      post("person.edit", "/api/v1/households/{household}/phones", R"({"phone":"13900000098"})"),
      post("person.edit", "/api/v1/people/{person}", R"({"sex":"female"})", person),
      post("person.edit", "/api/v1/people/{person}/leave", "{}", person),
      post("person.edit", "/api/v1/people/{person}/move", R"({"household":"$elsewhere"})", person),
      remove,
      end,
      take_out,
      post("place.edit", "/api/v1/places",
           R"({"kind":"entrance","parent":"$place","name":"$fresh"})"),
      post("place.edit", "/api/v1/places/{place}/rename", R"({"position":3})"),
      post("place.edit", "/api/v1/places/{place}/move", R"({"parent":"$grid"})"),
      post("observation.open", "/api/v1/places/{place}/status",
           R"({"status":"control","until_on":"2022-12-12","reason":"邻楼有病例"})"),
      get("place.list", "/api/v1/places/{place}/status"),
      get("place.list", "/api/v1/places", "below=$place"),
      get("place.list", "/api/v1/places/{place}/history"),
      get("place.list", "/api/v1/counts", "place=$place"),
      ask("search.run", "/api/v1/search", R"({"text":"$door"})", "dwelling"),
      ask("search.run", "/api/v1/doors/resolve", R"({"text":"$door"})", "dwelling"),
  };
}

/// An import is the whole community's: there is none outside.
std::vector<Call> import_calls() {
  Call upload = post("import.run", "/api/v1/imports", "楼栋,单元,楼层,门牌\n1栋,1单元,1,101\n");
  upload.query = "kind=dwellings";
  std::vector<Call> made{
      upload,
      get("import.run", "/api/v1/imports", "limit=1000", "import"),
      get("import.run", "/api/v1/imports/{import}"),
      get("import.run", "/api/v1/imports/{import}/rows"),
      post("import.run", "/api/v1/imports/{import}/apply", "{}"),
      post("import.run", "/api/v1/imports/{import}/cancel", "{}"),
      post("import.run", "/api/v1/imports/{import}/mapping",
           R"({"columns":["building","entrance","floor","door"]})"),
      post("import.run", "/api/v1/imports/{import}/undo", "{}"),
  };
  for (Call& call : made) call.prepare = batch;
  return made;
}

std::vector<Call> closing_calls() {
  std::vector<Call> made{
      get("closing.show", "/api/v1/closings", "", "closing"),
      get("closing.show", "/api/v1/closings/{closing}"),
      get("closing.show", "/api/v1/closings/{closing}/sheet"),
      post("closing.sign", "/api/v1/closings", "{}"),
      post("closing.sign", "/api/v1/closings/{closing}/sign", "{}"),
  };
  for (Call& call : made) {
    call.prepare = with_sheet;
    call.of_community = true;
  }
  return made;
}

std::vector<Call> day_calls() {
  Call check_in = post("check_in.record", "/api/v1/check-ins",
                       R"({"household":"$household","wellbeing":"fine","channel":"phone"})");
  check_in.link_body = R"({"household":"$household","wellbeing":"fine"})";
  Call history = get("today.show", "/api/v1/today/history");
  history.prepare = closed;
  Call round = get("round.show", "/api/v1/call-round", "", "household");
  round.prepare = raised;
  return {
      get("board.show", "/api/v1/board", "building=$place"),
      get("board.show", "/api/v1/board/cells", "dwellings=$dwelling", "dwelling"),
      check_in,
      post("clock.confirm", "/api/v1/clock/confirm", "{}", held),
      post("contact.attempt", "/api/v1/households/{household}/attempts",
           R"({"outcome":"no_answer"})", raised),
      get("duty.list", "/api/v1/duties", "limit=1000&kind=contact", "household"),
      post("duty.acknowledge", "/api/v1/duties/{duty}/acknowledge", "{}", raised),
      post("duty.assign", "/api/v1/duties/{duty}/assign", R"({"account":"$account"})", raised),
      post("duty.end", "/api/v1/duties/{duty}/end", R"({"outcome":"doctor","note":"看过了"})",
           unwell),
      post("duty.pause", "/api/v1/duties/{duty}/pause",
           R"({"until":"2022-11-28T20:00:00Z","reason":"搬家"})", raised),
      post("duty.assign", "/api/v1/call-round/share", R"({"accounts":["$account"]})"),
      round,
      get("home.show", "/api/v1/home", "", "person"),
      post("observation.change", "/api/v1/observation-grounds/{ground}/change",
           R"({"length_days":20,"reason":"又一例"})", grounds),
      post("observation.end", "/api/v1/observations/{observation}/end",
           R"({"reason":"transferred"})", observed),
      post("observation.open", "/api/v1/observations",
           R"({"household":"$household","ground":"exposed"})", unobserved),
      get("today.show", "/api/v1/today", "", "account"),
      get("today.show", "/api/v1/observations/counts"),
      get("today.show", "/api/v1/observations/stages", "place=$place"),
      shown(get("household.list", "/api/v1/observations/completed", "", "household"), letter),
      post("presence.record", "/api/v1/presence",
           R"({"dwelling":"$vacant","outcome":"empty","sign":"电表不走"})"),
      post("whereabouts.record", "/api/v1/people/{person}/leaving", "{}", person),
      post("whereabouts.record", "/api/v1/people/{person}/whereabouts",
           R"({"state":"away","place":"亲戚家"})", person),
      history,
      post("unwell.acknowledge", "/api/v1/households/{household}/acknowledge", "{}", unwell),
  };
}

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
  return made;
}

/// What a link may do about its own household, and staff about one they name.
std::vector<Call> word_calls() {
  Call read = get("message.read", "/api/v1/messages", "household=$household");
  Call listed = get("trusted.edit", "/api/v1/trusted", "household=$household");
  return {
      post("feedback.give", "/api/v1/feedback",
           R"({"household":"$household","code":"$letter","rating":5})", letter),
      post("message.send", "/api/v1/messages", R"({"household":"$household","body":"在吗"})"),
      read,
      post("trusted.edit", "/api/v1/trusted", R"({"household":"$household","name":"$fresh"})",
           few_trusted),
      post("trusted.edit", "/api/v1/trusted/{link}/revoke", "{}", trusted),
      listed,
  };
}

std::vector<Call> care_calls() {
  return {
      post("care.edit", "/api/v1/care", R"({"person":"$person","categories":["chronic"]})", person),
      post("care.edit", "/api/v1/care/{person}/verify", "{}", in_ledger),
      post("care.edit", "/api/v1/care/{person}/end", R"({"reason":"not_needed"})", in_ledger),
      post("care.tick", "/api/v1/care/{person}/ticks", R"({"outcome":"well"})", in_ledger),
      shown(get("care.list", "/api/v1/care", "", "household"), in_ledger),
      shown(get("care.list", "/api/v1/care/overlooked", "", "household"), silent),
  };
}

Call with(void (*prepare)(Rights&, Site&), Call call) {
  call.prepare = prepare;
  return call;
}

Call of_community(Call call) {
  call.of_community = true;
  return call;
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
      get("run.carry", "/api/v1/run", "", "household"),
      post("run.carry", "/api/v1/run/actions",
           R"({"key":"0123456789abcdef$fresh","kind":"old_bag","household":"$household"})"),
      photo,
      with(left, get("home.show", "/api/v1/home/parcels", "", "parcel")),
      post("parcel.confirm", "/api/v1/home/parcels/{parcel}/confirm", "{}", left),
  };
}

}  // namespace

const std::vector<Call>& calls() {
  static const std::vector<Call> all = [] {
    std::vector<Call> made = staff_calls();
    for (const auto& part : {registry_calls(), import_calls(), day_calls(), closing_calls(),
                             need_calls(), supply_calls(), word_calls(), care_calls(), goods_calls()})
      made.insert(made.end(), part.begin(), part.end());
    return made;
  }();
  return all;
}

}  // namespace doorstep::day
