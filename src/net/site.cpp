#include "net/site.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "net/decode.h"
#include "net/gzip.h"

namespace doorstep::net {
namespace {

constexpr std::size_t token_max = 128;

std::string_view media_type(std::string_view path) {
  struct Known {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr std::array<Known, 10> known{{{".html", "text/html; charset=utf-8"},
                                                {".js", "text/javascript; charset=utf-8"},
                                                {".css", "text/css; charset=utf-8"},
                                                {".json", "application/json"},
                                                {".svg", "image/svg+xml"},
                                                {".png", "image/png"},
                                                {".ico", "image/x-icon"},
                                                {".woff2", "font/woff2"},
                                                {".webmanifest", "application/manifest+json"},
                                                {".wasm", "application/wasm"}}};
  const auto* found =
      std::ranges::find_if(known, [&](const Known& one) { return path.ends_with(one.ending); });
  return found == known.end() ? "application/octet-stream" : found->type;
}

Outbound redirect(std::string location) {
  Outbound answer;
  answer.status = 302;
  answer.cache = "no-cache";
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

constexpr std::string_view language_mark = "__LANG__";

/// A page that was made for this request alone, compressed where that is understood.
void put_html(const Inbound& in, std::string html, Outbound& answer) {
  answer.media_type = "text/html; charset=utf-8";
  answer.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
  if (accepts_coding(in.accept_encoding, "gzip")) answer.body = gzip(html, 6);
  if (answer.body.empty()) {
    answer.body = std::move(html);
  } else {
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
}

/// "\"3f\"" and "br" make "\"3f-br\"": another coding is another representation.
std::string coded_etag(std::string_view etag, std::string_view coding) {
  if (coding.empty() || etag.size() < 2) return std::string(etag);
  return fmt::format("{}-{}\"", etag.substr(0, etag.size() - 1), coding);
}

/// "/c/board/42" belongs to the page "/c/index.html"; empty for a path that names a file.
std::string shell_of(std::string_view path) {
  const std::size_t end = path.find('/', 1);
  if (end == std::string_view::npos) return {};
  if (path.substr(path.rfind('/')).find('.') != std::string_view::npos) return {};
  return std::string(path.substr(0, end)) + "/index.html";
}

}  // namespace

std::string uuid7(Instant now, Rng& rng) {
  const auto time = static_cast<std::uint64_t>(now.time_since_epoch().count());
  const std::uint64_t a = rng.next();
  const std::uint64_t b = rng.next();
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", (time >> 16) & 0xFFFFFFFF,
                     time & 0xFFFF, a & 0xFFF, 0x8000 | ((a >> 12) & 0x3FFF), b & 0xFFFFFFFFFFFF);
}

std::optional<ResidentPath> resident_path(std::string_view path) {
  if (!path.starts_with("/r/")) return std::nullopt;
  path.remove_prefix(3);
  const std::string_view token = path.substr(0, std::min(path.size(), path.find('/')));
  const std::string_view rest = path.substr(token.size());
  // The same letters as in `Authorization: Link TOKEN`.
  const std::string header = fmt::format("Link {}", token);
  if (token.empty() || token.size() > token_max || link_token(header) != token) return std::nullopt;
  return ResidentPath{token, rest};
}

std::string_view language_of(const Inbound& in) {
  const std::optional<std::string> asked = query_value(in.query, "lang");
  const std::string_view cookie = cookie_value(in.cookie, "lang");
  return choose_language(asked && !asked->empty() ? std::string_view(*asked) : cookie, in.language);
}

const Page* Site::find(std::string_view path) const {
  const auto at = std::ranges::lower_bound(pages_, path, {}, &Page::path);
  return at != pages_.end() && at->path == path ? &*at : nullptr;
}

std::optional<std::string> Site::from_folder(std::string_view path) const {
  // The path holds no ".." segment: decode_target() refused it.
  const std::filesystem::path file = root_ + std::string(path);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  return content;
}

bool Site::has(std::string_view path) const {
  return root_.empty() ? find(path) != nullptr : from_folder(path).has_value();
}

Outbound Site::send(const Inbound& in, const Page& page) {
  Outbound answer;
  std::string_view coding;
  if (page.identity.find(language_mark) != std::string_view::npos) {
    const std::string_view language = language_of(in);
    const std::string etag = coded_etag(page.etag, language);
    answer.cache = "no-cache";
    answer.headers.emplace_back("ETag", etag);
    if (matches_etag(in.if_none_match, etag)) {
      answer.status = 304;
      return answer;
    }
    std::string html(page.identity);
    replace_all(html, language_mark, language);
    put_html(in, std::move(html), answer);
    return answer;
  }
  answer.fixed = page.identity;
  if (!page.brotli.empty() && accepts_coding(in.accept_encoding, "br")) {
    coding = "br";
    answer.fixed = page.brotli;
  } else if (!page.gzip.empty() && accepts_coding(in.accept_encoding, "gzip")) {
    coding = "gzip";
    answer.fixed = page.gzip;
  }
  const std::string etag = coded_etag(page.etag, coding);
  answer.cache = page.immutable ? "public, max-age=31536000, immutable" : "no-cache";
  answer.headers.emplace_back("ETag", etag);
  answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (matches_etag(in.if_none_match, etag)) {
    answer.status = 304;
    answer.fixed = {};
    return answer;
  }
  answer.media_type = page.media_type;
  if (!coding.empty()) answer.headers.emplace_back("Content-Encoding", coding);
  return answer;
}

Outbound Site::get(const Inbound& in) const {
  if (in.path == "/") return redirect("/c/");
  const std::string shell = shell_of(in.path);
  // The resident's page is a template and is never sent raw.
  if (in.path == "/r" || in.path == "/r/index.html" || shell == "/r/index.html") {
    return transport_problem(404, "http.not_found");
  }
  // Only a name that is ours is redirected to, so "//elsewhere" leads nowhere.
  if (in.path.find('/', 1) == std::string::npos && has(in.path + "/index.html")) {
    return redirect(in.path + "/");
  }
  if (!root_.empty()) {
    for (const std::string& path : {in.path, shell}) {
      std::optional<std::string> content = path.empty() ? std::nullopt : from_folder(path);
      if (!content) continue;
      Outbound answer;
      answer.media_type = media_type(path);
      if (path.ends_with(".html")) replace_all(*content, language_mark, language_of(in));
      answer.body = *std::move(content);
      return answer;
    }
  } else {
    const Page* page = find(in.path);
    if (page == nullptr && !shell.empty()) page = find(shell);
    if (page != nullptr) return send(in, *page);
  }
  return transport_problem(404, "http.not_found");
}

Outbound Site::resident(const Inbound& in, const ResidentPath& path, const Keys& keys) const {
  std::optional<std::string> content;
  if (!root_.empty()) {
    content = from_folder("/r/index.html");
  } else if (const Page* page = find("/r/index.html"); page != nullptr) {
    content = std::string(page->identity);
  }
  if (!content) return transport_problem(404, "http.not_found");
  std::string action = fmt::format("/r/{}/check-in", path.token);
  // A language that was chosen for this page is kept for the receipt.
  const std::string_view language = language_of(in);
  if (query_value(in.query, "lang")) action += fmt::format("?lang={}", language);
  replace_all(*content, "__KEY__", escape_html(keys.fine));
  replace_all(*content, "__KEY_UNWELL__", escape_html(keys.unwell));
  replace_all(*content, language_mark, escape_html(language));
  replace_all(*content, "__ACTION__", escape_html(action));
  Outbound answer;
  put_html(in, *std::move(content), answer);
  return answer;
}

}  // namespace doorstep::net
