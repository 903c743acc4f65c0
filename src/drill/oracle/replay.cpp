#include "drill/oracle/replay.h"

#include <algorithm>

#include "drill/oracle/raised.h"
#include "drill/oracle/take.h"

namespace doorstep::oracle {

int strength(std::string_view assurance) {
  constexpr std::array levels{"self", "head", "remote", "voice", "seen"};
  const auto* const found = std::ranges::find(levels, assurance);
  return found == levels.end() ? -1 : int(found - levels.begin());
}

const std::map<std::string, Replay::Handler, std::less<>>& Replay::handlers() {
  static const std::map<std::string, Handler, std::less<>> table{
      {"community.created", &Take::community_created},
      {"rules.changed", &Take::rules_changed},
      {"person.added", &Take::person_added},
      {"person.moved", &Take::person_moved},
      {"person.left", &Take::person_left},
      {"residents.imported", &Take::residents_imported},
      {"whereabouts.changed", &Take::whereabouts_changed},
      {"observation.opened", &Take::observation_opened},
      {"observation.ground_added", &Take::ground_added},
      {"observation.changed", &Take::observation_changed},
      {"observation.ground_ended", &Take::ground_ended},
      {"observation.ended", &Take::observation_ended},
      {"presence.recorded", &Take::presence_recorded},
      {"check_in.recorded", &Take::check_in},
      {"duty.opened", &Take::duty_opened},
      {"duty.raised", &Take::duty_raised},
      {"duties.raised", &Take::duties_raised},
      {"duty.acknowledged", &Take::duty_acknowledged},
      {"duty.assigned", &Take::duty_assigned},
      {"duty.attempted", &Take::duty_attempted},
      {"duty.paused", &Take::duty_paused},
      {"duty.moved_on", &Take::duty_moved_on},
      {"duty.retimed", &Take::duty_retimed},
      {"duty.met", &Take::duty_closed},
      {"duty.excused", &Take::duty_closed},
      {"shift.added", &Take::shift_added},
      {"absence.recorded", &Take::absence_recorded},
      {"grant.given", &Take::grant_given},
      {"grant.ended", &Take::grant_ended},
      {"account.holder", &Take::account_holder},
      {"clock.jumped", &Take::clock_jumped},
      {"clock.confirmed", &Take::clock_confirmed},
      {"sheet.made", &Take::sheet_made},
  };
  return table;
}

Replay::Replay() = default;
Replay::~Replay() = default;

void Replay::rules(const std::string& source) {
  const auto pack = RulePack::parse(source);
  if (!pack.ok()) return;
  auto terms = Terms::of(*pack);
  if (terms.ok()) packs_[pack->hash()] = std::make_shared<const Terms>(std::move(terms).value());
}

void Replay::apply(const store::Sealed& entry) {
  set_clock(entry.at);
  const bool gap = entry.seq != seq_ + 1;
  seq_ = entry.seq;
  if (entry.entry.community == 0) return;
  CommunityModel& community = communities_[entry.entry.community];
  community.id = entry.entry.community;
  if (gap) find("journal", community, entry.seq, "the entry before it is not there");
  begin_day(community, entry.at);
  for (const store::Sealed& one : unfolded(entry)) {
    const auto handler = handlers().find(one.entry.kind);
    if (handler == handlers().end()) return;
    Take take(*this, community, one);
    (take.*(handler->second))();
    if (!take.data.missing().empty()) {
      find("journal", community, entry.seq, one.entry.kind + " lacks: " + take.data.missing());
    }
  }
}

void Replay::find(std::string rule, const CommunityModel& community, std::int64_t subject,
                  std::string what) {
  findings_.push_back({now_, seq_, std::move(rule), community.id, subject, std::move(what)});
}

/// A clock that is set back takes along what was noted in its future: it happened now at the latest.
void Replay::set_clock(Instant now) {
  if (now < now_ - std::chrono::minutes{1}) {
    for (auto& [id, community] : communities_) {
      community.span.reset();
      for (auto& [household, home] : community.households) {
        home.opened = std::min(home.opened, now);
        home.whole.clamp(now);
        home.handed_over.clamp(now);
        for (Member& member : home.members) {
          member.reported.clamp(now);
          member.joined = std::min(member.joined, now);
        }
      }
      for (auto& [account, since] : community.off_duty_since) since = std::min(since, now);
    }
  }
  now_ = now;
}

/// Where a sheet was made in the day that is over, the day began with it.
void Replay::begin_day(CommunityModel& community, Instant now) {
  if (!community.zone) return;
  const Day day = community.zone->day_of(now);
  Ledger& ledger = community.ledger;
  if (day <= ledger.day) return;
  if (!ledger.sheet) {
    ledger = {};
    ledger.at_start = community.due_set();
  }
  ledger.day = day;
  ledger.sheet = false;
}

}  // namespace doorstep::oracle
