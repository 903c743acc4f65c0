#pragma once
/// \file The letter of release: a code by which anybody may check that a household, or one of them, was
/// released, without learning who they are (C4).

#include <optional>
#include <string>
#include <vector>

#include "care/observation/grounds.h"

namespace doorstep::observation {

struct Letter {
  std::string code = {};                  ///< 13 characters: what the letter and its QR code bear.
  std::optional<Id<Person>> person = {};  ///< Of one member; absent: of the household.
  Day first_day{};
  Day last_day{};
  Instant released_at{};

  void fields(auto& f) {
    f("code", code);
    f("person", person);
    f("first_day", first_day);
    f("last_day", last_day);
    f("released_at", released_at);
  }
};

/// Issues the letter for a ground that was completed. Returns its code.
std::string issue_letter(api::WriteContext& context, const GroundRow& ground);

/// Of a household, newest first.
std::vector<Letter> letters_of(store::Snapshot& db, Id<access::Community> community,
                               Id<access::Household> household);

}  // namespace doorstep::observation
