#include "engine/linkage/han.h"

#include <algorithm>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/check.h"
#include "base/pinyin_table.h"
#include "base/text.h"

namespace doorstep::linkage {
namespace {

constexpr char32_t first_common = 0x4E00;
constexpr char32_t last_common = 0x9FFF;

/// Characters that are misread or miswritten for one another (形近字), a group to a line; those
/// that occur in names. A character may be in two groups.
constexpr auto groups = std::to_array<std::u32string_view>({
    U"曰日",   U"未末",   U"己已巳",   U"戊戌戍", U"土士",   U"干千于", U"人入", U"晴睛清", U"孑子",
    U"玉王",   U"大太犬", U"毛手",     U"目自",   U"天夫无", U"午牛",   U"刀力", U"石右",   U"治冶",
    U"拔拨",   U"崔催",   U"徽微",     U"荣菜",   U"候侯",   U"析折",   U"明朋", U"茶荼",   U"竞竟",
    U"免兔",   U"幻幼",   U"甲由申田", U"贝见",   U"风凤",   U"乌鸟",   U"今令", U"代伐",   U"仑仓",
    U"住往佳", U"侍待",   U"冰泳永",   U"历厉",   U"厂广",   U"反友",   U"吴昊", U"哀衷",   U"困因",
    U"垣恒",   U"宁守",   U"宇字",     U"宣宜",   U"密蜜",   U"帅师",   U"开井", U"延廷",   U"思恩",
    U"慧彗",   U"成咸",   U"昌冒",     U"昂昴",   U"晖晕",   U"晨辰",   U"杨扬", U"柱桂",   U"洪供",
    U"淋琳",   U"炎淡",   U"玖玫",     U"玲铃",   U"珍诊",   U"琪棋",   U"瑶谣", U"秦泰奏", U"良艮",
    U"莉荔",   U"远运",   U"邦帮",     U"铭名",   U"锋峰",   U"阳阴",   U"陈阵", U"静净",   U"颖颍",
    U"鹏朋",   U"龙尤",   U"刘浏",
});

std::u32string utf32(const icu::UnicodeString& text) {
  std::u32string out;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    out.push_back(static_cast<char32_t>(text.char32At(at)));
  }
  return out;
}

const icu::Transliterator& marked_latin() {
  thread_local const std::unique_ptr<icu::Transliterator> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> one(
        icu::Transliterator::createInstance("Han-Latin; NFD", UTRANS_FORWARD, status));
    CHECK(U_SUCCESS(status) != 0);
    return one;
  }();
  return *made;
}

/// 1 to 4 from the mark over the vowel, 5 without one.
std::uint8_t tone_of(char32_t point) {
  icu::UnicodeString text(static_cast<UChar32>(point));
  marked_latin().transliterate(text);
  for (const char32_t mark : utf32(text)) {
    if (mark == 0x304) return 1;
    if (mark == 0x301) return 2;
    if (mark == 0x30C) return 3;
    if (mark == 0x300) return 4;
  }
  return 5;
}

std::string fuzzy_form(std::string_view pinyin) {
  std::string out{pinyin};
  if (out.size() > 1 && out[1] == 'h' && (out[0] == 'z' || out[0] == 'c' || out[0] == 's')) {
    out.erase(1, 1);
  }
  if (out.starts_with('n')) out[0] = 'l';
  if (out.ends_with("ang") || out.ends_with("eng") || out.ends_with("ing")) out.pop_back();
  return out;
}

std::uint32_t other_reading(std::string_view character, std::uint32_t first) {
  for (const text::Reading& reading : text::polyphones()) {
    if (reading.han != character) continue;
    std::string_view rest = reading.syllables;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      const std::uint32_t hash = syllable_hash(rest.substr(0, end));
      if (hash != first) return hash;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return 0;
}

Han look_up(char32_t point) {
  Han out;
  const std::string simple = text::simplified(text::from_code_points({&point, 1}));
  out.simple = text::code_points(simple).front();
  out.tone = tone_of(out.simple);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].find(out.simple) == groups[i].npos) continue;
    out.looks[out.looks[0] == 0 ? 0 : 1] = static_cast<std::uint8_t>(i + 1);
  }
  const std::vector<std::string> syllables = text::pinyin(simple);
  if (syllables.empty() || syllables[0].size() >= out.pinyin.size()) return out;
  std::ranges::copy(syllables[0], out.pinyin.begin());
  out.syllable = syllable_hash(syllables[0]);
  out.fuzzy = syllable_hash(fuzzy_form(syllables[0]));
  out.other = other_reading(simple, out.syllable);
  return out;
}

}  // namespace

bool is_han(char32_t point) {
  if (point < 0x3007) return false;
  if (point >= first_common && point <= last_common) return true;
  return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_IDEOGRAPHIC) != 0;
}

const Han& han(char32_t point) {
  thread_local std::vector<Han> common(last_common - first_common + 1);
  thread_local std::unordered_map<char32_t, Han> rare;
  const bool is_common = point >= first_common && point <= last_common;
  Han& found = is_common ? common[point - first_common] : rare[point];
  if (found.simple == 0) found = look_up(point);
  return found;
}

bool look_alike(const Han& a, const Han& b) {
  for (const std::uint8_t group : a.looks) {
    if (group != 0 && (group == b.looks[0] || group == b.looks[1])) return true;
  }
  return false;
}

std::uint32_t syllable_hash(std::string_view letters) {
  std::uint32_t hash = 2166136261U;
  for (const char c : letters) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash == 0 ? 1 : hash;
}

std::string fold_name(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char32_t raw : text::code_points(text)) {
    char32_t point = raw;
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
    if (point == 0x3000 || point == '\t' || point == '\n' || point == '\r') point = ' ';
    const bool common = point >= first_common && point <= last_common;
    if (point >= 0x80 && !common) return text::fold(text);
    if (point == ' ') {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
    if (common) point = han(point).simple;
    if (point < 0x80) {
      out.push_back(static_cast<char>(point));
    } else if (point < 0x10000) {
      out.push_back(static_cast<char>(0xE0U | (point >> 12U)));
      out.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
      out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    } else {
      out += text::from_code_points({&point, 1});
    }
  }
  return out;
}

}  // namespace doorstep::linkage
