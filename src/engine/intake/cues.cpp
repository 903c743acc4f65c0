#include "engine/intake/cues.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {
namespace {

constexpr std::array<std::string_view, 13> category_words{
    "goods",   "medicine",  "medical", "delivery", "repair", "chore", "psych",
    "inquiry", "complaint", "checkin", "offer",    "safety", "chat"};

Category category_of(std::string_view word) {
  const auto found = std::find(category_words.begin(), category_words.end(), word);
  CHECK(found != category_words.end());
  return static_cast<Category>(found - category_words.begin());
}

/// Ends a sentence: what stands on the other side is another thought.
bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U'\n';
}

}  // namespace

Cues::Cues(std::string_view table, std::string_view grammar) {
  load(table, Words::plain);
  load(grammar, Words::patterns);
  patterns_.prepare();
}

void Cues::load(std::string_view table, Words words) {
  for_each_row(table, [&](std::span<const std::string_view> row) {
    if (row[0] == "concept") {
      CHECK(row.size() == 3);
      const auto id =
          concepts_.try_emplace(std::string{row[1]}, static_cast<std::uint16_t>(concepts_.size()))
              .first->second;
      for (const std::string_view word : split(row[2], ',')) {
        const std::u32string form = fold(word).text;
        if (words == Words::plain || form.find_first_of(U"(|<?.") == form.npos) {
          words_.add(form, id);
        } else {
          patterns_.add(form, id);
        }
      }
      return;
    }
    CHECK(row.size() == 6);
    CHECK(split(row[5], ' ').size() <= concepts_max);
    CueRule rule{std::string{row[1]}, category_of(row[2]), std::string{row[3]}, 0, false, {}};
    rule.ordered = row[0] == "seq";
    std::from_chars(row[4].data(), row[4].data() + row[4].size(), rule.window);
    for (const std::string_view name : split(row[5], ' ')) {
      rule.concepts.push_back(concept_named(name));
    }
    rules_.push_back(std::move(rule));
  });
}

std::uint16_t Cues::concept_named(std::string_view name) const {
  const auto found = concepts_.find(std::string{name});
  CHECK(found != concepts_.end());
  return found->second;
}

std::vector<Sign> Cues::signs(const Folded& text) const {
  std::vector<Sign> out;
  const auto latin = [&](std::uint32_t i) { return text.kind_at(i) == Kind::latin; };
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    const std::size_t first = out.size();
    const auto found = [&](std::uint32_t to, std::uint32_t id) {
      if ((at > 0 && latin(at) && latin(at - 1)) || (latin(to - 1) && latin(to))) return;
      if (text.kind[at] == Kind::digit &&
          ((at > 0 && text.kind[at - 1] == Kind::digit) || text.kind_at(to) == Kind::digit))
        return;
      for (std::size_t i = first; i < out.size(); ++i) {
        if (out[i].concept_id == id) {
          out[i].to = std::max(out[i].to, to);
          return;
        }
      }
      out.push_back({at, to, static_cast<std::uint16_t>(id)});
    };
    words_.find(text.text, at, found);
    patterns_.find(text.text, at, found);
  }
  hide_shielded(out);
  return out;
}

/// Takes away what lies strictly inside a word of the concept `shield`.
void Cues::hide_shielded(std::vector<Sign>& signs) const {
  const auto shield = concepts_.find("shield");
  if (shield == concepts_.end()) return;
  // Shields by start: a sign is inside one of those that began before its end, the farthest counts.
  std::vector<Sign> shields;
  for (const Sign& sign : signs) {
    if (sign.concept_id == shield->second) shields.push_back(sign);
  }
  if (shields.empty()) return;
  std::erase_if(signs, [&](const Sign& sign) {
    const auto behind =
        std::upper_bound(shields.begin(), shields.end(), sign.from,
                         [](std::uint32_t at, const Sign& one) { return at < one.from; });
    // A shield is at most a dozen points long: a few before this place are enough.
    for (auto one = behind; one != shields.begin() && behind - one < 12;) {
      --one;
      const bool longer = one->to - one->from > sign.to - sign.from;
      if (longer && one->from <= sign.from && sign.to <= one->to) return true;
    }
    return false;
  });
}

/// The sign of a concept that stands nearest to the match and on none of the signs chosen before.
const Sign* Cues::nearest(const std::vector<const Sign*>& others, const CueRule& rule,
                          const CueMatch& match, std::span<const Sign* const> chosen) {
  const std::uint32_t low = match.from > rule.window + 24 ? match.from - rule.window - 24 : 0;
  auto other = std::lower_bound(others.begin(), others.end(), low,
                                [](const Sign* sign, std::uint32_t at) { return sign->from < at; });
  const Sign* best = nullptr;
  std::uint32_t least = rule.window + 1;
  for (; other != others.end() && (*other)->from <= match.to + rule.window; ++other) {
    const Sign& sign = **other;
    if (rule.ordered && sign.from < match.to) continue;
    if (std::any_of(chosen.begin(), chosen.end(), [&](const Sign* taken) {
          return sign.from < taken->to && taken->from < sign.to;
        }))
      continue;
    const std::uint32_t gap = sign.from >= match.to   ? sign.from - match.to
                              : match.from >= sign.to ? match.from - sign.to
                                                      : 0;
    if (gap < least) {
      least = gap;
      best = &sign;
    }
  }
  return best;
}

void Cues::match(const Folded& text, const CueRule& rule,
                 const std::vector<std::vector<const Sign*>>& by_concept,
                 std::vector<CueMatch>& out) const {
  for (const std::uint16_t id : rule.concepts) {
    if (by_concept[id].empty()) return;
  }
  std::size_t found = 0;
  for (const Sign* first : by_concept[rule.concepts[0]]) {
    CueMatch match{&rule, first->from, first->to, 0, 0};
    std::array<const Sign*, concepts_max> chosen{first};
    bool all = true;
    for (std::size_t i = 1; i < rule.concepts.size() && all; ++i) {
      const Sign* best =
          nearest(by_concept[rule.concepts[i]], rule, match, std::span{chosen}.first(i));
      all = best != nullptr;
      if (!all) break;
      chosen[i] = best;
      match.inner_from = std::min(match.to, best->to);
      match.inner_to = std::max(match.from, best->from);
      for (std::uint32_t c = match.inner_from; c < match.inner_to; ++c)
        all &= !ends_sentence(text.text[c]);
      match.from = std::min(match.from, best->from);
      match.to = std::max(match.to, best->to);
    }
    if (!all) continue;
    out.push_back(match);
    if (++found == matches_max) return;
  }
}

std::vector<CueMatch> Cues::matches(const Folded& text, const std::vector<Sign>& signs) const {
  std::vector<CueMatch> out;
  if (signs.empty()) return out;
  std::vector<std::vector<const Sign*>> by_concept(concepts_.size());
  for (const Sign& sign : signs) by_concept[sign.concept_id].push_back(&sign);
  for (const CueRule& rule : rules_) match(text, rule, by_concept, out);
  return out;
}

}  // namespace doorstep::intake
