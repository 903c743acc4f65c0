#include <algorithm>
#include <array>

#include "drill/oracle/take.h"

namespace doorstep::oracle {
namespace {

constexpr std::chrono::hours pause_max{48};

bool is_top(std::string_view level) {
  return level == "manager" || level == "street";
}

int rank(std::string_view level) {
  constexpr std::array levels{"worker", "deputy", "grid_head", "leader", "manager", "street"};
  const auto* const found = std::ranges::find(levels, level);
  return found == levels.end() ? -1 : int(found - levels.begin());
}

}  // namespace

Duty* Replay::Take::duty() {
  const auto found = community.duties.find(sealed.entry.subject);
  if (found != community.duties.end()) return found->second.get();
  find("unknown", sealed.entry.subject, sealed.entry.kind + " of a duty that is not open");
  return nullptr;
}

void Replay::Take::own(Duty& duty, std::int64_t owner) const {
  duty.owner = owner;
  const std::int64_t person = community.staff.person_of(owner);
  if (person == 0) return;
  const auto homes = community.homes.find(person);
  if (homes != community.homes.end() && homes->second.contains(duty.on)) {
    find("subject", duty.on, "is looked after by one of its own");
  }
}

void Replay::Take::duty_opened() {
  // No house writes it; a file that somebody made up may, and others point to the first one (found by fuzzing).
  if (community.duties.contains(sealed.entry.subject)) {
    find("two_duties", sealed.entry.subject, "is opened a second time");
    return;
  }
  auto made = std::make_unique<Duty>();
  made->id = sealed.entry.subject;
  made->kind = data.text("kind");
  made->on = data.id("on");
  made->from = data.instant("from");
  made->due = data.instant("due");
  made->next = made->due;
  own(*made, data.id("owner"));
  Duty*& slot = community.open[{made->kind, made->on}];
  if (slot != nullptr) find("two_duties", made->on, "has two open duties of kind " + made->kind);
  slot = made.get();
  if (made->kind == "contact") {
    Household& where = home(made->on);
    if (where.observation == 0) find("unknown", where.id, "is called and not under observation");
    where.contact = made.get();
  }
  community.duties[made->id] = std::move(made);
}

void Replay::Take::duty_raised() {
  Duty* const raised = duty();
  if (raised == nullptr) return;
  const std::string level = data.text("level");
  const bool by_clock = sealed.entry.actor == 0;
  if (by_clock && raised->state == Duty::State::waiting && sealed.at < raised->due) {
    find("climb", raised->on, "was raised before it was due");
  }
  if (by_clock && raised->pressing()) {
    if (sealed.at < raised->next) find("climb", raised->on, "was raised before its time");
    if (!is_top(raised->level) && rank(level) <= rank(raised->level)) {
      find("climb", raised->on, "was raised from " + raised->level + " to " + level);
    }
  }
  raised->state = Duty::State::raised;
  raised->level = level;
  raised->next = data.instant("next");
  own(*raised, data.id("owner"));
}

void Replay::Take::duty_acknowledged() {
  Duty* const taken = duty();
  if (taken == nullptr) return;
  if (!taken->pressing()) find("unknown", taken->on, "was taken up and is not raised");
  taken->state = Duty::State::acknowledged;
  taken->next = data.instant("next");
  own(*taken, data.id("owner"));
}

void Replay::Take::duty_assigned() {
  Duty* const given = duty();
  if (given == nullptr) return;
  const std::int64_t owner = data.id("owner");
  if (owner == given->owner && sealed.entry.actor == 0) {
    find("assign", given->on, "was handed to the one who has it");
  }
  own(*given, owner);
}

void Replay::Take::duty_attempted() {
  Duty* const tried = duty();
  if (tried == nullptr) return;
  if (data.text("outcome") == "handed_over") {
    home(tried->on).handed_over.add(sealed.at);
    return;
  }
  tried->state = Duty::State::acknowledged;
  tried->next = data.instant("next");
  ++tried->tried;
  own(*tried, sealed.entry.actor);
}

void Replay::Take::duty_paused() {
  Duty* const paused = duty();
  if (paused == nullptr) return;
  paused->state = Duty::State::paused;
  paused->next = data.instant("until");
  if (sealed.entry.actor == 0) find("pause", paused->on, "was paused by nobody");
  if (paused->next <= sealed.at || paused->next > sealed.at + pause_max) {
    find("pause", paused->on, "rests until " + to_text(paused->next));
  }
}

void Replay::Take::move_on(Duty& duty, Instant from, Instant due) {
  duty.state = Duty::State::waiting;
  duty.level = "worker";
  duty.tried = 0;
  duty.from = from;
  duty.due = due;
  duty.next = due;
}

void Replay::Take::duty_moved_on() {
  if (Duty* const moved = duty()) {
    move_on(*moved, data.instant("next_from"), data.instant("next_due"));
  }
}

/// The clock was set back: a deadline comes nearer, never further.
void Replay::Take::duty_retimed() {
  Duty* const retimed = duty();
  if (retimed == nullptr) return;
  const Instant next = data.instant("next");
  if (next > retimed->next) find("far", retimed->on, "was put off until " + to_text(next));
  retimed->next = next;
}

void Replay::Take::duty_closed() {
  const Duty* const closed = duty();
  if (closed == nullptr) return;
  if (closed->kind == "contact") home(closed->on).contact = nullptr;
  if (closed->kind == "presence" && sealed.entry.kind == "duty.met") {
    const Door& door = community.doors[closed->on];
    if (!door.inhabited && door.empty_by.size() < 2) {
      find("presence", closed->on, "was taken for empty on the word of one");
    }
  }
  community.open.erase({closed->kind, closed->on});
  community.duties.erase(sealed.entry.subject);
}

void Replay::Take::check_in() {
  Household& where = home();
  const std::int64_t of = data.id_or_all("of");
  const std::string assurance = data.text("assurance");
  if (strength(assurance) < 0) find("journal", where.id, "assurance " + assurance);
  std::string& best = community.ledger.reached[where.id];
  if (strength(assurance) > strength(best)) best = assurance;
  // What waited in a phone says how somebody was when it was pressed.
  const Instant said =
      data.has("said_at") ? std::min(data.instant("said_at"), sealed.at) : sealed.at;
  if (of == 0) where.whole.add(said);
  for (Member& member : where.members) {
    if (member.person == of) member.reported.add(said);
  }
  if (!data.has("met")) return;
  const auto met = community.duties.find(data.id("met"));
  if (met == community.duties.end() || met->second->on != where.id) {
    return find("unknown", where.id, "met a duty that is not open");
  }
  check_met(where, *met->second, assurance);
  move_on(*met->second, data.instant("next_from"), data.instant("next_due"));
}

/// Only what covers everybody meets it; and once they did not answer, only what the pack says.
void Replay::Take::check_met(Household& where, Duty& met, const std::string& assurance) {
  const std::string& enough = community.terms ? community.terms->ladder_ends_with : "";
  if (met.tried > 0 && strength(assurance) < strength(enough)) {
    find("ladder", where.id, "did not answer, and " + assurance + " ended it");
  }
  if (!community.terms || !community.zone) return;
  const auto span = community.terms->span_at(*community.zone, sealed.at);
  if (!span) return;
  for (const Member& member : where.members) {
    if (where.is_due(member) && !where.whole.any(span->from, sealed.at) &&
        !member.reported.any(span->from, sealed.at) && where.asks(member, *span)) {
      find("missed", member.person, "was counted as reached");
    }
  }
}

}  // namespace doorstep::oracle
