#include "care/needs/strengths.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace doorstep::needs {
namespace {

/// Small letters without space, each unit in one form.
std::string plain(std::string_view words) {
  std::string text = text::nfkc(words);
  std::erase(text, ' ');
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> units{
      {{"毫克", "mg"}, {"微克", "ug"}, {"μg", "ug"}, {"克", "g"}}};
  for (const auto& [written, form] : units) {
    for (std::size_t at = 0; (at = text.find(written, at)) != std::string::npos;)
      text.replace(at, written.size(), form);
  }
  return text;
}

/// `strength` stands in `text`, and not as the end of a longer number: 80mg is not in 180mg.
bool names(std::string_view text, std::string_view strength) {
  for (std::size_t at = 0; (at = text.find(strength, at)) != std::string_view::npos; ++at) {
    if (at == 0) return true;
    const char before = text[at - 1];
    if (before != '.' && (before < '0' || before > '9')) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<Strengths>> open_strengths(const RulePack& rules, std::string_view text,
                                              const std::vector<Line>& lines) {
  std::vector<Strengths> open;
  if (lines.empty()) return open;
  const std::string said = plain(text);
  for (std::size_t at = 0; at < rules.count("needs.strengths"); ++at) {
    const std::string key = fmt::format("needs.strengths[{}].", at);
    Strengths one{TRY(rules.string(key + "drug")), TRY(rules.strings(key + "choices"))};
    const bool asked = std::ranges::any_of(lines, [&](const Line& line) {
      return line.canonical.find(one.drug) != std::string::npos ||
             line.name.find(one.drug) != std::string::npos;
    });
    const bool told = std::ranges::any_of(
        one.choices, [&](const std::string& choice) { return names(said, plain(choice)); });
    if (asked && !told && one.choices.size() > 1) open.push_back(std::move(one));
  }
  return open;
}

}  // namespace doorstep::needs
