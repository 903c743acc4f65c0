/// \file Fuzzer of exported journals and closing sheets, which another machine reads: any lines are replayed and judged
/// or named as problems. A sheet stands before an empty line, then the journal.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "base/check.h"
#include "drill/oracle/export.h"
#include "drill/oracle/replay.h"
#include "drill/oracle/sheet.h"

namespace {

using namespace doorstep;  // NOLINT(google-build-using-namespace): one file

void replay(const std::string& journal) {
  oracle::Replay replay;
  Instant last{};
  std::istringstream in(journal);
  static_cast<void>(
      oracle::read_export(in, {[&](const std::string& source) { replay.rules(source); },
                               [&](const store::Sealed& entry) {
                                 replay.apply(entry);
                                 last = entry.at;
                               }}));
  static_cast<void>(replay.judge(last + std::chrono::hours{1}));
  CHECK(!replay.state_hash().empty());
  for (const auto& [id, community] : replay.communities()) static_cast<void>(replay.summary(id));
  CHECK(replay.pressing() >= 0 && replay.without_owner(last) >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find("\n\n");
  if (cut == std::string_view::npos) {
    replay(std::string(text));
    return 0;
  }
  const std::string journal(text.substr(cut + 2));
  std::istringstream in(journal);
  const auto found = oracle::check_sheet(std::string(text.substr(0, cut)), in);
  if (!found.ok()) CHECK(found.error().code == "sheet.malformed");
  return 0;
}
