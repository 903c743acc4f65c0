#include <algorithm>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"
#include "drill/oracle/replay.h"

namespace doorstep::oracle {
namespace {

/// States are compared by the minute: which of two reports of one minute came first says nothing.
std::int64_t minute_of(Instant at) {
  return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count();
}

/// For the sweep.
constexpr std::chrono::seconds grace{60};
/// No deadline of a duty that presses lies further away.
constexpr std::chrono::hours deadline_max{12};

}  // namespace

bool Household::is_due(const Member& member) const {
  if (observation == 0 || member.away) return false;
  return std::ranges::any_of(grounds, [&](const auto& one) {
    return one.second.of == 0 || one.second.of == member.person;
  });
}

bool Household::asks(const Member& member, const Span& span) const {
  if (member.due_from >= span.until) return false;
  return member.original ? opened < span.until : member.joined < span.from;
}

std::map<std::int64_t, std::int64_t> CommunityModel::due_set() const {
  std::map<std::int64_t, std::int64_t> due;
  for (const auto& [household, home] : households) {
    for (const Member& member : home.members) {
      if (home.is_due(member)) due[member.person] = household;
    }
  }
  return due;
}

void Replay::keep_finding(const char* rule, const CommunityModel& community, std::int64_t subject,
                          const std::string& what) {
  std::pair<std::string, std::int64_t> key{rule, subject};
  if (!before_.contains(key)) find(rule, community, subject, what);
  standing_.insert(std::move(key));
}

std::int64_t Replay::judge(Instant now) {
  set_clock(now);
  standing_.clear();
  std::int64_t missed = 0;
  for (auto& [id, community] : communities_) {
    begin_day(community, now);
    community.on_duty.clear();
    for (auto& [account, since] : community.off_duty_since) {
      if (!community.staff.on_duty(account, now)) continue;
      since = Instant::max();
      community.on_duty.insert(account);
    }
    for (auto& [duty, row] : community.duties) judge_duty(community, *row);
    for (const auto& [path, since] : community.found) {
      if (since > now - grace) continue;
      keep_finding("presence", community, 0,
                   "somebody was found at " + path + ", and nobody asks for them");
    }
    if (!community.terms || !community.zone) continue;
    if (!community.span || now >= community.span->next || now < community.span->from) {
      community.span = community.terms->span_at(*community.zone, now);
    }
    if (!community.span) continue;
    for (auto& [household, home] : community.households) {
      missed += judge_household(community, home);
    }
    if (community.moved) judge_sets(community);
  }
  before_ = standing_;
  return missed;
}

/// Somebody on duty has it, and their time is not over.
bool Replay::held(const CommunityModel& community, const Duty& duty) const {
  if (duty.next < now_ - grace) return false;
  if (duty.state == Duty::State::paused) return true;
  if (!duty.pressing()) return false;
  const auto since = community.off_duty_since.find(duty.owner);
  return since == community.off_duty_since.end() || since->second > now_ - grace;
}

std::int64_t Replay::judge_household(CommunityModel& community, Household& home) {
  if (home.observation == 0) {
    if (home.contact != nullptr) {
      keep_finding("left_over", community, home.id, "is called and not under observation");
    }
    return 0;
  }
  const Span& span = *community.span;
  const bool owed = now_ >= span.until + grace && !home.whole.any(span.from, now_) &&
                    !home.handed_over.any(span.from, now_) &&
                    !(home.contact != nullptr && held(community, *home.contact));
  if (home.contact != nullptr && !owed) return 0;
  const bool anybody =
      std::ranges::any_of(home.members, [&](const Member& member) { return home.is_due(member); });
  if (!anybody) return 0;
  if (home.contact == nullptr) {
    keep_finding("no_duty", community, home.id,
                 "is under observation, and nobody owes it anything");
  }
  if (!owed) return 0;
  std::int64_t missed = 0;
  for (const Member& member : home.members) {
    if (!home.asks(member, span) || !home.is_due(member) || member.reported.any(span.from, now_))
      continue;
    ++missed;
    keep_finding("missed", community, member.person,
                 fmt::format("of household {}: no check-in since {}, nobody is on it",
                             id_text(home.id), to_text(span.from)));
  }
  if (missed > 0) community.ledger.missed.insert(home.id);
  return missed;
}

void Replay::judge_duty(CommunityModel& community, Duty& duty) {
  if (duty.state == Duty::State::paused && duty.next <= now_ && duty.due > now_) {
    duty.state = Duty::State::waiting;
    duty.next = duty.due;
  }
  // While the clock is in doubt nothing becomes due for release.
  const bool waits = community.clock_held && duty.kind == "release";
  if (duty.next < now_ - grace && !waits) {
    keep_finding("overdue", community, duty.id,
                 fmt::format("{} on {}: its time was {}, and nothing happened", duty.kind,
                             id_text(duty.on), to_text(duty.next)));
  }
  if (!duty.pressing()) return;
  if (duty.next > now_ + deadline_max) {
    keep_finding("far", community, duty.id,
                 fmt::format("{} on {} presses, and rests until {}", duty.kind, id_text(duty.on),
                             to_text(duty.next)));
  }
  const auto [since, fresh] = community.off_duty_since.try_emplace(duty.owner, Instant::max());
  if (since->second == Instant::max()) {
    const bool there =
        fresh ? community.staff.on_duty(duty.owner, now_) : community.on_duty.contains(duty.owner);
    if (there) return;
    since->second = now_;
  }
  if (since->second > now_ - grace || !community.staff.anybody(now_)) return;
  keep_finding("owner", community, duty.id,
               fmt::format("{} on {} is with {}, who is not on duty", duty.kind, id_text(duty.on),
                           id_text(duty.owner)));
}

/// Nobody is asked for in two places.
void Replay::judge_sets(CommunityModel& community) {
  bool standing = false;
  for (const auto& [person, homes] : community.homes) {
    if (homes.size() < 2) continue;
    const auto due = std::ranges::count_if(homes, [&](std::int64_t id) {
      const Household& home = community.households.at(id);
      const auto member = std::ranges::find(home.members, person, &Member::person);
      return member != home.members.end() && home.is_due(*member);
    });
    if (due < 2) continue;
    standing = true;
    keep_finding("two_due_sets", community, person, "is in two due sets");
  }
  community.moved = standing;
}

std::int64_t Replay::pressing() const {
  std::int64_t found = 0;
  for (const auto& [id, community] : communities_) {
    found += std::ranges::count_if(community.duties,
                                   [](const auto& one) { return one.second->pressing(); });
  }
  return found;
}

std::int64_t Replay::without_owner(Instant now) const {
  std::int64_t found = 0;
  for (const auto& [id, community] : communities_) {
    found += std::ranges::count_if(community.duties, [&](const auto& one) {
      return one.second->pressing() && !community.staff.on_duty(one.second->owner, now);
    });
  }
  return found;
}

DaySummary Replay::summary(std::int64_t id) const {
  const CommunityModel& community = communities_.at(id);
  const Ledger& ledger = community.ledger;
  DaySummary made;
  made.day = ledger.day;
  const auto today = community.due_set();
  made.yesterday = std::ssize(ledger.at_start);
  made.today = std::ssize(today);
  std::map<std::int64_t, HouseholdDay> rows;
  for (const auto& [person, household] : today) {
    if (!ledger.at_start.contains(person)) ++made.entered;
    ++rows[household].persons;
  }
  for (const auto& [person, household] : ledger.at_start) {
    if (today.contains(person)) continue;
    const auto reason = ledger.left.find(person);
    const std::string why = reason == ledger.left.end() ? "unknown" : reason->second;
    ++made.left[why];
    HouseholdDay& row = rows[household];
    if (row.persons == 0) row.excuse = why;
  }
  for (auto& [household, row] : rows) {
    const Household& home = community.households.at(household);
    row.household = household;
    row.missed = ledger.missed.contains(household);
    const auto reached = ledger.reached.find(household);
    if (reached != ledger.reached.end()) row.assurance = reached->second;
    if (home.contact != nullptr && home.contact->pressing()) {
      row.escalated = true;
      row.owner = home.contact->owner;
      row.level = home.contact->level;
    } else if (home.contact != nullptr && home.contact->state == Duty::State::paused) {
      row.excuse = "paused";
    } else if (community.span && home.handed_over.any(community.span->from, now_)) {
      row.excuse = "handed_over";
    }
    made.households.push_back(row);
  }
  return made;
}

std::string Replay::state_hash() const {
  std::string state;
  for (const auto& [id, community] : communities_) {
    std::map<std::int64_t, const Household*> homes;
    for (const auto& [household, home] : community.households) homes[household] = &home;
    for (const auto& [household, home] : homes) {
      state +=
          fmt::format("h {} {} {}", household, home->observation, minute_of(home->whole.last()));
      std::map<std::int64_t, std::int64_t> reported;
      for (const Member& member : home->members) {
        reported[member.person] = minute_of(member.reported.last());
      }
      for (const auto& [person, at] : reported) state += fmt::format(" {}:{}", person, at);
      state += '\n';
    }
    for (const auto& [key, duty] : community.open) {
      state += fmt::format("d {} {} {} {} {} {} {} {} {}\n", key.first, key.second,
                           int(duty->state), duty->owner, duty->level, minute_of(duty->from),
                           minute_of(duty->due), minute_of(duty->next), duty->tried);
    }
  }
  return to_hex(blake2b(state));
}

}  // namespace doorstep::oracle
