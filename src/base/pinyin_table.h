#pragma once
/// \file Readings that ICU's one reading per character gets wrong: family names and common words.

#include <span>
#include <string_view>

namespace doorstep::text {

/// `han` (one or two characters) is read as `syllables` (separated by one space).
struct Reading {
  std::string_view han;
  std::string_view syllables;
};

/// Readings as a family name. Source: 新华字典 surname readings.
[[nodiscard]] std::span<const Reading> surname_readings();

/// Readings of single characters outside names where ICU's choice is the rare one.
[[nodiscard]] std::span<const Reading> common_readings();

/// All common readings of single characters that are given-name characters and have several, the
/// one that ICU gives among them. For comparing names, where any of them may have been meant.
[[nodiscard]] std::span<const Reading> polyphones();

}  // namespace doorstep::text
