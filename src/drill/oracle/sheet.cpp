#include "drill/oracle/sheet.h"

#include <algorithm>
#include <istream>
#include <map>
#include <optional>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sodium.h>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "drill/oracle/export.h"
#include "drill/oracle/raised.h"
#include "drill/oracle/sheet_care.h"
#include "drill/oracle/sheet_goods.h"
#include "drill/oracle/sheet_json.h"

namespace doorstep::oracle {
namespace {

namespace json = boost::json;

std::optional<json::object> object_from(std::string_view text) {
  boost::system::error_code failed;
  json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

bool signed_by(const std::string& key, const std::string& message, const std::string& hex) {
  const std::string signature = from_hex(hex).value_or("");
  if (signature.size() != crypto_sign_BYTES || key.size() != crypto_sign_PUBLICKEYBYTES) {
    return false;
  }
  const auto raw = [](const std::string& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
  };
  return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(key)) == 0;
}

struct Report {
  std::string household;
  std::string assurance;
  Instant at{};
};

struct Holder {
  std::string owner;
  std::string level;
};

/// What the journal says, entry by entry; `due`, `held`, `matters` and `care` are kept as they were when the
/// sheet was made.
class Facts {
 public:
  explicit Facts(std::string sheet, std::int64_t community)
      : sheet_(std::move(sheet)), community_(community) {}

  void take(const store::Sealed& sealed) {
    for (const store::Sealed& one : unfolded(sealed)) take_one(one);
  }

  std::map<std::string, Report> reports;
  std::optional<std::string> made_hash;
  std::set<std::string> due;
  std::map<std::string, Holder> held;
  std::map<std::string, std::pair<std::string, Instant>> left;
  std::set<std::string> away;             ///< Nobody of them is at home.
  std::map<std::string, Instant> opened;  ///< When their days began.
  Matters matters;
  CareFacts care;

 private:
  void take_one(const store::Sealed& sealed) {
    const store::Entry& entry = sealed.entry;
    const auto data = object_from(entry.data).value_or(json::object{});
    const std::string household = text_of(data, "household");
    if (entry.community == community_) care_now_.take(sealed, data);
    if (entry.kind == "observation.opened") {
      due_now_.insert(household);
      opened_[household] = sealed.at;
    } else if (entry.kind == "observation.ended") {
      due_now_.erase(household);
      left_[household] = {text_of(data, "reason"), sealed.at};
    } else if (entry.kind == "check_in.recorded") {
      reports[id_text(entry.subject)] = {household, text_of(data, "assurance"), sealed.at};
      if (data.contains("met")) held_now_.erase(household);
    } else if (entry.kind.starts_with("duty.") && text_of(data, "kind") == "contact") {
      take_duty(entry, data);
      if (entry.kind == "duty.excused" && text_of(data, "reason") == "away") {
        away_now_.insert(text_of(data, "on"));
      } else if (entry.kind == "duty.opened") {
        away_now_.erase(text_of(data, "on"));
      }
    } else if (entry.community == community_ && take_matter(matters_now_, entry, data)) {
      return;
    } else if (entry.kind == "sheet.made" && id_text(entry.subject) == sheet_) {
      made_hash = text_of(data, "hash");
      due = due_now_;
      held = held_now_;
      left = left_;
      away = away_now_;
      opened = opened_;
      matters = matters_now_;
      care = care_now_;
    }
  }

  void take_duty(const store::Entry& entry, const json::object& data) {
    const std::string on = text_of(data, "on");
    if (entry.kind == "duty.raised") {
      held_now_[on] = {text_of(data, "owner"), text_of(data, "level")};
    } else if (entry.kind == "duty.acknowledged" || entry.kind == "duty.assigned") {
      if (held_now_.contains(on)) held_now_[on].owner = text_of(data, "owner");
    } else if (entry.kind == "duty.attempted") {
      Holder& holder = held_now_[on];
      holder.owner = id_text(entry.actor);
      if (holder.level.empty()) holder.level = "worker";
    } else if (entry.kind != "duty.opened" && entry.kind != "duty.paused") {
      held_now_.erase(on);
    }
  }

  std::string sheet_;
  std::int64_t community_;
  Matters matters_now_;
  CareFacts care_now_;
  std::set<std::string> due_now_;
  std::map<std::string, Holder> held_now_;
  std::map<std::string, std::pair<std::string, Instant>> left_;
  std::set<std::string> away_now_;
  std::map<std::string, Instant> opened_;
};

/// Compares the claims with the facts.
class Comparison {
 public:
  Comparison(const json::object& content, const Facts& facts, SheetCheck& found)
      : content_(content), facts_(facts), found_(found) {
    since_ = instant_from_text(text_of(content, "since")).value_or(Instant{});
    made_ = instant_from_text(text_of(content, "made_at")).value_or(Instant{});
    window_ = instant_from_text(text_of(content, "window_from")).value_or(Instant{});
    window_until_ = instant_from_text(text_of(content, "window_until")).value_or(Instant{});
  }

  void run() {
    const auto* lines = content_.if_contains("lines");
    if (lines == nullptr || !lines->is_array()) return problem("the sheet has no lines");
    for (const json::value& one : lines->get_array()) {
      if (one.is_object()) line(one.get_object());
    }
    for (const std::string& household : facts_.due) {
      if (!listed_.contains(household)) {
        problem(fmt::format("household {} was due and is not on the sheet", household));
      }
    }
    totals();
    if (const auto* goods = content_.if_contains("goods"); goods != nullptr && goods->is_object()) {
      check_goods(goods->get_object(), facts_.matters, found_);
    } else if (number_of(content_, "version") > 1) {
      problem("the sheet has no goods");
    }
    check_care(content_, facts_.care, found_);
  }

 private:
  void problem(std::string text) { found_.problems.push_back(std::move(text)); }

  void line(const json::object& one) {
    const std::string household = text_of(one, "household");
    const std::string state = text_of(one, "state");
    ++states_[state];
    const bool away = state == "excused" && text_of(one, "reason") == "away";
    if (state == "excused" && !away) return excused(household, text_of(one, "reason"));
    listed_.insert(household);
    if (!facts_.due.contains(household)) {
      problem(fmt::format("household {} was not under observation", household));
    }
    if (away && !facts_.away.contains(household)) {
      problem(fmt::format("household {} was not away", household));
    }
    if (state == "waiting") return waiting(household);
    if (state == "met") return met(household, one);
    if (state == "escalated") return escalated(household, one);
    if (state == "missed") problem(fmt::format("household {} was missed", household));
  }

  void met(const std::string& household, const json::object& one) {
    const std::string evidence = text_of(one, "evidence");
    const auto report = facts_.reports.find(evidence);
    if (report == facts_.reports.end() || report->second.household != household) {
      return problem(fmt::format("household {}: its evidence {} is gone", household, evidence));
    }
    if (report->second.assurance != text_of(one, "assurance")) {
      problem(fmt::format("household {}: it was reached by \"{}\", not \"{}\"", household,
                          report->second.assurance, text_of(one, "assurance")));
    }
    if (report->second.at < window_ || report->second.at > made_) {
      problem(fmt::format("household {}: its evidence is of another time", household));
    }
    ++found_.evidence;
  }

  void waiting(const std::string& household) {
    const auto opened = facts_.opened.find(household);
    const bool asked = opened == facts_.opened.end() || opened->second < window_until_;
    if (made_ >= window_until_ && asked) {
      problem(fmt::format("household {} was not waiting: its window was over", household));
    }
  }

  void escalated(const std::string& household, const json::object& one) {
    const auto held = facts_.held.find(household);
    if (held == facts_.held.end()) {
      return problem(fmt::format("household {} was not with anybody", household));
    }
    if (held->second.owner != text_of(one, "owner")) {
      problem(fmt::format("household {} was with {}", household, held->second.owner));
    }
    ++found_.evidence;
  }

  void excused(const std::string& household, const std::string& reason) {
    const auto left = facts_.left.find(household);
    if (left == facts_.left.end() || left->second.first != reason ||
        left->second.second <= since_ || left->second.second > made_) {
      return problem(fmt::format("household {} did not leave for \"{}\"", household, reason));
    }
    ++found_.evidence;
  }

  void totals() {
    for (const char* state : {"met", "escalated", "excused", "waiting", "missed"}) {
      if (number_of(content_, state) != states_[state]) {
        problem(fmt::format("the sheet counts {} {}, its lines {}", number_of(content_, state),
                            state, states_[state]));
      }
    }
    const auto* due = content_.if_contains("due");
    if (due == nullptr || !due->is_object()) return problem("the sheet has no due set");
    const json::object& set = due->get_object();
    found_.households = number_of(set, "today");
    // Since version 3 who is all away is out of it, and it is counted in persons too.
    const bool without_away = number_of(content_, "version") > 2;
    const auto in_it = std::ranges::count_if(facts_.due, [&](const std::string& household) {
      return !without_away || !facts_.away.contains(household);
    });
    if (!adds_up(set) || number_of(set, "today") != in_it) {
      problem(fmt::format("the due set does not add up: the journal has {}", in_it));
    }
    const auto* people = set.if_contains("people");
    if (people != nullptr && (!people->is_object() || !adds_up(people->get_object()))) {
      problem("the persons of the due set do not add up");
    }
  }

  [[nodiscard]] static bool adds_up(const json::object& set) {
    return number_of(set, "yesterday") + number_of(set, "entered") - number_of(set, "left") ==
           number_of(set, "today");
  }

  const json::object& content_;
  const Facts& facts_;
  SheetCheck& found_;
  Instant since_{};
  Instant made_{};
  Instant window_{};
  Instant window_until_{};
  std::set<std::string> listed_;
  std::map<std::string, std::int64_t> states_;
};

/// A sheet or supplement: its hash and signatures. The content, where it can be read.
std::optional<json::object> opened(const json::object& document, const std::string& key,
                                   std::string_view what, SheetCheck& found) {
  const std::string content = text_of(document, "content");
  const std::string hash = blake2b(content);
  if (!signed_by(key, "doorstep sheet 1\n" + hash, text_of(document, "signature"))) {
    found.problems.push_back(fmt::format("{} is not what was signed", what));
  }
  const std::string signer = text_of(document, "signer_signature");
  if (!signer.empty() && !signed_by(key,
                                    "doorstep signer 1\n" + hash + text_of(document, "signed_by") +
                                        text_of(document, "signed_at"),
                                    signer)) {
    found.problems.push_back(
        fmt::format("{} was not signed by {}", what, text_of(document, "signed_by")));
  }
  return object_from(content);
}

void check_supplements(const json::object& document, const Facts& facts, const std::string& key,
                       SheetCheck& found) {
  const auto* list = document.if_contains("supplements");
  if (list == nullptr || !list->is_array()) return;
  for (const json::value& one : list->get_array()) {
    if (!one.is_object()) continue;
    const auto content = opened(one.get_object(), key, "a supplement", found);
    const auto* late = content ? content->if_contains("late") : nullptr;
    if (late == nullptr || !late->is_array()) continue;
    for (const json::value& entry : late->get_array()) {
      const std::string household = text_of(entry.get_object(), "household");
      const auto report = facts.reports.find(text_of(entry.get_object(), "evidence"));
      if (report == facts.reports.end() || report->second.household != household) {
        found.problems.push_back(
            fmt::format("household {}: the evidence of a supplement is gone", household));
      }
    }
  }
}

}  // namespace

Result<SheetCheck> check_sheet(const std::string& document, std::istream& journal,
                               const std::string& key) {
  const auto whole = object_from(document);
  const auto* sheet = whole ? whole->if_contains("sheet") : nullptr;
  if (sheet == nullptr || !sheet->is_object() ||
      text_of(*whole, "kind") != "doorstep closing sheet 1") {
    return Error{ErrorKind::invalid, "sheet.malformed"};
  }
  SheetCheck found;
  const auto content = object_from(text_of(sheet->get_object(), "content"));
  if (!content) return Error{ErrorKind::invalid, "sheet.malformed"};
  found.day = text_of(*content, "day");
  Facts facts(text_of(*content, "sheet"), id_from_text(text_of(*content, "community")).value_or(0));
  const Imported imported = read_export(
      journal, {[](const std::string&) {}, [&](const store::Sealed& entry) { facts.take(entry); }},
      key);
  found.problems = imported.problems;
  (void)opened(sheet->get_object(), imported.key, "the sheet", found);
  if (!facts.made_hash) {
    found.problems.emplace_back("the journal does not know this sheet");
  } else if (*facts.made_hash != to_hex(blake2b(text_of(sheet->get_object(), "content")))) {
    found.problems.emplace_back("the sheet is not the one that was made");
  }
  if (facts.made_hash) Comparison(*content, facts, found).run();
  check_supplements(*whole, facts, imported.key, found);
  return found;
}

}  // namespace doorstep::oracle
