#pragma once
/// \file RulePack: lengths, cut-offs, windows, thresholds and lists as versioned data, never as
/// constants in code. A pack is TOML; it is stored as a row under its content hash, and sheets name
/// that hash.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doorstep {

/// An immutable, parsed rule pack. Keys are dotted paths ("check_in.windows").
class RulePack {
 public:
  /// Errors: invalid "rules.not_toml"; the hint names line and column.
  static Result<RulePack> parse(std::string_view toml);

  /// BLAKE2b of the text in hexadecimal.
  [[nodiscard]] const std::string& hash() const { return hash_; }
  [[nodiscard]] const std::string& source() const { return source_; }

  /// Errors of all readers: invalid "rules.missing" or "rules.wrong_type"; the hint names the key.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view key) const;
  [[nodiscard]] Result<bool> boolean(std::string_view key) const;
  [[nodiscard]] Result<std::string> string(std::string_view key) const;
  [[nodiscard]] Result<std::vector<std::string>> strings(std::string_view key) const;
  /// "HH:MM" as minutes since local midnight.
  [[nodiscard]] Result<std::chrono::minutes> time_of_day(std::string_view key) const;
  /// How many tables stand in the array at `key`; reach into one with "key[0].name".
  [[nodiscard]] std::size_t count(std::string_view key) const;

 private:
  struct Table;
  RulePack() = default;
  std::string source_;
  std::string hash_;
  std::shared_ptr<const Table> table_;
};

}  // namespace doorstep
