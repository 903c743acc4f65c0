/// \file Fuzzer of rule packs: any bytes are a pack or an error with a line; no reader of a pack crashes, and a pack
/// that was found right has what every pack must have.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/rule_keys.h"
#include "base/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using doorstep::RulePack;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto checked = doorstep::check_rule_keys(text);
  const auto pack = RulePack::parse(text);
  if (!pack.ok()) {
    CHECK(!checked.ok() && checked.error().code == "rules.not_toml");
    CHECK(pack.error().hint.find("line") != std::string::npos);
    return 0;
  }
  CHECK(pack->source() == text && pack->hash().size() == 64);
  static constexpr std::array keys{"name",
                                   "version",
                                   "observation.length_days",
                                   "check_in.windows[0].from",
                                   "ladder.rungs",
                                   "phones.duty",
                                   "check_in.windows[7].until",
                                   "check_in.windows[-1].until",
                                   "a[",
                                   "a]",
                                   "[0]",
                                   "..",
                                   "",
                                   "check_in.windows[99999999999999999999].until",
                                   "duty.unwell.finish_minutes"};
  for (const char* key : keys) {
    static_cast<void>(pack->integer(key));
    static_cast<void>(pack->boolean(key));
    static_cast<void>(pack->string(key));
    static_cast<void>(pack->strings(key));
    const auto time = pack->time_of_day(key);
    if (time.ok()) CHECK(time->count() >= 0 && time->count() <= 24 * 60);
    CHECK(pack->count(key) <= size);
  }
  if (checked.ok()) CHECK(pack->string("name").ok() && pack->integer("version").ok());
  return 0;
}
