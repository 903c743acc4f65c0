#include "drill/run.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"
#include "drill/oracle/raised.h"
#include "drill/stage.h"

namespace doorstep::drill {
namespace {

/// Without faults everything is delivered and in somebody's hands within this time.
constexpr int calm_minutes = 30;
constexpr std::size_t trace_max = 40;
constexpr hours session_renewed{8};
/// Of each minute: half of what the oracle allows.
constexpr std::chrono::seconds sweep_at{30};

/// One seed from midnight of the first day until half an hour after the last.
class Drill {
 public:
  Drill(const World& world, const Options& options, const std::string& root)
      : stage_(world, options, root), office_(stage_), expected_(stage_.now) {}

  Report run() {
    play_residents(stage_);
    play_mishaps(stage_);
    play_presence(stage_);
    const Instant calm = stage_.world.begin + hours{24 * stage_.world.days};
    const Instant end = stage_.options.until.value_or(calm + minutes{calm_minutes});
    for (; stage_.now <= end; stage_.now += minutes{1}) {
      stage_.calm = stage_.now >= calm;
      minute();
      const bool broken = !stage_.replay.findings().empty() || !stage_.own_findings.empty();
      if (stage_.options.stop_at_first && broken) break;
    }
    const bool whole = !stage_.options.stop_at_first && !stage_.options.until;
    if (whole) settle();
    Report made = report();
    if (!stage_.options.keep_in.empty()) stage_.house.leave(stage_.options.keep_in);
    return made;
  }

 private:
  void minute() {
    stage_.house.set(stage_.shown());
    const auto since_midnight = stage_.now - stage_.world.begin;
    if (since_midnight % hours{24} == hours{0} && !stage_.calm) office_.begin_day();
    if (since_midnight % session_renewed == hours{0}) sign_in(stage_.house, stage_.staff);
    stage_.act();
    // What came in this minute lies before the sweep.
    const Instant shown = stage_.shown() + sweep_at;
    stage_.house.set(shown);
    if (!stage_.house.sweep(stage_.world.community, expected_)) {
      stage_.found("failed", 0, "the sweep failed");
    }
    expected_ = shown + minutes{1};
    for (const store::Sealed& entry : stage_.watch()) {
      ++report_.entries;
      for (const store::Sealed& one : oracle::unfolded(entry)) count(one);
    }
    report_.missed_person_minutes += stage_.replay.judge(shown);
  }

  void count(const store::Sealed& entry) {
    const std::string& kind = entry.entry.kind;
    if (kind == "check_in.recorded") {
      ++report_.contacts;
      const auto met = entry.entry.data.find(R"("met":")");
      if (met != std::string::npos) {
        end(id_from_text(std::string_view(entry.entry.data).substr(met + 7, 13)).value_or(0));
      }
    }
    if (kind == "duty.raised") {
      ++report_.escalations;
      raised_.emplace(entry.entry.subject, stage_.now);
    }
    if (kind == "duty.met" || kind == "duty.moved_on" || kind == "duty.excused") {
      end(entry.entry.subject);
    }
    office_.told(entry);
  }

  void end(std::int64_t duty) {
    const auto since = raised_.find(duty);
    if (since == raised_.end()) return;
    report_.latencies.push_back(
        std::chrono::duration_cast<minutes>(stage_.now - since->second).count());
    raised_.erase(since);
  }

  void settle() {
    const Instant now = stage_.house.now();
    if (const auto open = stage_.replay.without_owner(now); open > 0) {
      stage_.found("liveness", 0, fmt::format("{} duties without an owner on duty", open));
    }
    const auto missed = stage_.replay.judge(now);
    if (missed > 0) stage_.found("liveness", 0, fmt::format("{} persons are missed", missed));
    (void)stage_.house.store().sign_head();
    const store::Verification found = store::verify_journal(stage_.house.store());
    for (const std::string& problem : found.problems) stage_.found("chain", 0, problem);
  }

  Report report() {
    report_.seed = stage_.options.seed;
    report_.preset = stage_.world.preset->name;
    report_.days = stage_.world.days;
    report_.faults = stage_.options.faults.text();
    report_.crashes = stage_.house.crashes();
    report_.requests = stage_.requests;
    report_.refused = stage_.refused;
    std::ranges::sort(report_.latencies);
    const auto last = stage_.house.store().journal(stage_.house.store().last_seq() - 1, 1);
    report_.state_hash =
        to_hex(blake2b((last.empty() ? std::string() : last[0].hash) + stage_.replay.state_hash()));
    report_.findings = stage_.replay.findings();
    report_.findings.insert(report_.findings.end(), stage_.own_findings.begin(),
                            stage_.own_findings.end());
    if (!report_.findings.empty()) trace(report_.findings.front());
    return std::move(report_);
  }

  /// The last entries about the subject of what was found first, and about its household.
  void trace(const oracle::Finding& first) {
    const std::string id = id_text(first.subject);
    std::string home = id;
    const auto of = first.what.find("household ");
    if (of != std::string::npos) home = first.what.substr(of + 10, 13);
    const auto on = first.what.find(" on ");
    if (of == std::string::npos && on != std::string::npos) home = first.what.substr(on + 4, 13);
    std::int64_t after = 0;
    while (after < first.seq) {
      const auto page = stage_.house.store().journal(after, 1000);
      if (page.empty()) break;
      for (const store::Sealed& one : page) {
        after = one.seq;
        const std::string& data = one.entry.data;
        const bool about = one.entry.subject == first.subject ||
                           data.find(id) != std::string::npos ||
                           data.find(home) != std::string::npos;
        if (!about || one.seq > first.seq || one.entry.kind == "residents.imported") continue;
        report_.trace.push_back(fmt::format("{} {} {} {} {}", one.seq, to_text(one.at),
                                            one.entry.kind, id_text(one.entry.subject), data));
      }
    }
    if (report_.trace.size() > trace_max) {
      report_.trace.erase(report_.trace.begin(), report_.trace.end() - trace_max);
    }
  }

  Stage stage_;
  Office office_;
  Instant expected_;
  Report report_;
  std::map<std::int64_t, Instant> raised_;
};

/// `{"a":1,"b":2}`
std::string counts(const std::map<std::string, std::int64_t>& of) {
  std::string list;
  for (const auto& [word, times] : of) {
    list += fmt::format(R"({}"{}":{})", list.empty() ? "" : ",", word, times);
  }
  return "{" + list + "}";
}

std::int64_t share(const std::vector<std::int64_t>& sorted, std::size_t percent) {
  return sorted.empty() ? 0 : sorted[(sorted.size() - 1) * percent / 100];
}

}  // namespace

std::string Report::json() const {
  std::map<std::string, std::int64_t> rules;
  for (const oracle::Finding& one : findings) ++rules[one.rule];
  return fmt::format(
      R"({{"seed":{},"preset":"{}","days":{},"faults":"{}","missed_person_minutes":{},)"
      R"("contacts":{},"escalations":{},"latencies":{{"count":{},"p50":{},"p95":{},"max":{}}},)"
      R"("requests":{},"refused":{},"entries":{},"crashes":{},"broken":{},"state_hash":"{}"}})",
      seed, preset, days, faults, missed_person_minutes, contacts, escalations, latencies.size(),
      share(latencies, 50), share(latencies, 95), latencies.empty() ? 0 : latencies.back(),
      requests, counts(refused), entries, crashes, counts(rules), state_hash);
}

Report run(const World& world, const Options& options, const std::string& root) {
  return Drill(world, options, root).run();
}

}  // namespace doorstep::drill
