/// \file Fuzzer of request bodies and queries: any bytes are a value of every kind of field, or an error that names the
/// field; what was read is written so that it reads the same. The query stands before the first line feed.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"
#include "api/routes.h"
#include "base/check.h"
#include "base/text.h"

namespace {

enum class Feeling : std::uint8_t { fine, unwell };

struct Inner {
  std::string text = {};
  std::optional<std::int64_t> number = {};
  std::vector<std::string> more = {};

  void fields(auto& f) {
    f("text", text);
    f("number", number);
    f("more", more);
  }
};

struct Body {
  bool yes = false;
  int small = 0;
  std::int64_t number = 0;
  double ratio = 0;
  std::string text = {};
  doorstep::Private<std::string> phone = {};
  doorstep::Id<Inner> id{};
  doorstep::Instant at{};
  doorstep::Day day{};
  doorstep::Celsius warm{};
  Feeling feeling = Feeling::fine;
  std::optional<std::string> maybe = {};
  std::vector<std::string> words = {};
  std::optional<Inner> inner = {};

  void fields(auto& f) {
    f("yes", yes);
    f("small", small);
    f("number", number);
    f("ratio", ratio);
    f("text", text);
    f("phone", phone);
    f("id", id);
    f("at", at);
    f("day", day);
    f("warm", warm);
    f("feeling", feeling);
    f("maybe", maybe);
    f("words", words);
    f("inner", inner);
  }
};

}  // namespace

template <>
struct doorstep::api::Choices<Feeling> {
  static constexpr std::array words{"fine", "unwell"};
};

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep;  // NOLINT(google-build-using-namespace): one function
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(input.find('\n'), size);
  api::Parameters query = api::query_parameters(input.substr(0, cut));
  const std::string_view text = input.substr(std::min(cut + 1, size));
  Body body;
  api::Reader reader(text, query);
  body.fields(reader);
  const auto read = reader.finish();
  if (!read.ok()) {
    const std::string& code = read.error().code;
    CHECK(code == "body.not_json" || code == "body.unknown_field" || code.starts_with("field."));
    return 0;
  }
  CHECK(text::valid_utf8(body.text) && body.text.find('\0') == std::string::npos);
  const std::string written = api::to_json(body);
  Body again;
  api::Reader second(written);
  again.fields(second);
  CHECK(second.finish().ok());
  CHECK(api::to_json(again) == written);
  return 0;
}
