/// \file Fuzzer of the CSV reader: any bytes give the same records or the same fault however they
/// arrive, and what is read is written back so that it reads the same.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/csv.h"

namespace {

using doorstep::csv::Reader;

struct Read {
  std::vector<std::vector<std::string>> records;
  std::string fault;

  friend bool operator==(const Read&, const Read&) = default;
};

Read read(doorstep::csv::Source source) {
  Reader reader(std::move(source),
                {.same_width = false, .record_bytes_max = 512, .fields_max = 16});
  Read out;
  while (true) {
    const auto more = reader.next();
    if (!more.ok()) {
      out.fault = more.error().code + more.error().hint;
      return out;
    }
    if (!*more) return out;
    out.records.emplace_back(reader.fields().begin(), reader.fields().end());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Read whole = read(doorstep::csv::from_text(text));
  const Read pieces = read([source = doorstep::csv::from_text(text)](char* to, std::size_t most) {
    return source(to, std::min<std::size_t>(most, 3));
  });
  CHECK(whole == pieces);
  std::string written;
  for (const auto& record : whole.records) {
    const std::vector<std::string_view> fields(record.begin(), record.end());
    doorstep::csv::append_record(written, fields);
  }
  // A first field that begins with a byte order mark would lose it: a mark is put before it.
  const Read again =
      read(doorstep::csv::from_text(std::string(doorstep::csv::byte_order_mark) + written));
  if (again.fault.empty()) CHECK(again.records == whole.records);
  return 0;
}
