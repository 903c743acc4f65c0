#include "engine/linkage/person_name.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/pinyin_table.h"
#include "base/text.h"
#include "engine/linkage/han.h"
#include "engine/linkage/similarity.h"

namespace doorstep::linkage {
namespace {

constexpr auto compound_surnames = std::to_array<std::u32string_view>({
    U"欧阳", U"司马", U"诸葛", U"上官", U"东方", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐",
    U"长孙", U"宇文", U"夏侯", U"司徒", U"司空", U"端木", U"轩辕", U"百里", U"东郭", U"南宫",
    U"西门", U"公冶", U"澹台", U"独孤", U"呼延", U"鲜于", U"闾丘", U"万俟", U"太史", U"申屠",
    U"钟离", U"濮阳", U"淳于", U"单于", U"赫连", U"宗政", U"仲孙", U"拓跋", U"公羊", U"第五",
});

/// Forms of address that stand where the given name is not told.
constexpr auto titles = std::to_array<std::u32string_view>({
    U"先生",
    U"女士",
    U"小姐",
    U"太太",
    U"夫人",
    U"阿姨",
    U"叔叔",
    U"大爷",
    U"大妈",
    U"大叔",
    U"奶奶",
    U"爷爷",
    U"师傅",
    U"老师",
    U"同志",
    U"医生",
    U"经理",
});

constexpr char16_t wildcard = u'*';

bool is_wildcard(char32_t point) {
  return point == U'*' || point == U'某' || point == U'×' || point == U'□' || point == U'○' ||
         point == U'〇' || point == U'x' || point == U'?';
}

/// The syllables of the family name, which has readings of its own (单 is shan).
std::string surname_pinyin(std::u32string_view surname) {
  std::string out;
  for (const std::string& one : text::pinyin(text::from_code_points(surname), true)) out += one;
  return out;
}

std::u32string_view without_title(std::u32string_view name) {
  for (const std::u32string_view title : titles) {
    const bool ends = name.size() > title.size() && name.size() <= title.size() + 2 &&
                      name.substr(name.size() - title.size()) == title;
    if (ends) return name.substr(0, name.size() - title.size());
  }
  return name;
}

PersonName read_han_name(std::u32string name) {
  PersonName out;
  const std::size_t told = without_title(name).size();
  if (told < name.size()) {
    name.resize(told);
    name.push_back(U'*');
    out.open_end = true;
  }
  if (name.size() > PersonName::length_max) name.resize(PersonName::length_max);
  const bool compound =
      name.size() >= 3 &&
      std::ranges::find(compound_surnames, name.substr(0, 2)) != compound_surnames.end();
  out.surname_size = compound ? 2 : 1;
  std::string given;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool hidden = is_wildcard(name[i]);
    out.masked |= hidden;
    out.characters[i] = hidden ? wildcard : static_cast<char16_t>(name[i]);
    if (i >= out.surname_size && is_han(name[i])) given += han(name[i]).pinyin.data();
  }
  out.size = static_cast<std::uint8_t>(name.size());
  const std::string surname = surname_pinyin(std::u32string_view(name).substr(0, out.surname_size));
  out.surname = syllable_hash(surname);
  out.whole = syllable_hash(surname + given);
  out.crossed = syllable_hash(given + surname);
  // 王某 and 王** hide a given name of any length.
  const auto hidden = std::ranges::count(out.characters, wildcard);
  if (out.masked && hidden + out.surname_size == out.size) out.open_end = true;
  return out;
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= folded.size(); ++at) {
    const bool letter =
        at < folded.size() && (static_cast<unsigned char>(folded[at]) >= 0x80 ||
                               (folded[at] >= 'a' && folded[at] <= 'z') || folded[at] == '*' ||
                               (folded[at] >= '0' && folded[at] <= '9'));
    if (letter) continue;
    if (at > begin && folded.substr(begin, at - begin) != "'") {
      words.push_back(folded.substr(begin, at - begin));
    }
    begin = at + 1;
  }
  return words;
}

PersonName read_latin_name(std::string_view folded) {
  PersonName out;
  const auto words = words_of(folded);
  if (words.empty()) return out;
  std::string whole;
  std::string crossed{words.back()};
  for (const auto word : words) {
    whole += word;
    if (word.data() != words.back().data()) crossed += word;
  }
  out.surname = syllable_hash(words.front());
  out.whole = syllable_hash(whole);
  out.crossed = syllable_hash(crossed);
  return out;
}

enum class Alike : std::uint8_t { no, nearly, sound, sound_and_tone, same };

Alike compare_characters(const PersonName& a, const PersonName& b, std::size_t i) {
  const char16_t x = a.characters[i];
  const char16_t y = b.characters[i];
  if (x == y) return Alike::same;
  if (!is_han(x) || !is_han(y)) return Alike::no;
  const Han& p = han(x);
  const Han& q = han(y);
  const bool surnames = i == 0 && a.surname_size == 1 && b.surname_size == 1;
  if (surnames) {
    if (a.surname == b.surname) return p.tone == q.tone ? Alike::sound_and_tone : Alike::sound;
  } else if (p.syllable != 0 && p.syllable == q.syllable) {
    return p.tone == q.tone ? Alike::sound_and_tone : Alike::sound;
  }
  const bool other = (p.other != 0 && (p.other == q.syllable || p.other == q.other)) ||
                     (q.other != 0 && q.other == p.syllable);
  if (other && !surnames) return Alike::sound;
  if (p.fuzzy != 0 && p.fuzzy == q.fuzzy) return Alike::nearly;
  return look_alike(p, q) ? Alike::nearly : Alike::no;
}

/// Requires one of them masked. What is not hidden must sound the same, the family name first.
NameLevel compare_masked(const PersonName& a, const PersonName& b) {
  if (a.masked && b.masked) {
    return a.characters == b.characters && a.size == b.size ? NameLevel::wildcard
                                                            : NameLevel::different;
  }
  const PersonName& mask = a.masked ? a : b;
  const PersonName& name = a.masked ? b : a;
  const bool length_fits = mask.open_end ? name.size + 1 >= mask.size : name.size == mask.size;
  if (!length_fits) return NameLevel::different;
  for (std::size_t i = 0; i < std::min(mask.size, name.size); ++i) {
    if (mask.characters[i] == wildcard) continue;
    if (compare_characters(mask, name, i) < Alike::sound) return NameLevel::different;
  }
  return NameLevel::wildcard;
}

/// One character too many or too few, the family name in place: 王小明 and 王明.
bool one_left_out(const PersonName& a, const PersonName& b) {
  const PersonName& longer = a.size > b.size ? a : b;
  const PersonName& shorter = a.size > b.size ? b : a;
  if (longer.size != shorter.size + 1 || longer.size < 3 || a.surname != b.surname) return false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < longer.size && at < shorter.size; ++i) {
    at += longer.characters[i] == shorter.characters[at] ? 1U : 0U;
  }
  return at == shorter.size;
}

NameLevel compare_han(const PersonName& a, const PersonName& b) {
  if (a.masked || b.masked) return compare_masked(a, b);
  if (a.size != b.size) {
    return one_left_out(a, b) ? NameLevel::resembling : NameLevel::different;
  }
  std::array<int, 5> counts{};
  for (std::size_t i = 0; i < a.size; ++i) {
    ++counts[static_cast<std::size_t>(compare_characters(a, b, i))];
  }
  const int no = counts[0];
  const int nearly = counts[1];
  if (no == 0 && nearly == 0) return counts[2] == 0 ? NameLevel::same_tones : NameLevel::homophone;
  if (no == 0 && nearly == 1) return NameLevel::near;
  if (no == 1 && nearly == 0 && a.size >= 3) return NameLevel::resembling;
  const bool swapped = a.size == 3 && a.characters[0] == b.characters[0] &&
                       a.characters[1] == b.characters[2] && a.characters[2] == b.characters[1];
  return swapped ? NameLevel::resembling : NameLevel::different;
}

std::string joined_letters(std::string_view folded) {
  std::string out;
  for (const auto word : words_of(folded)) out += word;
  return out;
}

std::string pinyin_letters(const PersonName& name, bool given_first) {
  std::u32string surname;
  std::string given;
  for (std::size_t i = 0; i < name.size; ++i) {
    if (i < name.surname_size) {
      surname.push_back(name.characters[i]);
    } else if (is_han(name.characters[i])) {
      given += han(name.characters[i]).pinyin.data();
    }
  }
  return given_first ? given + surname_pinyin(surname) : surname_pinyin(surname) + given;
}

NameLevel compare_scripts(const PersonName& han_name, std::string_view latin) {
  const std::string letters = joined_letters(latin);
  const std::string whole = pinyin_letters(han_name, false);
  if (edit_distance(letters, whole, 1) <= 1 ||
      edit_distance(letters, pinyin_letters(han_name, true), 1) <= 1) {
    return letters.size() >= 6 ? NameLevel::near : NameLevel::resembling;
  }
  return NameLevel::different;
}

NameLevel compare_latin(std::string_view a, std::string_view b) {
  const std::string x = joined_letters(a);
  const std::string y = joined_letters(b);
  if (std::min(x.size(), y.size()) >= 5 && edit_distance(x, y, 1) <= 1) return NameLevel::near;
  const bool alike = jaro_winkler(x, y) >= 0.88 || shared_words(a, b) >= 0.5;
  return alike ? NameLevel::resembling : NameLevel::different;
}

}  // namespace

PersonName read_name(std::string_view folded) {
  const std::u32string points = text::code_points(folded);
  if (std::ranges::none_of(points, is_han)) return read_latin_name(folded);
  std::u32string name;
  for (const char32_t point : points) {
    const bool letter = is_han(point) || is_wildcard(point);
    if (letter) name.push_back(is_han(point) && point > 0x9FFF ? U'\uE000' : point);
  }
  return read_han_name(std::move(name));
}

NameLevel compare_names(const PersonName& a, std::string_view a_text, const PersonName& b,
                        std::string_view b_text) {
  if (a_text == b_text && !a.masked) return NameLevel::equal;
  if (a.is_han() && b.is_han()) {
    // Spaces apart (陈 轩斌) the characters decide; names that were cut are equal only as a whole.
    const bool whole = a.size < PersonName::length_max && !a.masked && !b.masked;
    if (whole && a.size == b.size && a.characters == b.characters) return NameLevel::equal;
    return compare_han(a, b);
  }
  const bool letters = a.whole != 0 && b.whole != 0;
  if (letters && (a.whole == b.whole || a.whole == b.crossed || a.crossed == b.whole)) {
    return NameLevel::romanised;
  }
  if (a.is_han() != b.is_han()) {
    return a.is_han() ? compare_scripts(a, b_text) : compare_scripts(b, a_text);
  }
  return compare_latin(a_text, b_text);
}

}  // namespace doorstep::linkage
