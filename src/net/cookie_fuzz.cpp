/// \file Fuzzer of the cookie header: any bytes give the value that a reader of another make finds, and what this house
/// set is found behind whatever else a browser sends.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "base/check.h"
#include "net/decode.h"
#include "net/site.h"

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t");
  return from == std::string::npos ? ""
                                   : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// The value of the first cookie of this name; none where there is no such cookie.
std::optional<std::string> first_value(const std::string& header, const std::string& name) {
  std::istringstream pieces(header);
  for (std::string piece; std::getline(pieces, piece, ';');) {
    const std::size_t sign = std::min(piece.find('='), piece.size());
    if (trimmed(piece.substr(0, sign)) != name) continue;
    std::string value = trimmed(piece.substr(std::min(sign + 1, piece.size())));
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
  }
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep::net;  // NOLINT(google-build-using-namespace): one function
  const std::string header(reinterpret_cast<const char*>(data), size);
  for (const std::string name : {"doorstep", "__Host-doorstep", "lang"}) {
    const auto expected = first_value(header, name);
    CHECK(cookie_value(header, name) == expected.value_or(""));
    const std::string behind = header + "; " + name + "=Abc-_09; " + name + "=other";
    if (!expected) CHECK(cookie_value(behind, name) == "Abc-_09");
  }
  Inbound in;
  in.cookie = header;
  const std::string_view language = language_of(in);
  CHECK(language == "zh-CN" || language == "zh-TW" || language == "en");
  return 0;
}
