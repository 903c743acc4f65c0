#pragma once
/// \file Site: the pages. Built into the program, or from a folder while somebody works on them.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/time.h"
#include "net/options.h"
#include "net/wire.h"

namespace doorstep::net {

/// "018e...-7...": time-ordered, 74 random bits; what an Idempotency-Key looks like.
[[nodiscard]] std::string uuid7(Instant now, Rng& rng);

/// TOKEN of "/r/TOKEN" or "/r/TOKEN/check-in" (`rest` is then "/check-in"); none for other paths or
/// for characters that no token has.
struct ResidentPath {
  std::string_view token;
  std::string_view rest;
};
[[nodiscard]] std::optional<ResidentPath> resident_path(std::string_view path);

/// The language chosen by ?lang=, by the cookie `lang`, else by the browser.
[[nodiscard]] std::string_view language_of(const Inbound& in);

class Site {
 public:
  /// Requires pages that outlive the site.
  Site(std::span<const Page> pages, std::string web_root)
      : pages_(pages), root_(std::move(web_root)) {}

  /// Answers a GET or HEAD of a page; 404 where there is none.
  [[nodiscard]] Outbound get(const Inbound& in) const;

  /// The resident's page with the keys of its two reports, so that each can be sent again without
  /// being saved again. Changes nothing, and is kept by nobody.
  struct Keys {
    std::string fine;
    std::string unwell;
  };
  [[nodiscard]] Outbound resident(const Inbound& in, const ResidentPath& path,
                                  const Keys& keys) const;

 private:
  [[nodiscard]] const Page* find(std::string_view path) const;
  [[nodiscard]] bool has(std::string_view path) const;
  [[nodiscard]] static Outbound send(const Inbound& in, const Page& page);
  [[nodiscard]] std::optional<std::string> from_folder(std::string_view path) const;

  std::span<const Page> pages_;
  std::string root_;
};

}  // namespace doorstep::net
