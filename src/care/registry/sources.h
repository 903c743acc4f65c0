#pragma once
/// \file By which ways somebody came to be known: one person with several sources, never several persons
/// (B5, B20).

#include "care/registry/people.h"

namespace doorstep::registry {

/// How a person was heard of, beside the lists that name them.
enum class SourceChannel : std::uint8_t {
  desk,    ///< Told at the desk, or typed in there.
  scan,    ///< They scanned a posted code.
  door,    ///< Met at the door, or on the round of the grid.
  phone,   ///< Told on the phone.
  online,  ///< They declared themselves on a page.
};

/// Says that a person was heard of by this way, now. The same way again is counted, and makes nothing new.
void note_source(api::WriteContext& context, Id<Person> person, SourceChannel channel);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::SourceChannel> {
  static constexpr std::array words{"desk", "scan", "door", "phone", "online"};
};
