#include "engine/intake/folded.h"

#include <unordered_map>

#include "base/text.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t keycap = 0x20E3;  // Combines with the digit before it: 1️⃣.

/// Length of the well-formed sequence at `at`, or 0; the code point goes to `point`.
std::size_t decode(std::string_view bytes, std::size_t at, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) {
    point = lead;
    return 1;
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > bytes.size()) return 0;
  point = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return 0;
    point = (point << 6U) | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return 0;
  return length;
}

void append(std::string& out, char32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) point = replacement;
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

/// Characters that carry no meaning of their own: joiners, marks of direction, variation selectors.
bool is_invisible(char32_t point) {
  return point == 0xAD || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) ||
         (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF || point == 0x20E3 ||
         (point >= 0x1F3FB && point <= 0x1F3FF);
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
         (c >= 0x20000 && c <= 0x3134F);
}

/// Points whose NFKC form may differ and which people do type: forms, circled numbers, fractions.
bool may_decompose(char32_t c) {
  return (c >= 0xA0 && c <= 0xBE) || (c >= 0x2000 && c <= 0x24FF) || (c >= 0x2E80 && c <= 0x2FDF) ||
         (c >= 0x3000 && c <= 0x3003) || (c >= 0x3200 && c <= 0x33FF) ||
         (c >= 0xF900 && c <= 0xFFEF);
}

char32_t lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  return c;
}

/// Punctuation that says the same thing gets one sign.
char32_t plain_punctuation(char32_t c) {
  switch (c) {
    case U'，': return U',';
    case U'；': return U';';
    case U'：': return U':';
    case U'！': return U'!';
    case U'？': return U'?';
    case U'（':
    case U'【':
    case U'〔':
    case U'「':
    case U'[':
    case U'［':
    case U'《': return U'(';
    case U'）':
    case U'】':
    case U'〕':
    case U'」':
    case U']':
    case U'］':
    case U'》': return U')';
    case U'—':
    case U'–':
    case U'－':
    case U'‐':
    case U'−':
    case U'―':
    case U'‑': return U'-';
    case U'～':
    case U'〜':
    case U'∼': return U'~';
    case U'×':
    case U'✖':
    case U'✕':
    case U'╳':
    case U'＊':
    case U'✱': return U'*';
    case U'｜': return U'|';
    case U'／':
    case U'⁄': return U'/';
    case U'＋':
    case U'➕': return U'+';
    case U'➡':
    case U'⇒':
    case U'➜': return U'→';
    case U'“':
    case U'”':
    case U'＂': return U'"';
    case U'‘':
    case U'’':
    case U'＇': return U'\'';
    case U'．': return U'.';
    case U'　':
    case U'\u00A0':
    case U'\t': return U' ';
    case U'\r':
    case U'\u2028':
    case U'\u2029':
    case U'\u0085': return U'\n';
    default: return c;
  }
}

/// What folding makes of a point of the Basic Multilingual Plane.
struct FoldedPoint {
  char16_t to = 0;
  Kind kind = Kind::other;
  bool special = false;  ///< Circled, invisible, decomposable or a line end: fold() looks closer.
};

/// One look for each point of a text: traditional to simplified, punctuation, case and kind.
const std::vector<FoldedPoint>& folded_points() {
  static const std::vector<FoldedPoint> table = [] {
    std::vector<FoldedPoint> made(0x10000);
    for (char32_t point = 0; point < 0x10000; ++point)
      made[point].to = static_cast<char16_t>(plain_punctuation(point));
    for_each_row(tables::simplified, [&](std::span<const std::string_view> row) {
      const std::u32string to = points(row[0]);
      for (const char32_t from : points(row[1])) {
        if (from < 0x10000) made[from].to = static_cast<char16_t>(to[0]);
      }
    });
    for (char32_t point = 0; point < 0x10000; ++point) {
      FoldedPoint& one = made[point];
      one.to = static_cast<char16_t>(lower(one.to));
      one.kind = kind_of(one.to);
      one.special =
          point == U'\r' || point == keycap || is_invisible(point) || may_decompose(point);
    }
    return made;
  }();
  return table;
}

}  // namespace

std::string utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size() * 3);
  for (const char32_t point : points) append(out, point);
  return out;
}

std::u32string points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t at = 0; at < utf8.size();) {
    char32_t point = 0;
    const std::size_t length = decode(utf8, at, point);
    out.push_back(length == 0 ? replacement : point);
    at += length == 0 ? 1 : length;
  }
  return out;
}

Kind kind_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return Kind::digit;
  if ((c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7)) {
    return Kind::latin;
  }
  if (c == U' ') return Kind::space;
  if (c == U'\n') return Kind::newline;
  if (is_han(c)) return Kind::han;
  if (c < 0x80 || (c >= 0x2010 && c <= 0x205E) || (c >= 0x3000 && c <= 0x303F) || c == U'·' ||
      c == U'→' || (c >= 0xFF00 && c <= 0xFF0F)) {
    return Kind::punct;
  }
  return Kind::other;
}

Folded fold(std::string_view utf8) {
  Folded out;
  out.bytes = utf8;
  const std::size_t guess = utf8.size() / 2 + 8;  // Two to three bytes a point.
  out.text.reserve(guess);
  out.kind.reserve(guess);
  out.source.reserve(guess);
  out.byte.reserve(guess);
  std::uint32_t index = 0;
  const std::vector<FoldedPoint>& table = folded_points();
  const auto put = [&](char32_t point) {
    const bool known = point < table.size();
    out.text.push_back(known ? table[point].to : point);
    out.kind.push_back(known ? table[point].kind : kind_of(point));
    out.source.push_back(index);
  };
  for (std::size_t at = 0; at < utf8.size(); ++index) {
    out.byte.push_back(static_cast<std::uint32_t>(at));
    char32_t point = 0;
    const std::size_t length = decode(utf8, at, point);
    if (length == 0) {
      put(replacement);
      at += 1;
      continue;
    }
    if (point < table.size() && !table[point].special) {
      put(point);
    } else if (point == U'\r' && utf8.substr(at + 1).starts_with('\n')) {
      put(U' ');
    } else if (point >= 0x2460 && point <= 0x2473) {
      for (const char32_t part : U"(" + points(std::to_string(point - 0x245F)) + U")") put(part);
    } else if (point == keycap && !out.text.empty() && out.kind.back() == Kind::digit) {
      out.bracket_last();
    } else if (is_invisible(point)) {
      // Belongs to whatever surrounds it.
    } else if (may_decompose(point)) {
      for (const char32_t part : points(text::nfkc(utf8.substr(at, length)))) put(part);
    } else {
      put(point);
    }
    at += length;
  }
  out.byte.push_back(static_cast<std::uint32_t>(utf8.size()));
  return out;
}

void Folded::bracket_last() {
  const std::uint32_t digit = source.back();
  text.insert(text.size() - 1, 1, U'(');
  kind.insert(kind.end() - 1, Kind::punct);
  source.insert(source.end() - 1, digit);
  text.push_back(U')');
  kind.push_back(Kind::punct);
  source.push_back(digit);
}

std::string Folded::written(Range r) const {
  const std::string_view piece = bytes.substr(byte[r.from], byte[r.to] - byte[r.from]);
  if (text::valid_utf8(piece)) return std::string{piece};
  return utf8(points(piece));
}

std::string Folded::written(std::uint32_t from, std::uint32_t to) const {
  return written(range(from, to));
}

std::string Folded::cased(std::uint32_t from, std::uint32_t to) const {
  std::u32string out = text.substr(from, to - from);
  for (std::uint32_t i = from; i < to; ++i) {
    const char c = bytes[byte[source[i]]];
    if (c >= 'A' && c <= 'Z' && text[i] == static_cast<char32_t>(c - 'A' + 'a')) {
      out[i - from] = static_cast<char32_t>(c);
    }
  }
  return utf8(out);
}

}  // namespace doorstep::intake
