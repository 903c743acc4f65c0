/// \file Fuzz target: any bytes; the tiling law must hold and nothing may crash or hang.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "engine/intake/intake.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep;
  static const intake::Parser parser;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  // A zero byte cuts the input into thread and message, so that edits are fuzzed too.
  const std::size_t cut = bytes.find('\0');
  std::vector<intake::Message> thread;
  std::string_view text = bytes;
  if (cut != std::string_view::npos) {
    thread.push_back({"a", std::string{bytes.substr(0, cut)}});
    text = bytes.substr(cut + 1);
  }
  const intake::Parsed parsed = parser.parse(text, {thread, "a", nullptr});
  std::uint32_t at = 0;
  for (const intake::Span& span : parsed.spans) {
    CHECK(span.range.from == at && span.range.to > at);
    at = span.range.to;
  }
  return 0;
}
