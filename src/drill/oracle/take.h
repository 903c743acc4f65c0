#pragma once
/// \file One journal entry on its way into the oracle's model: how each kind changes what is believed.

#include <string>
#include <string_view>
#include <utility>

#include "drill/oracle/members.h"
#include "drill/oracle/replay.h"

namespace doorstep::oracle {

/// One entry on its way into the model.
struct Replay::Take {
  Replay& replay;
  CommunityModel& community;
  const store::Sealed& sealed;
  Members data;

  Take(Replay& the_replay, CommunityModel& the_community, const store::Sealed& entry)
      : replay(the_replay), community(the_community), sealed(entry), data(entry.entry.data) {}

  void find(const char* rule, std::int64_t subject, std::string what) const {
    replay.find(rule, community, subject, std::move(what));
  }
  Household& home(std::int64_t id) {
    Household& found = community.households[id];
    found.id = id;
    return found;
  }
  Household& home() { return home(data.id("household")); }

  // Who lives where.
  void join(std::int64_t household, std::int64_t person);
  void leave(std::int64_t household, std::int64_t person, std::string_view reason);
  void person_added() { join(data.id("household"), sealed.entry.subject); }
  void person_moved() {
    for (const std::int64_t left : data.ids("left")) leave(left, sealed.entry.subject, "moved");
    join(data.id("household"), sealed.entry.subject);
  }
  void person_left() { leave(data.id("household"), sealed.entry.subject, "left"); }
  void residents_imported();
  void whereabouts_changed();

  // Who is under observation.
  void observation_opened();
  void ground_added();
  void observation_changed();
  void ground_ended();
  void observation_ended();
  void presence_recorded();
  void check_release(const Household& home, const Ground& ground) const;
  Ground ground() { return {data.id_or_all("of"), data.day("ends_on")}; }

  // What is owed.
  Duty* duty();
  void duty_opened();
  void duty_raised();
  /// What could not be told apart.
  void duties_raised() { find("journal", sealed.seq, "duties.raised has lists that do not fit"); }
  void duty_acknowledged();
  void duty_assigned();
  void duty_attempted();
  void duty_paused();
  void duty_moved_on();
  void duty_retimed();
  void duty_closed();
  void own(Duty& duty, std::int64_t owner) const;
  void move_on(Duty& duty, Instant from, Instant due);
  void check_in();
  void check_met(Household& home, Duty& met, const std::string& assurance);

  // Who is there to do it.
  void grant_given();
  void grant_ended();
  void shift_added() {
    community.staff.shift(sealed.entry.subject, data.instant("from"), data.instant("until"));
  }
  void absence_recorded() {
    community.staff.absence(sealed.entry.subject, data.instant("from"), data.instant("until"));
  }
  void account_holder() {
    community.staff.lives(sealed.entry.subject, data.has("person") ? data.id("person") : 0);
  }
  void clock_jumped() { community.clock_held = true; }
  void clock_confirmed() { community.clock_held = false; }

  void community_created();
  void rules_changed();
  void sheet_made() {
    replay.begin_day(community, sealed.at);
    community.ledger.sheet = true;
  }
};

}  // namespace doorstep::oracle
