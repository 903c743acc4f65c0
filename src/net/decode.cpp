#include "net/decode.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "base/text.h"

namespace doorstep::net {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool starts_with_word(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && same_word(text.substr(0, start.size()), start);
}

std::string_view strip(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Cuts the part before `separator` off `rest`.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t at = std::min(rest.size(), rest.find(separator));
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(std::min(rest.size(), at + 1));
  return part;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const std::string_view segment = cut(path, '/');
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// The part of an absolute-form target that an origin-form one would hold.
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_word(target, scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t slash = rest.find('/');
    return slash == std::string_view::npos ? std::string_view("/") : rest.substr(slash);
  }
  return target;
}

/// "" for a language that we do not speak.
std::string_view spoken(std::string_view tag) {
  if (starts_with_word(tag, "en")) return "en";
  if (!starts_with_word(tag, "zh")) return "";
  for (const std::string_view traditional : {"zh-tw", "zh-hk", "zh-mo", "zh-hant"}) {
    if (starts_with_word(tag, traditional)) return "zh-TW";
  }
  return "zh-CN";
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && form) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::optional<Target> decode_target(std::string_view target) {
  target = origin_form(target);
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  const std::size_t mark = std::min(target.size(), target.find('?'));
  const std::string_view raw = target.substr(0, mark);
  if (raw.empty() || raw.front() != '/') return std::nullopt;
  for (std::size_t i = 0; i + 2 < raw.size(); ++i) {
    if (raw[i] != '%') continue;
    const std::string_view code = raw.substr(i + 1, 2);
    if (same_word(code, "2f") || same_word(code, "5c")) return std::nullopt;
  }
  std::optional<std::string> path = decode_percent(raw, false);
  if (!path || path->find('\\') != std::string::npos || std::ranges::any_of(*path, is_control) ||
      has_dot_segment(*path) || !text::valid_utf8(*path)) {
    return std::nullopt;
  }
  const std::string_view query = target.substr(std::min(target.size(), mark + 1));
  return Target{*std::move(path), std::string(query)};
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view value = cut(query, '&');
    const std::optional<std::string> key = decode_percent(cut(value, '='), true);
    if (key == name) return decode_percent(value, true);
  }
  return std::nullopt;
}

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view value = strip(cut(header, ';'));
    if (strip(cut(value, '=')) != name) continue;
    value = strip(value);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return {};
}

std::string_view link_token(std::string_view authorization) {
  if (!starts_with_word(authorization, "link ")) return {};
  const std::string_view token = strip(authorization.substr(5));
  const bool plain = std::ranges::all_of(
      token, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
  return plain ? token : std::string_view{};
}

bool accepts_coding(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    std::string_view rest = cut(header, ',');
    if (!same_word(strip(cut(rest, ';')), coding)) continue;
    std::string_view quality = strip(rest);
    if (!starts_with_word(quality, "q=")) return true;
    quality.remove_prefix(2);
    return quality.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

bool matches_etag(std::string_view header, std::string_view etag) {
  while (!header.empty()) {
    std::string_view one = strip(cut(header, ','));
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == etag) return true;
  }
  return false;
}

std::string_view choose_language(std::string_view chosen, std::string_view header) {
  if (const std::string_view known = spoken(chosen); !known.empty()) return known;
  // Browsers list languages by falling quality, so the order says enough.
  while (!header.empty()) {
    std::string_view one = cut(header, ',');
    const std::string_view known = spoken(strip(cut(one, ';')));
    if (!known.empty()) return known;
  }
  return "zh-CN";
}

std::string content_disposition(std::string_view file_name) {
  std::string ascii;
  std::string utf8;
  for (const char c : file_name) {
    const bool plain = is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
    if (plain) utf8 += c;
    if (!plain) {
      fmt::format_to(std::back_inserter(utf8), "%{:02X}", static_cast<unsigned char>(c));
    }
    // One underscore for each foreign character, not for each of its bytes.
    const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continuation) ascii += plain ? c : '_';
  }
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", ascii, utf8);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::optional<std::int64_t> number(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace doorstep::net
