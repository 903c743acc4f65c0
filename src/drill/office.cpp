#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/id.h"
#include "drill/stage.h"

namespace doorstep::drill {

void Office::begin_day() {
  for (std::size_t at = 1; at < away_until_.size(); ++at) {
    const Colleague& one = stage_.staff[at];
    if (!stage_.chance(Fault::ill, 4) || one.grid < 0) continue;
    const minutes length = stage_.between(4 * 60, 20 * 60);
    away_until_[at] = stage_.now + length;
    if (stage_.chance(50)) continue;  // Nobody was told.
    stage_.ask(0, "/api/v1/absences",
               fmt::format(R"({{"account":"{}","from":"{}","until":"{}"}})", one.account,
                           to_text(stage_.shown()), to_text(stage_.shown() + length)));
  }
}

void Office::told(const store::Sealed& entry) {
  const std::string& kind = entry.entry.kind;
  if (kind != "duty.raised" && kind != "duty.assigned") return;
  const auto found = stage_.screen().duties.find(entry.entry.subject);
  if (found == stage_.screen().duties.end() || !found->second->pressing()) return;
  const auto owner = std::ranges::find(stage_.staff, found->second->owner, &Colleague::number);
  if (owner == stage_.staff.end()) return;
  const Job job{std::size_t(owner - stage_.staff.begin()), entry.entry.subject};
  if (away_until_[job.colleague] > stage_.now) return;
  const minutes wait =
      stage_.chance(Fault::late, 15) ? stage_.between(12, 90) : stage_.between(1, 10);
  stage_.in(wait, [this, job] { take(job); });
}

/// As the page shows it: still open, pressing and with them.
const oracle::Duty* Office::mine(const Job& job) const {
  const auto found = stage_.screen().duties.find(job.duty);
  if (found == stage_.screen().duties.end()) return nullptr;
  const oracle::Duty& duty = *found->second;
  return duty.pressing() && duty.owner == stage_.staff[job.colleague].number ? &duty : nullptr;
}

void Office::take(const Job& job) {
  const oracle::Duty* const duty = mine(job);
  if (duty == nullptr) return;
  const std::string path = "/api/v1/duties/" + id_text(job.duty);
  if (duty->state == oracle::Duty::State::raised && stage_.chance(70)) {
    stage_.ask(job.colleague, path + "/acknowledge", "{}");
  }
  // Knows no household by name, and has others go.
  if (stage_.staff[job.colleague].role == "street") return pass_on(job);
  if (duty->kind == "release") {
    stage_.in(stage_.between(1, 40), [this, job] { release(job); });
  } else if (duty->kind == "whereabouts" || duty->kind == "confirm_death") {
    stage_.in(stage_.between(5, 40), [this, job] { ask_after(job); });
  } else if (duty->kind == "presence") {
    stage_.in(stage_.between(10, 120), [this, job] { look_in(job); });
  } else if (duty->kind == "contact" || duty->kind == "voice_or_sight") {
    stage_.in(stage_.between(1, 12), [this, job] { call(job); });
  } else {
    end(job, *duty);
  }
}

/// What is done and then said to be done.
void Office::end(const Job& job, const oracle::Duty& duty) {
  struct Ending {
    std::string_view kind;
    int least;
    int most;
    const char* body;
  };
  static constexpr std::array endings{
      Ending{"unwell", 3, 25, R"({"outcome":"doctor","note":"已联系社康医生"})"},
      Ending{"removal", 10, 120, R"({"outcome":"done","note":"门上的告知已取下"})"},
      Ending{"left_behind", 5, 45, R"({"outcome":"done","note":"姑姑来家里照看"})"},
      // Who still waits for a second word after so long is there: somebody went and looked.
      Ending{"confirm_leaving", 90, 150, R"({"outcome":"false_alarm","note":"家里有人"})"}};
  const auto* const found = std::ranges::find(endings, std::string_view(duty.kind), &Ending::kind);
  if (found == endings.end()) return;
  stage_.in(stage_.between(found->least, found->most), [this, job, found] {
    if (mine(job) == nullptr) return;
    stage_.ask(job.colleague, "/api/v1/duties/" + id_text(job.duty) + "/end", found->body);
  });
}

/// The hospital is called, or a second person goes to see. Who said it first sends somebody else.
void Office::ask_after(const Job& job) {
  const oracle::Duty* const duty = mine(job);
  if (duty == nullptr) return;
  const std::string person = id_text(duty->on);
  const auto stay = stage_.stays.find(person);
  const std::string body = duty->kind == "confirm_death" ? R"({"state":"deceased"})"
                           : stay == stage_.stays.end()  ? R"({"state":"home"})"
                                                         : stay->second;
  stage_.ask(job.colleague, "/api/v1/people/" + person + "/whereabouts", body,
             [this, job](const api::Response& answer) {
               if (answer.status == 409 && mine(job) != nullptr) pass_on(job);
             });
}

/// At a door behind which nobody is known. "Empty" needs another person; now and then the same one looks
/// again, which must not count.
void Office::look_in(const Job& job) {
  const oracle::Duty* const duty = mine(job);
  if (duty == nullptr) return;
  stage_.ask(job.colleague, "/api/v1/presence", seen_behind(stage_, duty->on),
             [this, job](const api::Response& answer) {
               move_in(stage_, answer);
               if (mine(job) == nullptr) return;
               if (stage_.chance(50)) {
                 stage_.in(stage_.between(10, 40), [this, job] { look_in(job); });
               } else {
                 pass_on(job);
               }
             });
}

/// To somebody else of the household's grid who is on duty.
void Office::pass_on(const Job& job) {
  const std::int64_t on = mine(job)->on;
  const Home* const home = home_of(stage_, on);
  const auto of_person = std::ranges::find_if(stage_.world.homes, [&](const Home& one) {
    return std::ranges::find(one.people, id_text(on)) != one.people.end();
  });
  const auto& quiet = stage_.world.quiet_doors;  // In the first grid.
  const bool at_quiet_door = std::ranges::find(quiet, on) != quiet.end();
  if (home == nullptr && of_person == stage_.world.homes.end() && !at_quiet_door) return;
  const int grid = at_quiet_door ? 0 : home == nullptr ? of_person->grid : home->grid;
  for (std::size_t at = 0; at < stage_.staff.size(); ++at) {
    const Colleague& one = stage_.staff[at];
    const bool there = at != job.colleague && one.grid == grid && away_until_[at] <= stage_.now &&
                       stage_.screen().staff.on_duty(one.number, stage_.shown());
    if (!there) continue;
    return stage_.ask(job.colleague, "/api/v1/duties/" + id_text(job.duty) + "/assign",
                      R"({"account":")" + one.account + "\"}");
  }
}

bool Office::answers(const Home& home, std::int64_t tries) {
  const bool knock = tries >= 3;
  switch (habit_of(stage_, home.number)) {
    case Habit::refuser: return stage_.chance(knock ? 10 : 2);
    case Habit::evasive: return stage_.chance(knock ? 70 : 10);
    case Habit::phoneless: return knock || stage_.chance(30);
    case Habit::obedient:
    case Habit::forgetful:
    case Habit::shared_phone: break;
  }
  return stage_.chance(knock ? 95 : 80);
}

void Office::call(const Job& job) {
  const oracle::Duty* const duty = mine(job);
  const Home* const home = duty == nullptr ? nullptr : home_of(stage_, duty->on);
  if (home == nullptr) return;
  const std::int64_t tries = duty->kind == "contact" ? duty->tried : job.in_vain;
  if (!answers(*home, tries)) {
    if (duty->kind == "contact") return tried(job, home->number);
    // Whoever has not been heard for days is tried again, and then at the door.
    const Job again{job.colleague, job.duty, job.in_vain + 1};
    return stage_.in(stage_.between(20, 90), [this, again] { call(again); });
  }
  // A voice is not enough for somebody who did not answer before; often they look in at once.
  const char* channel = tries == 0 || stage_.chance(10) ? "phone"
                        : stage_.chance(50)             ? "visit"
                                                        : "video";
  stage_.ask(
      job.colleague, "/api/v1/check-ins",
      fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"{}"{}}})", home->id, channel,
                  std::string_view(channel) == "visit" ? R"(,"visit_reason":"no_answer")" : ""));
  if (tries > 0) stage_.in(stage_.between(5, 10), [this, job] { call(job); });
}

void Office::tried(const Job& job, std::int64_t household) {
  const oracle::Duty* const duty = mine(job);
  const bool end = duty->tried >= 6;
  const char* body =
      end ? R"({"outcome":"handed_over","note":"派出所"})" : R"({"outcome":"no_answer"})";
  stage_.ask(job.colleague, "/api/v1/households/" + id_text(household) + "/attempts", body,
             [this, job](const api::Response& answer) {
               if (answer.status != 200) return;
               const auto next = instant_from_text(text_member(answer.body, "next"));
               if (!next) return;
               const auto wait = std::chrono::ceil<minutes>(*next - stage_.shown());
               const minutes early{1 + std::int64_t(stage_.rng.below(4))};
               const minutes late = stage_.chance(Fault::late, 10) ? minutes{10} : minutes{0};
               stage_.in(std::max(minutes{1}, wait - early + late), [this, job] { call(job); });
             });
}

void Office::release(const Job& job) {
  const oracle::Duty* const duty = mine(job);
  if (duty == nullptr || !observed(stage_, duty->on)) return;
  const std::string observation = id_text(stage_.screen().households.at(duty->on).observation);
  stage_.ask(job.colleague, "/api/v1/observations/" + observation + "/end",
             R"({"reason":"completed"})", [this, job](const api::Response& answer) {
               if (answer.status != 200) {
                 stage_.in(stage_.between(20, 60), [this, job] { release(job); });
               }
             });
}

}  // namespace doorstep::drill
