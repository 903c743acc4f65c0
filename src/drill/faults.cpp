#include "drill/faults.h"

#include <algorithm>
#include <array>

namespace doorstep::drill {
namespace {

constexpr std::array<std::string_view, fault_count> words{
    "loss",   "twice",     "delay",  "unheard", "crash", "clock", "forget", "evade",
    "refuse", "phoneless", "unwell", "move",    "late",  "ill",   "leave",  "mistake"};

}  // namespace

std::optional<Faults> Faults::parse(std::string_view text) {
  if (text == "all") return all();
  if (text == "none") return none();
  std::uint32_t bits = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(','));
    const auto* const found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    bits |= 1U << static_cast<unsigned>(found - words.begin());
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return Faults{bits};
}

std::string Faults::text() const {
  if (bits_ == all().bits_) return "all";
  if (bits_ == 0) return "none";
  std::string list;
  for (std::size_t at = 0; at < fault_count; ++at) {
    if ((bits_ >> at & 1U) == 0) continue;
    list += (list.empty() ? "" : ",") + std::string(words[at]);
  }
  return list;
}

}  // namespace doorstep::drill
