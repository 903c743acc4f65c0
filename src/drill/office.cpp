#include <algorithm>

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
  } else if (duty->kind == "unwell") {
    stage_.in(stage_.between(3, 25), [this, job, path] {
      if (mine(job) == nullptr) return;
      stage_.ask(job.colleague, path + "/end", R"({"outcome":"doctor","note":"已联系社康医生"})");
    });
  } else if (duty->kind == "removal") {
    stage_.in(stage_.between(10, 120), [this, job, path] {
      if (mine(job) == nullptr) return;
      stage_.ask(job.colleague, path + "/end", R"({"outcome":"done","note":"门上的告知已取下"})");
    });
  } else if (duty->kind == "confirm_leaving") {
    // Who still waits for a second word after so long is there: somebody went and looked.
    stage_.in(stage_.between(90, 150), [this, job, path] {
      if (mine(job) == nullptr) return;
      stage_.ask(job.colleague, path + "/end", R"({"outcome":"false_alarm","note":"家里有人"})");
    });
  } else if (duty->kind == "contact" || duty->kind == "voice_or_sight") {
    stage_.in(stage_.between(1, 12), [this, job] { call(job); });
  }
}

/// To somebody of the household's grid who is on duty.
void Office::pass_on(const Job& job) {
  const Home* const home = home_of(stage_.world, mine(job)->on);
  if (home == nullptr) return;
  for (std::size_t at = 0; at < stage_.staff.size(); ++at) {
    const Colleague& one = stage_.staff[at];
    const bool there = one.grid == home->grid && away_until_[at] <= stage_.now &&
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
  const Home* const home = duty == nullptr ? nullptr : home_of(stage_.world, duty->on);
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
