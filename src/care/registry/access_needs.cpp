#include "care/registry/access_needs.h"

#include <algorithm>
#include <set>

namespace doorstep::registry {

Way way_to_reach(const AccessNeeds& needs) {
  if (!needs.cannot_hear) return Way::phone;
  if (needs.cannot_see) return Way::visit;
  if (needs.language == Language::csl) return Way::video;
  return needs.cannot_read ? Way::visit : Way::message;
}

AccessNeeds access_needs_of(store::Snapshot& db, Id<access::Community> community,
                            Id<access::Household> household) {
  const auto row = db.first(
      "SELECT cannot_read, cannot_hear, cannot_see, language FROM household_access"
      " WHERE community_id = $1 AND household_id = $2",
      {community, household});
  if (!row) return {};
  return {row->boolean(0), row->boolean(1), row->boolean(2),
          api::from_word<Language>(row->text(3)).value_or(Language::cmn)};
}

bool speaks(std::string_view languages, Language language) {
  if (language == Language::cmn) return true;
  const auto spoken = languages_from(languages);
  return std::ranges::find(spoken, language) != spoken.end();
}

std::string languages_text(const std::vector<Language>& languages) {
  std::set<std::string_view> words;
  for (const Language one : languages) {
    if (one != Language::cmn) words.insert(api::word(one));
  }
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

std::vector<Language> languages_from(std::string_view text) {
  std::vector<Language> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (const auto one = api::from_word<Language>(text.substr(0, end))) found.push_back(*one);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace doorstep::registry
