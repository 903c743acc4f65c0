#include "base/text.h"

#include <memory>
#include <unordered_map>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/check.h"
#include "base/pinyin_table.h"

namespace doorstep::text {
namespace {

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

const icu::Normalizer2& normalizer(bool case_fold) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = case_fold ? icu::Normalizer2::getNFKCCasefoldInstance(status)
                                            : icu::Normalizer2::getNFKCInstance(status);
  CHECK(U_SUCCESS(status) != 0);
  return *found;
}

/// NFKC, or that and case folding. Most text is already, which ICU sees without UTF-16 in between.
std::string normalized(std::string_view text, bool case_fold) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& form = normalizer(case_fold);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (valid_utf8(text) && form.isNormalizedUTF8(piece, status) != 0 && U_SUCCESS(status) != 0) {
    return std::string{text};
  }
  status = U_ZERO_ERROR;
  return to_utf8(form.normalize(from_utf8(text), status));
}

std::unique_ptr<icu::Transliterator> transliterator(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status) != 0);
  return made;
}

/// Requires a valid code point.
void append(std::string& out, char32_t point) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, point);
  out.append(bytes, static_cast<std::size_t>(size));
}

/// fold() of plain ASCII, which is most of what is folded: doors, phones, days.
std::string fold_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

/// One code point through a transliterator, remembered: ICU takes about 30 us a name, a map 50 ns.
class PointCache {
 public:
  explicit PointCache(const char* id) : transliterator_(transliterator(id)) {}

  const std::string& of(UChar32 point) {
    const auto found = cache_.find(point);
    if (found != cache_.end()) return found->second;
    icu::UnicodeString text(point);
    transliterator_->transliterate(text);
    return cache_.emplace(point, to_utf8(text)).first->second;
  }

 private:
  std::unique_ptr<icu::Transliterator> transliterator_;
  std::unordered_map<UChar32, std::string> cache_;
};

PointCache& hant_hans() {
  thread_local PointCache cache("Hant-Hans");
  return cache;
}

PointCache& han_latin() {
  thread_local PointCache cache("Han-Latin; NFD; [[:Mn:]-[\\u0308]] Remove; NFC; Lower");
  return cache;
}

bool is_han(UChar32 point) {
  return u_hasBinaryProperty(point, UCHAR_IDEOGRAPHIC) != 0;
}

/// The syllable of one Han character: "lv" for 吕, empty where ICU knows none.
std::string syllable(UChar32 point) {
  std::string latin = han_latin().of(point);
  for (auto at = latin.find("ü"); at != std::string::npos; at = latin.find("ü")) {
    latin.replace(at, std::string_view{"ü"}.size(), "v");
  }
  return is_ascii(latin) ? latin : std::string{};
}

void append_syllables(std::string_view syllables, std::vector<std::string>& out) {
  while (!syllables.empty()) {
    const auto space = syllables.find(' ');
    out.emplace_back(syllables.substr(0, space));
    if (space == std::string_view::npos) return;
    syllables.remove_prefix(space + 1);
  }
}

const Reading* reading_at(std::string_view rest, std::span<const Reading> table) {
  for (const Reading& reading : table) {
    if (rest.starts_with(reading.han)) return &reading;
  }
  return nullptr;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  int32_t at = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    UChar32 point = 0;
    U8_NEXT(text.data(), at, size, point);
    if (point < 0) return false;
  }
  return true;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return count;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  int32_t at = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, point);
    out.push_back(static_cast<char32_t>(point));
  }
  return out;
}

std::string from_code_points(std::u32string_view points) {
  icu::UnicodeString text;
  for (const char32_t point : points) text.append(static_cast<UChar32>(point));
  return to_utf8(text);
}

std::string nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string{text};
  return normalized(text, false);
}

std::string simplified(std::string_view text) {
  if (is_ascii(text)) return std::string{text};
  std::string out;
  out.reserve(text.size());
  for (const char32_t point : code_points(text)) {
    const auto c = static_cast<UChar32>(point);
    if (is_han(c)) {
      out += hant_hans().of(c);
    } else {
      append(out, point);
    }
  }
  return out;
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return fold_ascii(text);
  const std::string folded = simplified(normalized(text, true));
  std::string out;
  bool gap = false;
  for (const char32_t point : code_points(folded)) {
    if (u_isUWhiteSpace(static_cast<UChar32>(point)) != 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    append(out, point);
  }
  return out;
}

std::vector<std::string> pinyin(std::string_view text, bool surname) {
  const std::string folded = fold(text);
  std::vector<std::string> out;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(std::exchange(word, {}));
  };
  std::string_view rest = folded;
  bool first = surname;
  while (!rest.empty()) {
    int32_t size = 0;
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(rest.data(), size, static_cast<int32_t>(rest.size()), point);
    if (is_han(point)) {
      end_word();
      const Reading* reading = first ? reading_at(rest, surname_readings()) : nullptr;
      if (reading == nullptr) reading = reading_at(rest, common_readings());
      if (reading != nullptr) {
        append_syllables(reading->syllables, out);
        size = static_cast<int32_t>(reading->han.size());
      } else if (std::string one = syllable(point); !one.empty()) {
        out.push_back(std::move(one));
      }
      first = false;
    } else if (u_isalnum(point) != 0) {
      word += rest.substr(0, static_cast<std::size_t>(size));
      first = false;
    } else {
      end_word();
    }
    rest.remove_prefix(static_cast<std::size_t>(size));
  }
  end_word();
  return out;
}

std::string initials(std::string_view text, bool surname) {
  std::string out;
  // A syllable of another script is its letters: the first of them, not their first byte.
  for (const std::string& one : pinyin(text, surname)) {
    out += from_code_points(code_points(one).substr(0, 1));
  }
  return out;
}

std::optional<std::string> from_gb18030(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("GB18030", &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status) != 0) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  icu::UnicodeString text;
  const auto capacity = static_cast<int32_t>(bytes.size() + 1);
  UChar* buffer = text.getBuffer(capacity);
  const int32_t size = ucnv_toUChars(converter.get(), buffer, capacity, bytes.data(),
                                     static_cast<int32_t>(bytes.size()), &status);
  text.releaseBuffer(U_SUCCESS(status) != 0 ? size : 0);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return to_utf8(text);
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    int32_t size = 0;
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(text.data(), size, static_cast<int32_t>(text.size()), point);
    if (u_isUWhiteSpace(point) == 0 && point != 0xFEFF && point != 0x200B) break;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  while (!text.empty()) {
    auto at = static_cast<int32_t>(text.size());
    UChar32 point = 0;
    U8_PREV_OR_FFFD(text.data(), 0, at, point);
    if (u_isUWhiteSpace(point) == 0 && point != 0xFEFF && point != 0x200B) break;
    text = text.substr(0, static_cast<std::size_t>(at));
  }
  return text;
}

std::string digits(std::string_view text) {
  std::string out;
  for (const char32_t point : code_points(text)) {
    const int32_t value = u_charDigitValue(static_cast<UChar32>(point));
    if (value >= 0) out.push_back(static_cast<char>('0' + value));
  }
  return out;
}

}  // namespace doorstep::text
