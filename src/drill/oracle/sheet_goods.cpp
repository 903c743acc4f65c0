#include "drill/oracle/sheet_goods.h"

#include <array>
#include <set>

#include <fmt/format.h>

#include "base/id.h"
#include "drill/oracle/sheet_json.h"

namespace doorstep::oracle {
namespace {

namespace json = boost::json;

bool is_owed(const std::string& kind, const std::string& state) {
  if (kind == "need") return state == "waiting" || state == "asked_back" || state == "accepted";
  constexpr std::array over{"", "expected", "delivered", "returned", "lost", "cancelled"};
  for (const char* one : over) {
    if (state == one) return false;
  }
  return true;
}

/// Adds one parcel or need to the totals that a sheet has.
void count(std::map<std::string, std::int64_t>& counts, const std::string& kind,
           const std::string& state, bool owed) {
  if (kind == "need") {
    ++counts["asked"];
    if (owed && state != "accepted") ++counts["unanswered"];
    return;
  }
  if (state == "expected" || state == "cancelled" || state.empty()) return;
  ++counts["came"];
  ++counts[owed ? "open" : state];
}

/// One line of the sheet against what the journal has of it.
void check_line(const json::object& line, const Matters& matters, SheetCheck& found) {
  const std::pair what{text_of(line, "kind"), text_of(line, "subject")};
  const std::string state = text_of(line, "state");
  const auto problem = [&](std::string_view text) {
    found.problems.push_back(fmt::format("{} {} {}", what.first, what.second, text));
  };
  const auto fact = matters.find(what);
  if (fact == matters.end() || fact->second.state != state) return problem("was not " + state);
  const std::string owner = text_of(line, "owner");
  const bool nobody = owner.empty() && fact->second.owner == id_text(0);
  if (owner != fact->second.owner && !nobody) problem("was with " + fact->second.owner);
  if (owner.empty() && text_of(line, "reason").empty()) problem("is with nobody");
  ++found.owed;
}

void check_totals(const json::object& goods, std::map<std::string, std::int64_t>& counts,
                  SheetCheck& found) {
  const auto* ever = goods.if_contains("ever");
  if (ever == nullptr || !ever->is_object()) {
    found.problems.emplace_back("the goods have no totals");
    return;
  }
  for (const char* word :
       {"came", "delivered", "returned", "lost", "open", "asked", "unanswered"}) {
    const std::int64_t said = number_of(ever->get_object(), word);
    if (said == counts[word]) continue;
    found.problems.push_back(fmt::format("the sheet counts {} goods or needs {}, the journal {}",
                                         said, word, counts[word]));
  }
  const auto day = [&](const char* word) { return number_of(goods, word); };
  if (day("before") + day("came") !=
      day("delivered") + day("returned") + day("lost") + day("open")) {
    found.problems.emplace_back("the goods of the day do not add up");
  }
}

}  // namespace

bool take_matter(Matters& matters, const store::Entry& entry, const json::object& data) {
  const std::string kind = text_of(data, "kind");
  if (entry.kind.starts_with("duty.") && (kind == "parcel" || kind == "need")) {
    Matter& matter = matters[{kind, text_of(data, "on")}];
    if (entry.kind == "duty.attempted") matter.owner = id_text(entry.actor);
    if (data.contains("owner")) matter.owner = text_of(data, "owner");
    if (entry.kind == "duty.met" || entry.kind == "duty.excused") matter.owner.clear();
    return true;
  }
  if (entry.kind == "need.asked") {
    matters[{"need", id_text(entry.subject)}].state = "waiting";
    return true;
  }
  if (entry.kind != "need.changed" && !entry.kind.starts_with("parcel.")) return false;
  if (!data.contains("state")) return true;
  const std::string what = entry.kind == "need.changed" ? "need" : "parcel";
  matters[{what, id_text(entry.subject)}].state = text_of(data, "state");
  return true;
}

void check_goods(const json::object& goods, const Matters& matters, SheetCheck& found) {
  std::set<std::pair<std::string, std::string>> told;
  const auto* lines = goods.if_contains("lines");
  if (lines == nullptr || !lines->is_array()) {
    found.problems.emplace_back("the goods have no lines");
    return;
  }
  for (const json::value& one : lines->get_array()) {
    if (!one.is_object()) continue;
    told.emplace(text_of(one.get_object(), "kind"), text_of(one.get_object(), "subject"));
    check_line(one.get_object(), matters, found);
  }
  std::map<std::string, std::int64_t> counts;
  for (const auto& [what, matter] : matters) {
    const bool owed = is_owed(what.first, matter.state);
    count(counts, what.first, matter.state, owed);
    if (!owed || told.contains(what)) continue;
    found.problems.push_back(
        fmt::format("{} {} was owed and is not on the sheet", what.first, what.second));
  }
  check_totals(goods, counts, found);
}

}  // namespace doorstep::oracle
