#include <algorithm>

#include "base/id.h"
#include "drill/oracle/take.h"

namespace doorstep::oracle {

void Replay::Take::community_created() {
  const auto zone = Zone::named(data.text("zone"));
  if (zone.ok()) community.zone = *zone;
  rules_changed();
}

void Replay::Take::rules_changed() {
  const auto pack = replay.packs_.find(data.text("rules"));
  if (pack == replay.packs_.end()) {
    find("journal", community.id, "its rule pack is not known");
  } else {
    community.terms = pack->second;
  }
}

void Replay::Take::join(std::int64_t household, std::int64_t person) {
  Household& to = home(household);
  if (std::ranges::find(to.members, person, &Member::person) != to.members.end()) return;
  to.members.push_back({person, sealed.at});
  community.homes[person].insert(household);
  community.moved = true;
}

void Replay::Take::leave(std::int64_t household, std::int64_t person, std::string_view reason) {
  Household& from = home(household);
  if (from.observation != 0) {
    std::string& why = community.ledger.left[person];
    if (why != "deceased") why = reason;
  }
  std::erase_if(from.members, [&](const Member& one) { return one.person == person; });
  community.homes[person].erase(household);
}

void Replay::Take::residents_imported() {
  for (const auto& list : data.id_lists("left")) {
    for (std::size_t at = 1; at < list.size(); ++at) leave(list[0], list[at], "imported");
  }
  for (const auto& list : data.id_lists("joined")) {
    for (std::size_t at = 1; at < list.size(); ++at) join(list[0], list[at]);
  }
}

void Replay::Take::whereabouts_changed() {
  const std::string state = data.text("state");
  const bool away = state != "home" && state != "central";
  Household& where = home();
  for (Member& member : where.members) {
    if (member.person != sealed.entry.subject) continue;
    if (away && !member.away) community.ledger.left[member.person] = state;
    if (!away && member.away) {
      member.joined = sealed.at;
      member.original = false;
    }
    member.away = away;
  }
}

void Replay::Take::observation_opened() {
  Household& where = home();
  if (where.observation != 0) find("two_due_sets", where.id, "is under observation already");
  where.observation = sealed.entry.subject;
  where.opened = sealed.at;
  where.grounds = {{data.id("ground"), ground()}};
  where.whole = {};
  where.handed_over = {};
  std::vector<std::int64_t> members = data.ids("members");
  for (const std::int64_t person : members) {
    if (std::ranges::find(where.members, person, &Member::person) == where.members.end()) {
      find("journal", person, "lives in an observed household and was never entered");
      join(where.id, person);
    }
  }
  if (members.size() != where.members.size()) {
    find("journal", where.id, "has members that the observation does not name");
  }
  for (Member& member : where.members) {
    member.original = true;
    member.reported = {};
  }
  community.moved = true;
  std::erase_if(community.found,
                [&](const auto& door) { return sealed.entry.path.starts_with(door.first); });
}

/// Who is there is under observation from now on; "empty" is the word of several.
void Replay::Take::presence_recorded() {
  Door& door = community.doors[sealed.entry.subject];
  const std::string outcome = data.text("outcome");
  if (outcome == "empty") {
    if (sealed.entry.actor != 0) door.empty_by.insert(sealed.entry.actor);
    return;
  }
  door.empty_by.clear();
  if (outcome == "away") return;
  door.inhabited = true;
  community.found.emplace(sealed.entry.path, sealed.at);
}

void Replay::Take::ground_added() {
  Household& where = home();
  if (where.observation == 0) find("unknown", where.id, "is not under observation");
  std::vector<bool> before;
  for (const Member& member : where.members) before.push_back(where.is_due(member));
  where.grounds[data.id("ground")] = ground();
  for (std::size_t at = 0; at < where.members.size(); ++at) {
    if (!before[at] && where.is_due(where.members[at])) where.members[at].due_from = sealed.at;
  }
}

void Replay::Take::observation_changed() {
  Household& where = home();
  const auto found = where.grounds.find(data.id("ground"));
  if (found == where.grounds.end()) return find("unknown", where.id, "has no such ground");
  found->second.ends_on = data.day("ends_on");
}

void Replay::Take::check_release(const Household& where, const Ground& ground) const {
  if (sealed.entry.actor == 0) find("release", where.id, "was released by nobody");
  if (community.zone && community.zone->day_of(sealed.at) < ground.ends_on) {
    find("release", where.id, "was released before " + to_text(ground.ends_on));
  }
  if (community.open.contains({"unwell", where.id})) {
    find("release", where.id, "was released over an open red flag");
  }
}

void Replay::Take::ground_ended() {
  Household& where = home();
  const auto found = where.grounds.find(data.id("ground"));
  if (found == where.grounds.end()) return find("unknown", where.id, "has no such ground");
  if (data.text("reason") == "completed") {
    check_release(where, found->second);
    if (community.clock_held) find("release", where.id, "was released while the clock is in doubt");
  }
  where.grounds.erase(found);
}

void Replay::Take::observation_ended() {
  Household& where = home();
  if (where.observation != sealed.entry.subject) find("unknown", where.id, "ended another one");
  if (!where.grounds.empty()) find("release", where.id, "was ended with an open ground");
  const std::string reason = data.text("reason");
  for (const Member& member : where.members) {
    community.ledger.left[member.person] = reason == "completed" ? "released" : reason;
  }
  where.observation = 0;
  where.grounds.clear();
}

void Replay::Take::grant_given() {
  Staff::Grant grant{data.id("account"), data.text("role"), sealed.entry.path,
                     data.has("from") ? data.instant("from") : sealed.at};
  if (data.has("until")) grant.until = data.instant("until");
  community.staff.give(sealed.entry.subject, grant);
}

void Replay::Take::grant_ended() {
  if (!community.staff.end(sealed.entry.subject, sealed.at)) {
    find("unknown", sealed.entry.subject, "was never given, and ended");
  }
}

}  // namespace doorstep::oracle
