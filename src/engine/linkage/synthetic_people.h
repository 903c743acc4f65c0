#pragma once
/// \file People out of a seed, for benchmarks and properties: as many as wanted, in households,
/// with the noise that lists carry. Record n is the same on any machine and needs no other record.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"

namespace doorstep::linkage {

/// A registry of Chinese residents: name, sex, id_number, dob, phone, address. Two or three people
/// a household, who share the address, mostly the phone and often the family name.
class SyntheticResidents {
 public:
  static constexpr std::size_t columns = 6;
  using Values = std::array<std::string, columns>;

  /// Characters of names by frequency: `surnames` and `given` as they occur in a list.
  SyntheticResidents(std::u32string surnames, std::u32string given,
                     std::vector<std::string> communities);

  /// The names and communities that a registry's rows of name and address hold.
  [[nodiscard]] static SyntheticResidents from_rows(
      const std::vector<std::array<std::string, 2>>& names_and_addresses);

  [[nodiscard]] Values person(std::uint64_t number) const;

  /// How much of a row is mistaken: half of it, as in a pushed list, or that twice over.
  enum class Noise : std::uint8_t { light, usual, heavy };

  /// A row of a pushed list about that person: other writings, typing errors, gaps, moves.
  [[nodiscard]] Values pushed(std::uint64_t number, std::uint64_t variant,
                              Noise noise = Noise::usual) const;

 private:
  Values mistaken(SeededRng& rng, std::uint64_t number, Values out) const;

  std::u32string surnames_;
  std::u32string given_;
  std::vector<std::string> communities_;
};

/// Records of a western register: ten columns of words and numbers, independent of each other.
class SyntheticRecords {
 public:
  /// `vocabulary`: the values of each column of some list. Columns that `numbers` marks are drawn
  /// digit by digit instead, with as many digits as that.
  SyntheticRecords(std::vector<std::vector<std::string>> vocabulary, std::vector<int> numbers);

  [[nodiscard]] std::vector<std::string> person(std::uint64_t number) const;

  /// The same person written again: up to a typing error a column, some left empty, the first two
  /// columns crossed now and then.
  [[nodiscard]] std::vector<std::string> again(std::uint64_t number, std::uint64_t variant) const;

 private:
  std::vector<std::vector<std::string>> vocabulary_;
  std::vector<int> numbers_;
};

}  // namespace doorstep::linkage
