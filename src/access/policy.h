#pragma once
/// \file The policy: which role may do what, as data (docs/access.csv, docs/access_classes.csv),
/// and the one function that decides.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/result.h"

namespace doorstep::access {

/// Where the object of an action lies, seen from a grant.
enum class Relation : std::uint8_t {
  inside,   ///< At or below the grant's place (for a link: its household).
  outside,  ///< Elsewhere in the same community.
  foreign,  ///< In another community.
};

class Policy {
 public:
  /// Lines `role,action,relation,allow` under that header, and `role,class` under that one.
  /// Errors: invalid "policy.malformed" with the line number.
  static Result<Policy> parse(std::string_view access_csv, std::string_view classes_csv);

  /// The policy that was built in.
  static const Policy& built_in();

  [[nodiscard]] bool allows(Role role, std::string_view action, Relation relation) const;
  [[nodiscard]] bool knows(std::string_view action) const;
  [[nodiscard]] Classes classes(Role role) const;
  [[nodiscard]] std::vector<std::string> actions() const;

 private:
  /// Per action and role, one bit per relation.
  std::map<std::string, std::array<unsigned, role_words.size()>, std::less<>> allowed_;
  std::array<Classes, role_words.size()> classes_{};
};

/// What `action` reaches for this actor. Errors: forbidden "access.denied" where no grant allows it
/// anywhere.
Result<Scope> authorize(const Policy& policy, const Actor& actor, std::string_view action);

}  // namespace doorstep::access
