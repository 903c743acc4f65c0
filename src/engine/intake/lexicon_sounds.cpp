/// \file How goods sound: toneless pinyin and the usual confusions, for the repair of typos.

#include "engine/intake/lexicon.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {

void Lexicon::load_sounds() {
  for_each_row(tables::pinyin, [&](std::span<const std::string_view> row) {
    for (const char32_t c : points(row[1])) syllable_.emplace(c, std::string{row[0]});
  });
  for (std::uint32_t i = 0; i < goods_.size(); ++i) {
    const Good& good = goods_[i];
    if (good.english) {
      english_[good.name[0]].push_back(i);
      continue;
    }
    if (good.name.size() < 2) continue;
    std::string exact;
    std::string loose;
    for (const char32_t c : good.name) {
      const auto found = syllable_.find(c);
      if (found == syllable_.end()) {
        exact.clear();
        break;
      }
      exact += found->second;
      loose += blurred(found->second);
    }
    if (exact.empty()) continue;
    by_sound_[exact].push_back(i);
    by_sound_["=" + plain_sound(exact)].push_back(i);
    by_sound_["~" + loose].push_back(i);
  }
}

std::string Lexicon::plain_sound(std::string_view letters) {
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char before = out.empty() ? ' ' : out.back();
    const bool softened = (letters[i] == 'g' && before == 'n') ||
                          (letters[i] == 'h' && (before == 'z' || before == 'c' || before == 's'));
    if (!softened) out += letters[i];
  }
  return out;
}

std::string Lexicon::blurred(std::string_view syllable) {
  std::string out{syllable};
  if (out.size() > 1 && out[1] == 'h' && (out[0] == 'z' || out[0] == 'c' || out[0] == 's')) {
    out.erase(1, 1);
  }
  if (out[0] == 'l') out[0] = 'n';
  if (out[0] == 'h' && out.size() > 1 && out[1] == 'u' && out.size() > 2) out = "f" + out.substr(2);
  if (out.ends_with("ang") || out.ends_with("eng") || out.ends_with("ing")) out.pop_back();
  return out;
}

std::string Lexicon::pinyin(std::u32string_view han) const {
  std::string out;
  for (const char32_t c : han) {
    const auto found = syllable_.find(c);
    if (found == syllable_.end()) return {};
    out += found->second;
  }
  return out;
}

const std::vector<std::uint32_t>* Lexicon::goods_by_sound(const std::string& key) const {
  const auto found = by_sound_.find(key);
  return found == by_sound_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>& Lexicon::english_goods(char32_t initial) const {
  static const std::vector<std::uint32_t> none;
  const auto found = english_.find(initial);
  return found == english_.end() ? none : found->second;
}

}  // namespace doorstep::intake
