#pragma once
/// \file The pages that are built into the program (ui/, by tools/embed_pages.py).

#include <span>
#include <string_view>

namespace doorstep::net {

/// One file, as it goes out. Everything lives as long as the program.
struct Page {
  std::string_view path;        ///< As requested: "/assets/x.js", "/r/index.html".
  std::string_view media_type;  ///< With its charset: "text/html; charset=utf-8".
  std::string_view etag;        ///< Of the content, with its quotes: "\"3f..\"".
  bool immutable;               ///< Its name changes with its content: may be kept for a year.
  std::string_view identity;    ///< The content itself.
  std::string_view gzip;        ///< The same compressed; empty where that saves nothing.
  std::string_view brotli;      ///< Likewise.
};

/// All pages, sorted by path. Empty only in a build with DOORSTEP_PAGES=OFF.
[[nodiscard]] std::span<const Page> pages();

}  // namespace doorstep::net
