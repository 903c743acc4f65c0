/// \file How a request about an object is made, for every endpoint that docs/access.csv decides.

#include "base/embedded.h"
#include "care/day/access_call.h"

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
void restored(Rights& rights, Site& site) {
  rights.hold(site,
              "INSERT INTO outgoing_hold (community_id, since, made_at) VALUES ($1, 2, 1)"
              " ON CONFLICT (community_id) DO NOTHING");
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
void few_notices(Rights& rights, Site& site) {
  rights.drop_notices(site);
}
void notice(Rights& rights, Site& site) {
  rights.fresh_notice(site);
}
void on_paper(Rights& rights, Site& site) {
  rights.fresh_paper(site);
}
void silent(Rights& rights, Site& site) {
  rights.silence(site);
}
void in_ledger(Rights& rights, Site& site) {
  rights.fresh_cared(site);
}
/// As the fixture's pack, and with a level and windows for the care calls.
std::string pack_with_windows() {
  return std::string(embedded("rules/area-fumin.toml")) +
         "\n[[care.windows]]\nname = \"day\"\nlabel = \"白天\"\nfrom = \"00:01\"\nuntil = "
         "\"23:59\"\n"
         "[level]\nunit = \"°C\"\nunsaid = \"all\"\n[[level.steps]]\nname = \"all\"\n"
         "label = \"全天\"\nwindows = [\"day\"]\n";
}
void hot(Rights& rights, Site& site) {
  rights.fresh_cared_under(site, pack_with_windows());
}
void departing(Rights& rights, Site& site) {
  rights.fresh_departure(site);
}
void arriving(Rights& rights, Site& site) {
  rights.fresh_arrival(site);
}
void grounds(Rights& rights, Site& site) {
  rights.fresh_ground(site);
}
void in_group(Rights& rights, Site& site) {
  rights.fresh_post(site);
}
void at_door(Rights& rights, Site& site) {
  rights.fresh_control(site);
}
void no_joint(Rights& rights, Site& site) {
  rights.drop_joint(site);
}
void joint(Rights& rights, Site& site) {
  rights.fresh_joint(site);
}

std::vector<Call> staff_calls() {
  return {
      post(
          "absence.edit", "/api/v1/absences",
          R"({"account":"$account","from":"2022-12-05T00:00:00Z","until":"2022-12-06T00:00:00Z"})"),
      post("account.invite", "/api/v1/invitations",
           R"({"name":"新人","login":"$fresh","role":"volunteer","place":"$place"})"),
      get("account.list", "/api/v1/accounts", "limit=1000", "account"),
      get("backup.list", "/api/v1/backups", "", "bare"),
      post("backup.note", "/api/v1/backups",
           R"({"name":"a.backup","verified":true,"seq":1,"rows":1,"bytes":1})"),
      post("reach.edit", "/api/v1/reach", R"({"mode":"local"})"),
      post("reach.edit", "/api/v1/reach/proofs", "{}"),
      post("backup.note", "/api/v1/backups/key-check", "{}"),
      get("backup.list", "/api/v1/backups/state", "", "bare"),
      post("grant.edit", "/api/v1/accounts/{account}/languages", R"({"languages":["yue"]})"),
      get("gap.list", "/api/v1/gaps", "", "bare"),
      post("grant.edit", "/api/v1/grants",
           R"({"account":"$colleague","role":"volunteer","place":"$place"})"),
      post("grant.edit", "/api/v1/grants/{grant}/end", "{}", grant),
      post("grant.edit", "/api/v1/accounts/{account}/person", "{}"),
      post("grant.edit", "/api/v1/households/{household}/joint",
           R"({"account":"$colleague","profession":"doctor"})", no_joint),
      post("grant.edit", "/api/v1/joint/{member}/end", "{}", joint),
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
  Call heard = post("household.edit", "/api/v1/audio-notices", "ID3 sound");
  heard.query = "place=$place&title=water&days=1";
  return {
      post("household.edit", "/api/v1/households", R"({"dwelling":"$dwelling","label":"$fresh"})"),
      post("household.edit", "/api/v1/households/{household}", R"({"access_notes":"门铃坏了"})"),
      post("household.edit", "/api/v1/households/{household}/access",
           R"({"cannot_read":true,"cannot_hear":false,"cannot_see":false,"language":"yue"})"),
      with(few_notices, heard),
      post("household.edit", "/api/v1/audio-notices/{notice}/remove", "{}", notice),
      get("household.list", "/api/v1/households", "place=$place"),
      get("household.show", "/api/v1/dwellings/{dwelling}"),
      get("household.show", "/api/v1/households/{household}/diary"),
      get("household.show", "/api/v1/households/{household}/timeline"),
      post("link.issue", "/api/v1/households/{household}/links", R"({"name":"手机"})"),
      post("link.issue", "/api/v1/places/{place}/links", R"({"name":"纸条"})"),
      post("link.issue", "/api/v1/places/{place}/claim-link", R"({"name":"群里"})"),
      post("link.issue", "/api/v1/places/{place}/claim-link/close", "{}"),
      get("link.issue", "/api/v1/places/{place}/handout"),
      post("link.issue", "/api/v1/households/{household}/handout",
           R"({"name":"私信","skip":true})"),
      shown(get("link.issue", "/api/v1/papers", "limit=1000", "paper"), on_paper),
      post("link.issue", "/api/v1/papers/{paper}/remove", "{}", on_paper),
      get("link.list", "/api/v1/households/{household}/links"),
      post("link.prove", "/api/v1/links/{link}/prove", R"({"proof":"door"})", link),
      post("link.revoke", "/api/v1/links/{link}/revoke", "{}", link),
      post("person.edit", "/api/v1/households/{household}/people", R"({"name":"$fresh"})"),
      post("person.edit", "/api/v1/households/{household}/phones", R"({"phone":"13900000098"})"),
      post("person.edit", "/api/v1/people/{person}", R"({"sex":"female"})", person),
      get("household.show", "/api/v1/people/{person}/sources"),
      post("person.edit", "/api/v1/people/{person}/leave", R"({"note":"搬走了"})", person),
      post("person.edit", "/api/v1/people/{person}/move", R"({"household":"$elsewhere"})", person),
      post("person.edit", "/api/v1/people/{person}/transfer", R"({"community":"$abroad"})", person),
      shown(get("person.edit", "/api/v1/transfers", "", "transfer"), departing),
      post("person.edit", "/api/v1/transfers/{transfer}/withdraw", "{}", departing),
      of_community(shown(get("transfer.answer", "/api/v1/arrivals", "", "transfer"), arriving)),
      of_community(post("transfer.answer", "/api/v1/arrivals/{transfer}/accept",
                        R"({"household":"$household"})", arriving)),
      of_community(post("transfer.answer", "/api/v1/arrivals/{transfer}/decline", "{}", arriving)),
      of_community(post("transfer.answer", "/api/v1/arrivals/{transfer}/reveal",
                        R"({"reason":"visit"})", arriving)),
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
      post("outgoing.release", "/api/v1/outgoing/release", "{}", restored),
      post("contact.attempt", "/api/v1/households/{household}/attempts",
           R"({"outcome":"no_answer"})", raised),
      get("duty.list", "/api/v1/duties", "limit=1000&kind=contact", "household"),
      get("duty.list", "/api/v1/board/duties", "kinds=contact", "dwelling"),
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
      get("today.show", "/api/v1/lights", "place=$place"),
      get("today.show", "/api/v1/contact-free", "place=$place"),
      get("bulletin.show", "/api/v1/bulletin", "", "bare"),
      shown(get("round.show", "/api/v1/roll-call", "", "household"), observed),
      post("control.edit", "/api/v1/households/{household}/controls", R"({"kind":"door_label"})",
           observed),
      post("control.edit", "/api/v1/controls/{control}/post", "{}", at_door),
      post("control.edit", "/api/v1/controls/{control}/remove", "{}", at_door),
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

/// What a link may do about its own household, and staff about one they name.
std::vector<Call> word_calls() {
  Call read = get("message.read", "/api/v1/messages", "household=$household");
  Call listed = get("trusted.edit", "/api/v1/trusted", "household=$household");
  return {
      post("feedback.give", "/api/v1/feedback",
           R"({"household":"$household","code":"$letter","rating":5})", letter),
      post("message.send", "/api/v1/messages", R"({"household":"$household","body":"在吗"})"),
      read,
      of_community(shown(get("group.read", "/api/v1/group", "", "post"), in_group)),
      of_community(post("group.write", "/api/v1/group", R"({"body":"大家好"})", in_group)),
      of_community(
          post("group.hide", "/api/v1/group/{post}/hide", R"({"reason":"写了门牌"})", in_group)),
      post("group.join", "/api/v1/group/join", R"({"household":"$household"})", observed),
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
      shown(get("care.list", "/api/v1/care/day", "", "person"), hot),
      post("rules.edit", "/api/v1/rules", pack_with_windows()),
      post("rules.edit", "/api/v1/care/level", R"({"today_tenths":394})", hot),
  };
}

}  // namespace

const std::vector<Call>& calls() {
  static const std::vector<Call> all = [] {
    std::vector<Call> made = staff_calls();
    for (const auto& part : {registry_calls(), import_calls(), day_calls(), closing_calls(),
                             need_calls(), supply_calls(), word_calls(), care_calls(),
                             rights_calls(), opening_calls(), goods_calls()})
      made.insert(made.end(), part.begin(), part.end());
    return made;
  }();
  return all;
}

}  // namespace doorstep::day
