/// \file The words of the command's output and of the interface.

#include <array>

#include "engine/intake/intake.h"

namespace doorstep::intake {

std::string_view word(SpanKind kind) {
  static constexpr std::array<std::string_view, 7> words{"item", "address",   "person", "phone",
                                                         "note", "ignorable", "unread"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(Op op) {
  static constexpr std::array<std::string_view, 6> words{"new",    "amend", "replace",
                                                         "cancel", "copy",  "none"};
  return words[static_cast<std::size_t>(op)];
}

std::string_view word(Category category) {
  static constexpr std::array<std::string_view, 13> words{
      "goods",   "medicine",  "medical", "delivery", "repair", "chore", "psych",
      "inquiry", "complaint", "checkin", "offer",    "safety", "chat"};
  return words[static_cast<std::size_t>(category)];
}

std::string_view word(Urgency urgency) {
  static constexpr std::array<std::string_view, 4> words{"none", "routine", "urgent", "emergency"};
  return words[static_cast<std::size_t>(urgency)];
}

std::string_view word(Alarm alarm) {
  static constexpr std::array<std::string_view, 4> words{"none", "review", "urgent", "emergency"};
  return words[static_cast<std::size_t>(alarm)];
}

std::string_view word(DoorMatch match) {
  static constexpr std::array<std::string_view, 4> words{"unchecked", "exact", "ambiguous",
                                                         "unknown"};
  return words[static_cast<std::size_t>(match)];
}

std::string_view word(RowChange change) {
  static constexpr std::array<std::string_view, 4> words{"added", "changed", "same", "vanished"};
  return words[static_cast<std::size_t>(change)];
}

}  // namespace doorstep::intake
