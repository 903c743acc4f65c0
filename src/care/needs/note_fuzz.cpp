/// \file Fuzzer of photos and recordings that residents send: of any bytes the kind is told or they are refused, and no
/// photo keeps where it was taken.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/base64.h"
#include "base/check.h"
#include "care/needs/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep;  // NOLINT(google-build-using-namespace): one function
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(needs::note_from_base64(bytes));
  const std::string kept = needs::without_metadata(bytes);
  CHECK(kept.size() <= size && needs::without_metadata(kept) == kept);
  const auto note = needs::note_from_base64(to_base64(bytes, Base64::padded));
  if (!note.ok()) {
    CHECK(note.error().code == "note.kind" || note.error().code == "note.too_long");
    return 0;
  }
  CHECK(note->media != "image/jpeg" || note->bytes == kept);
  CHECK(note->media == "image/jpeg" || note->bytes == bytes);
  return 0;
}
