#pragma once
/// \file Who is on duty, from the journal's grants, shifts and absences.

#include <map>
#include <string>
#include <vector>

#include "base/time.h"

namespace doorstep::oracle {

/// The people of one community who can be given something to do.
class Staff {
 public:
  struct Grant {
    std::int64_t account = 0;
    std::string role;
    std::string path;
    Instant from{};
    Instant until = Instant::max();
  };

  void give(std::int64_t grant, const Grant& given) { grants_[grant] = given; }
  /// False where nobody was given such a grant.
  bool end(std::int64_t grant, Instant at);
  void shift(std::int64_t account, Instant from, Instant until);
  void absence(std::int64_t account, Instant from, Instant until);
  void lives(std::int64_t account, std::int64_t person) { person_of_[account] = person; }

  /// Somebody who can be held to it: has a role here, is not absent, and has a shift or is on no
  /// roster (none of their shifts ends within 7 days before or after). Managers and the street are
  /// on call always, absent or not.
  [[nodiscard]] bool on_duty(std::int64_t account, Instant now) const;
  /// True where anybody at all is on duty.
  [[nodiscard]] bool anybody(Instant now) const;
  /// The grant in force of an account, 0 where it has none.
  [[nodiscard]] std::int64_t grant_of(std::int64_t account, Instant now) const;
  /// The person behind the account, 0 where it is not known.
  [[nodiscard]] std::int64_t person_of(std::int64_t account) const;

 private:
  struct Stretch {
    Instant from{};
    Instant until{};
  };
  std::map<std::int64_t, Grant> grants_;
  std::map<std::int64_t, std::vector<Stretch>> shifts_;
  std::map<std::int64_t, std::vector<Stretch>> absences_;
  std::map<std::int64_t, std::int64_t> person_of_;
};

}  // namespace doorstep::oracle
