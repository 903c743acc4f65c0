#pragma once
/// \file Text as people write it: one form for search and comparison, pinyin, encodings. All text in
/// the house is UTF-8.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::text {

[[nodiscard]] bool valid_utf8(std::string_view text);

/// Code points, not bytes. Requires valid UTF-8.
[[nodiscard]] std::size_t length(std::string_view text);

/// Code points of valid UTF-8; an invalid byte becomes U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view text);
[[nodiscard]] std::string from_code_points(std::u32string_view points);

/// Unicode NFKC: full width to half width, compatibility forms to plain ones.
[[nodiscard]] std::string nfkc(std::string_view text);

/// Traditional characters to simplified ones, character by character (ICU Hant-Hans).
[[nodiscard]] std::string simplified(std::string_view text);

/// The form in which two spellings of the same thing are equal: NFKC, simplified, case folded,
/// white space runs to one space, none at the ends. 「坪山街道六聯」 and "坪山街道六联" agree.
[[nodiscard]] std::string fold(std::string_view text);

/// One syllable per Han character without tone ("ü" as "v"); a run of other letters or digits is one
/// element, folded; the rest is dropped. `surname` reads the first characters as a family name
/// (单 is shan, 尉迟 is yu chi). ICU's reading, corrected by the table in base/pinyin_table.cpp.
[[nodiscard]] std::vector<std::string> pinyin(std::string_view text, bool surname = false);

/// First letters of pinyin(): 张阿姨 is "zay".
[[nodiscard]] std::string initials(std::string_view text, bool surname = false);

/// GB18030 to UTF-8. Errors: nullopt when a byte sequence is not GB18030.
[[nodiscard]] std::optional<std::string> from_gb18030(std::string_view bytes);

/// White space (Unicode) off both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Digits alone, in order; full-width ones count.
[[nodiscard]] std::string digits(std::string_view text);

}  // namespace doorstep::text
