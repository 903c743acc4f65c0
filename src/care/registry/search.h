#pragma once
/// \file Searching by what people type: a door, a name, its pinyin or initials, a phone or its
/// tail.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "care/registry/people.h"

namespace doorstep::registry {

enum class HitKind : std::uint8_t { building, dwelling, household, person };

struct Hit {
  HitKind kind = HitKind::dwelling;
  std::int64_t id = 0;
  std::int64_t dwelling = 0;   ///< 0 for a building.
  std::int64_t household = 0;  ///< 0 for a building or dwelling.
  std::string title = {};      ///< A door or a name.
  std::string subtitle = {};   ///< The door of a person or household.
  std::string path = {};       ///< Where it lies.
  bool exact = false;          ///< Not only a beginning of it was typed.
};

/// What `text` may mean, best first, inside the scope, at most `limit`. Names are looked up only
/// where the scope has the class of names, phones where it has that of contacts.
std::vector<Hit> search(api::Context& context, std::string_view text, std::size_t limit);

/// A door of this community that a text may mean.
struct DoorMatch {
  Id<Place> dwelling{};
  std::string door = {};
  std::string path = {};
  bool sure = false;  ///< Building, entrance and door are all said and agree.
};

/// Every dwelling in scope that `text` may mean, at most `limit`. One that is `sure` and alone is
/// the door; anything else is a question to ask.
std::vector<DoorMatch> match_doors(api::Context& context, std::string_view text, std::size_t limit);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::HitKind> {
  static constexpr std::array words{"building", "dwelling", "household", "person"};
};
