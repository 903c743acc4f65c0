#include "care/people/ledger.h"

#include <algorithm>
#include <set>

namespace doorstep::people {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Result<std::string> clean_categories(const RulePack& rules, const std::vector<std::string>& words) {
  std::set<std::string> known(built_in.begin(), built_in.end());
  const auto more = rules.strings("care.categories");
  if (!more.ok() && more.error().code != "rules.missing") return more.error();
  if (more.ok()) known.insert(more->begin(), more->end());
  std::string joined;
  for (const std::string& word : std::set<std::string>(words.begin(), words.end())) {
    if (!known.contains(word)) return Error{ErrorKind::invalid, "care.category"};
    joined += (joined.empty() ? "" : " ") + word;
  }
  if (joined.empty()) return Error{ErrorKind::invalid, "care.category"};
  return joined;
}

std::optional<Entry> find_entry(const api::Context& context, std::int64_t person) {
  const auto row = context.db.first(
      "SELECT c.household_id, c.path, c.follower_id, c.categories, c.verified_on"
      " FROM care_person c JOIN {households} h ON h.community_id = c.community_id"
      " AND h.id = c.household_id WHERE c.person_id = $1 AND c.closed_at IS NULL",
      {person});
  if (!row) return std::nullopt;
  return Entry{person,          row->id<access::Household>(0), row->text(1),
               row->integer(2), split_words(row->text(3)),     row->day(4)};
}

Result<Times> call_of(const api::Context& context, Day day) {
  const Zone& zone = context.community.zone;
  return Times{zone.start_of(day),
               zone.at(day, TRY(context.rules().time_of_day("care.daily_until")))};
}

Result<std::int64_t> follower_for(api::Context& context, const std::string& path) {
  const duty::Owner owner = duty::Roster::load(context).responsible(path);
  if (owner.account == 0) return Error{ErrorKind::conflict, "care.nobody"};
  return owner.account;
}

}  // namespace doorstep::people
