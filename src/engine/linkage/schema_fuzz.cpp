/// \file Fuzzer of the schema: any bytes are a schema or an error with a line.

#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "engine/linkage/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!doorstep::text::valid_utf8(text)) return 0;  // the command refuses it before
  const auto columns = doorstep::linkage::schema_from_toml(text);
  if (columns.ok()) {
    CHECK(!columns->empty());
  } else {
    CHECK(columns.error().hint.starts_with("line "));
  }
  return 0;
}
