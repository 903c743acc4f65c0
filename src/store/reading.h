#pragma once
/// \file A store that is only read, beside the server that runs on it or without one: for an export, a check, a
/// backup. Takes no lock, changes no schema, signs nothing, and sees what was committed.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace doorstep::store {

class Reading {
 public:
  virtual ~Reading() = default;
  Reading() = default;
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  /// Throws Failure "store.none" where the data directory holds no installation.
  static std::unique_ptr<Reading> open(const Options& options);

  /// As Store::read().
  virtual Outcome read(const std::function<Outcome(Snapshot&)>& work) = 0;
  /// As Store::journal().
  [[nodiscard]] std::vector<Sealed> journal(std::int64_t after, std::int64_t limit);
  /// The key by which the heads are checked, 32 bytes.
  [[nodiscard]] virtual const std::string& journal_key() const = 0;
  [[nodiscard]] virtual std::string_view engine() const = 0;
  /// As Store::noted_heads().
  [[nodiscard]] virtual std::vector<Head> noted_heads() const = 0;
};

/// As for a Store, beside the server that runs on it.
[[nodiscard]] Verification verify_journal(Reading& store);

}  // namespace doorstep::store
