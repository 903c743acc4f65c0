// Everything that takes apart bytes of a request before anybody knows who sent it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "net/decode.h"
#include "net/limiter.h"
#include "net/metrics.h"
#include "net/site.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep::net;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto target = decode_target(text)) {
    CHECK(target->path.starts_with('/'));
    CHECK(target->path.find('\0') == std::string::npos);
    CHECK(("/" + target->path + "/").find("/../") == std::string::npos);
    const std::string route = route_template(target->path);
    CHECK(route.find('"') == std::string::npos && route.find('\n') == std::string::npos);
    if (const auto path = resident_path(target->path))
      CHECK(escape_html(path->token) == path->token);
    static_cast<void>(query_value(target->query, "lang"));
  }
  for (const bool form : {false, true}) {
    if (const auto plain = decode_percent(text, form)) CHECK(plain->size() <= text.size());
  }
  CHECK(cookie_value(text, "doorstep").size() <= text.size());
  CHECK(link_token(text).find('/') == std::string_view::npos);
  CHECK(content_disposition(text).find('\n') == std::string::npos);
  CHECK(escape_html(text).find('<') == std::string::npos);
  static_cast<void>(query_value(text, "a"));
  static_cast<void>(accepts_coding(text, "gzip"));
  static_cast<void>(matches_etag(text, "\"x\""));
  static_cast<void>(choose_language(text, text));
  static_cast<void>(number(text));
  static_cast<void>(network_of(text));
  return 0;
}
