#include "drill/stage.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"

namespace doorstep::drill {
namespace {

namespace fs = std::filesystem;

std::string fresh_copy(const World& world, const Options& options, const std::string& root) {
  const std::string folder = root + "/seed" + std::to_string(options.seed);
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy(world.folder, folder + "/0", fs::copy_options::recursive);
  return folder;
}

}  // namespace

Stage::Stage(const World& the_world, const Options& the_options, const std::string& root)
    : world(the_world),
      options(the_options),
      rng(the_options.seed * 2 + 1),
      house(fresh_copy(the_world, the_options, root), the_world.begin, the_options.seed),
      staff(the_world.staff),
      now(the_world.begin) {
  replay.rules(world.rules);
  sign_in(house, staff);
  watch();
  house.tamper(options.tampering);
}

void Stage::at(Instant when, Task task) {
  agenda_.push({std::max(when, now), order_++, std::move(task)});
}

void Stage::act() {
  while (!agenda_.empty() && agenda_.top().when <= now) {
    const Task task = std::move(const_cast<Waiting&>(agenda_.top()).task);
    agenda_.pop();
    task();
  }
}

void Stage::post(As as, std::string path, std::string body, Answered answered) {
  auto letter = std::make_shared<Letter>();
  letter->message = {std::move(as),   api::Method::post,    std::move(path), {},
                     std::move(body), to_hex(rng.bytes(16))};
  letter->answered = std::move(answered);
  if (chance(Fault::delay, 0.5)) {
    in(between(240, 33 * 60), [this, letter] { try_letter(letter); });
  } else if (chance(Fault::delay, 20)) {
    in(between(1, 240), [this, letter] { try_letter(letter); });
  } else {
    try_letter(letter);
  }
}

void Stage::ask(std::size_t colleague, std::string path, std::string body, Answered answered) {
  auto letter = std::make_shared<Letter>();
  letter->message = {
      {staff[colleague].session, {}}, api::Method::post, std::move(path), {}, std::move(body),
      to_hex(rng.bytes(16))};
  letter->colleague = colleague;
  letter->answered = std::move(answered);
  arrive(letter, true);
}

void Stage::try_letter(const std::shared_ptr<Letter>& letter) {
  if (letter->done) return;
  ++letter->tries;
  if (chance(Fault::twice, 10)) {
    in(between(0, 33 * 60), [this, letter] { arrive(letter, false); });
  }
  if (chance(Fault::loss, 4)) {
    in(between(2, 30), [this, letter] { try_letter(letter); });
    return;
  }
  arrive(letter, true);
}

/// `last`: the sender waits for this answer, and tries again where none comes.
void Stage::arrive(const std::shared_ptr<Letter>& letter, bool last) {
  if (letter->colleague != SIZE_MAX) {
    letter->message.as.session = staff[letter->colleague].session;
    // Has no role any more, and so no way in; without a session it would be the operator's word.
    if (letter->message.as.session.empty()) return;
  }
  Kill kill = Kill::never;
  if (chance(Fault::crash, 0.1)) kill = Kill::inside;
  if (chance(Fault::crash, 0.1)) kill = Kill::after;
  ++requests;
  const auto answer = house.call(letter->message, kill);
  const auto again = [this, letter, last] {
    if (!last || letter->done) return;
    in(between(1, 10), [this, letter] { arrive(letter, true); });
  };
  if (!answer || answer->status >= 500) {
    // Nothing of ours makes the store fail: a 5xx without a power cut is a finding.
    if (answer) found("failed", 0, letter->message.path + ": " + answer->body);
    return again();
  }
  if (answer->status == 401 && letter->colleague != SIZE_MAX && letter->tries < 5) {
    sign_in(house, staff);
    if (staff[letter->colleague].session.empty()) return;  // Has no role any more.
    ++letter->tries;
    return again();
  }
  compare(*letter, *answer);
  if (chance(Fault::unheard, 3)) return again();
  if (letter->done) return;
  letter->done = true;
  if (answer->status != 200) ++refused[text_member(answer->body, "code")];
  if (letter->answered) letter->answered(*answer);
}

/// A repeat gets the same answer, and what was told as saved is in the journal.
void Stage::compare(const Letter& letter, const api::Response& answer) {
  if (answer.status != 200) return;
  const auto [said, fresh] = answers_.emplace(letter.message.key, answer.body);
  if (!fresh && said->second != answer.body) {
    found("answer", 0, letter.message.path + " was answered in two ways");
  }
  if (!fresh || letter.message.path != "/api/v1/check-ins") return;
  const auto id = id_from_text(text_member(answer.body, "id"));
  if (!id) return found("saved", 0, "a check-in was answered without a receipt");
  receipts_.insert(*id);
}

std::vector<store::Sealed> Stage::watch() {
  std::vector<store::Sealed> entries;
  if (house.store().last_seq() != seq_) {
    while (true) {
      auto page = house.store().journal(seq_, 1000);
      if (page.empty()) break;
      seq_ = page.back().seq;
      for (store::Sealed& one : page) entries.push_back(std::move(one));
    }
  }
  for (const store::Sealed& one : entries) {
    replay.apply(one);
    if (one.entry.kind == "check_in.recorded") written_.insert(one.entry.subject);
  }
  for (const std::int64_t lost : receipts_) {
    if (!written_.contains(lost))
      found("saved", lost, "was told as saved, and is not in the journal");
  }
  receipts_.clear();
  return entries;
}

void Stage::found(const char* rule, std::int64_t subject, std::string what) {
  own_findings.push_back({shown(), seq_, rule, world.community, subject, std::move(what)});
}

const oracle::CommunityModel& Stage::screen() const {
  return replay.communities().at(world.community);
}

const Home* home_of(const Stage& stage, std::int64_t household) {
  const auto& homes = stage.world.homes;
  const auto known = std::ranges::lower_bound(homes, household, {}, &Home::number);
  if (known != homes.end() && known->number == household) return &*known;
  const auto found = std::ranges::find(stage.found_homes, household, &Home::number);
  return found == stage.found_homes.end() ? nullptr : &*found;
}

bool observed(const Stage& stage, std::int64_t household) {
  const auto found = stage.screen().households.find(household);
  return found != stage.screen().households.end() && found->second.observation != 0;
}

Habit habit_of(const Stage& stage, std::int64_t household) {
  SeededRng dice(stage.options.seed * 1'000'003 + static_cast<std::uint64_t>(household));
  const auto roll = dice.below(100);
  const Faults& faults = stage.options.faults;
  if (roll < 15) return faults.has(Fault::forget) ? Habit::forgetful : Habit::obedient;
  if (roll < 20) return faults.has(Fault::evade) ? Habit::evasive : Habit::obedient;
  if (roll < 23) return faults.has(Fault::refuse) ? Habit::refuser : Habit::obedient;
  if (roll < 31) return faults.has(Fault::phoneless) ? Habit::phoneless : Habit::obedient;
  if (roll < 36) return faults.has(Fault::phoneless) ? Habit::shared_phone : Habit::obedient;
  return Habit::obedient;
}

}  // namespace doorstep::drill
