#pragma once
/// \file What is hidden in the text of a request: percent escapes, cookies, accepted codings and
/// languages. Everything here takes hostile bytes and allocates no more than their length.

#include <optional>
#include <string>
#include <string_view>

namespace doorstep::net {

/// A request target taken apart.
struct Target {
  std::string path;   ///< Decoded; begins with "/".
  std::string query;  ///< After the "?", still percent-encoded.
};

/// Takes origin form ("/a/b?c") and absolute form ("http://host/a"). Errors: nullopt for a bad
/// escape, an encoded slash, a backslash, a control character, a "." or ".." segment, a fragment,
/// or bytes that are not UTF-8: whoever compares paths later must not meet two spellings of one.
[[nodiscard]] std::optional<Target> decode_target(std::string_view target);

/// Percent escapes resolved; "+" is a space where `form` says so. Errors: nullopt for a bad escape.
[[nodiscard]] std::optional<std::string> decode_percent(std::string_view text, bool form);

/// The first value of `name` in a query or a form body; none where it is absent or badly escaped.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view name);

/// The value of the first cookie of this name; empty where there is none.
[[nodiscard]] std::string_view cookie_value(std::string_view header, std::string_view name);

/// TOKEN of `Link TOKEN`; empty for another scheme or a token of other characters than base64url.
[[nodiscard]] std::string_view link_token(std::string_view authorization);

/// Whether Accept-Encoding names `coding` with a quality above zero. "*" counts for nothing: who
/// means gzip says gzip.
[[nodiscard]] bool accepts_coding(std::string_view header, std::string_view coding);

/// Whether If-None-Match holds `etag` (with its quotes), weak or strong.
[[nodiscard]] bool matches_etag(std::string_view header, std::string_view etag);

/// "zh-CN", "zh-TW" or "en": what was chosen, else the first of Accept-Language that we speak, else
/// "zh-CN".
[[nodiscard]] std::string_view choose_language(std::string_view chosen, std::string_view header);

/// `attachment` with the name in ASCII and, per RFC 5987, in UTF-8.
[[nodiscard]] std::string content_disposition(std::string_view file_name);

/// `&<>"'` as character references.
[[nodiscard]] std::string escape_html(std::string_view text);

/// A non-negative decimal number of at most 18 digits; nothing else.
[[nodiscard]] std::optional<std::int64_t> number(std::string_view text);

}  // namespace doorstep::net
