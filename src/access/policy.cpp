#include "access/policy.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/embedded.h"

namespace doorstep::access {
namespace {

constexpr std::array relation_words{std::string_view{"inside"}, std::string_view{"outside"},
                                    std::string_view{"foreign"}};

template <std::size_t size>
std::optional<std::size_t> index_of(const std::array<std::string_view, size>& words,
                                    std::string_view word) {
  for (std::size_t at = 0; at < size; ++at) {
    if (words[at] == word) return at;
  }
  return std::nullopt;
}

Error malformed(std::size_t line) {
  return {ErrorKind::invalid, "policy.malformed", fmt::format("line {}", line)};
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto found = text.find(at);
    parts.push_back(text.substr(0, found));
    if (found == std::string_view::npos) return parts;
    text.remove_prefix(found + 1);
  }
}

}  // namespace

Result<Policy> Policy::parse(std::string_view access_csv, std::string_view classes_csv) {
  Policy policy;
  std::size_t number = 0;
  for (const std::string_view line : split(access_csv, '\n')) {
    if (++number == 1 || line.empty()) continue;
    const auto cells = split(line, ',');
    if (cells.size() != 4) return malformed(number);
    const auto role = index_of(role_words, cells[0]);
    const auto relation = index_of(relation_words, cells[2]);
    if (!role || !relation || (cells[3] != "yes" && cells[3] != "no")) return malformed(number);
    auto& roles = policy.allowed_[std::string(cells[1])];
    if (cells[3] == "yes") roles[*role] |= 1U << *relation;
  }
  number = 0;
  for (const std::string_view line : split(classes_csv, '\n')) {
    if (++number == 1 || line.empty()) continue;
    const auto cells = split(line, ',');
    if (cells.size() != 2) return malformed(number);
    const auto role = index_of(role_words, cells[0]);
    const auto one = index_of(class_words, cells[1]);
    if (!role || !one) return malformed(number);
    policy.classes_[*role].add(static_cast<Class>(*one));
  }
  return policy;
}

const Policy& Policy::built_in() {
  static const Policy policy = [] {
    auto parsed = parse(embedded("docs/access.csv"), embedded("docs/access_classes.csv"));
    CHECK(parsed.ok());
    return std::move(parsed).value();
  }();
  return policy;
}

bool Policy::allows(Role role, std::string_view action, Relation relation) const {
  const auto found = allowed_.find(action);
  if (found == allowed_.end()) return false;
  const unsigned bit = 1U << static_cast<unsigned>(relation);
  return (found->second[static_cast<std::size_t>(role)] & bit) != 0;
}

bool Policy::knows(std::string_view action) const {
  return allowed_.find(action) != allowed_.end();
}

Classes Policy::classes(Role role) const {
  return classes_[static_cast<std::size_t>(role)];
}

std::vector<std::string> Policy::actions() const {
  std::vector<std::string> names;
  for (const auto& [action, roles] : allowed_) names.push_back(action);
  return names;
}

Result<Scope> authorize(const Policy& policy, const Actor& actor, std::string_view action) {
  Scope scope;
  scope.community = actor.community;
  if (actor.is_link()) scope.link = actor.id;
  for (const Grant& grant : actor.grants) {
    if (!policy.allows(grant.role, action, Relation::inside)) continue;
    const bool everywhere = policy.allows(grant.role, action, Relation::outside);
    scope.reaches.push_back({everywhere ? std::string{} : grant.path, policy.classes(grant.role)});
  }
  if (scope.reaches.empty()) return Error{ErrorKind::forbidden, "access.denied"};
  return scope;
}

}  // namespace doorstep::access
