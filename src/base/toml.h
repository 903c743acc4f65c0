#pragma once
/// \file TOML by toml++, with two faults of it kept out (found by fuzzing): an assertion in parse_key()
/// stands before the very check that reports "[?a]" as an error, and would end the program; and the
/// presentation forms U+FB26 to U+FEFE lead its test for white space into undefined behaviour. Include
/// this, never the library, since what is inline must be the same everywhere.

#include <string_view>

#ifdef NDEBUG
#error "toml++ turns its assertions into assumptions under NDEBUG; a wrong file is then undefined"
#endif
#define TOML_ASSERT(expression) static_assert(true)

#include <toml++/toml.h>  // IWYU pragma: export

namespace doorstep {

/// Throws toml::parse_error as toml::parse() does.
inline toml::table parse_toml(std::string_view text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] != '\xEF') continue;
    const std::string_view form = text.substr(at, 3);
    if (form >= "\xEF\xAC\xA6" && form <= "\xEF\xBB\xBE") {
      toml::source_position where{1, 1};
      for (const char c : text.substr(0, at)) {
        where.line += c == '\n' ? 1 : 0;
        where.column = c == '\n' ? 1 : where.column + 1;
      }
      throw toml::parse_error("a presentation form (U+FB26 to U+FEFE) instead of a plain letter",
                              where, {});
    }
  }
  return toml::parse(text);
}

}  // namespace doorstep
