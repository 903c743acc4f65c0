#pragma once
/// \file A relay (接龙): one message, a row per household. Posted again it is a difference, and makes
/// nothing twice (D2).

#include <string>
#include <string_view>
#include <vector>

#include "care/needs/receiver.h"

namespace doorstep::needs {

inline constexpr std::size_t relay_length_max = 20'000;
inline constexpr std::size_t relay_rows_max = 300;

/// One household's row.
struct RelayRow {
  std::string key = {};   ///< What names the row in every post: its door, else its person.
  std::string door = {};  ///< As far as it is written: "10-2-301".
  std::string text = {};  ///< The line as posted.
  Reading reading = {};
  bool withdrawn = false;  ///< "不要了"
};

struct RelayReading {
  std::string title = {};  ///< The first line, where it is no row.
  std::vector<RelayRow> rows = {};
  std::string rest = {};  ///< What belongs to no row and says something.
};

/// Every line ends in a row, the title or the rest. Pure.
[[nodiscard]] RelayReading read_relay(std::string_view text,
                                      const intake::Parser& words = parser());

enum class RowChange : std::uint8_t { added, changed, same, withdrawn, gone };

/// A row beside what stands of it from the post before.
struct ComparedRow {
  RelayRow row = {};
  RowChange change = RowChange::added;
  std::optional<NeedRow> standing = {};
  std::optional<Receiver> household = {};  ///< The one behind its door, where that is known.
};

/// The newest relay of the last 24 hours that has at least half of these rows: posted again.
std::optional<Id<Relay>> same_relay(const api::Context& context, const RelayReading& reading);

/// What a post changes, row by row; those that stand and are not in it come last, as gone.
std::vector<ComparedRow> compare(api::Context& context, std::optional<Id<Relay>> relay,
                                 const RelayReading& reading);

}  // namespace doorstep::needs

template <>
struct doorstep::api::Choices<doorstep::needs::RowChange> {
  static constexpr std::array words{std::string_view{"added"}, std::string_view{"changed"},
                                    std::string_view{"same"}, std::string_view{"withdrawn"},
                                    std::string_view{"gone"}};
};
