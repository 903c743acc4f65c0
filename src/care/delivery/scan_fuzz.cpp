/// \file Fuzzer of what a camera or a keypad gives: labels, typed codes, barcodes, doors, key sheets. Any bytes mean one
/// thing or nothing, in whatever case and with whatever blanks they come; what this house prints is read again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/qr.h"
#include "base/text.h"
#include "care/delivery/scan.h"
#include "care/registry/door_text.h"
#include "store/backup.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep;  // NOLINT(google-build-using-namespace): one function
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string clean = delivery::clean_scan(text);
  CHECK(clean.size() <= size && delivery::clean_scan(clean) == clean);
  CHECK(delivery::clean_scan(" " + clean + "\r\n") == clean);
  if (const auto id = id_from_text(clean)) CHECK(*id >= 0 && id_text(*id) == clean);

  if (const auto secret = store::secret_from_words(text)) {
    CHECK(store::secret_from_words(store::key_words(*secret)) == secret);
  }
  std::string seed(text.substr(0, 32));
  seed.resize(32, '\0');
  CHECK(store::secret_from_words(store::key_words(seed)) == seed);

  const auto rows = qr_rows(text);
  CHECK(std::ranges::all_of(rows, [&](const auto& row) { return row.size() == rows.size(); }));

  // As the service hands it on: UTF-8, and no longer than this.
  if (!text::valid_utf8(text) || size > delivery::door_length_max) return 0;
  for (const auto& door : registry::read_door(text)) {
    CHECK(!door.dwelling.empty() && text::valid_utf8(door.dwelling));
    CHECK(text::valid_utf8(door.building) && text::valid_utf8(door.entrance));
  }
  static_cast<void>(registry::area_key(text));
  return 0;
}
