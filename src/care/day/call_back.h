#pragma once
/// \file Why somebody is called back: what was said, in the words in which it was said.

#include <optional>

#include "api/fields.h"
#include "care/observation/check_in.h"
#include "store/value.h"

namespace doorstep::day {

enum class Because : std::uint8_t {
  unwell,       ///< They said so, or named symptoms.
  temperature,  ///< It is at or above the threshold; they may have said they are fine.
};

/// The report that asks for a call, of a check_in `c`.
struct CallBack {
  Because because = Because::unwell;
  std::optional<Celsius> temperature = {};

  void fields(auto& f) {
    f("because", because);
    f("temperature", temperature);
  }
};

inline constexpr const char* call_back_columns = "c.wellbeing, c.symptoms, c.temperature";

/// `from`: where those columns begin.
[[nodiscard]] inline CallBack call_back_from(const store::Row& row, std::size_t from) {
  CallBack found;
  if (row.is_null(from)) return found;  // Erased; the alarm stays.
  const bool fine = row.text(from) == api::word(observation::Wellbeing::fine);
  if (fine && row.text(from + 1).empty()) found.because = Because::temperature;
  if (!row.is_null(from + 2)) found.temperature = Celsius{row.integer(from + 2)};
  return found;
}

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Because> {
  static constexpr std::array words{std::string_view{"unwell"}, std::string_view{"temperature"}};
};
