#pragma once
/// \file Members of a journal entry's data, as docs/journal.md lists them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace doorstep::oracle {

/// A JSON object of ids, codes, days and instants. What is missing or malformed reads as empty and is
/// remembered by name: an entry that lacks a member is a defect.
class Members {
 public:
  explicit Members(std::string_view json);
  ~Members();
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  [[nodiscard]] bool has(std::string_view name) const;
  std::string text(std::string_view name);
  std::int64_t id(std::string_view name);
  /// 0 for "all".
  std::int64_t id_or_all(std::string_view name);
  bool truth(std::string_view name);
  Instant instant(std::string_view name);
  Day day(std::string_view name);
  std::vector<std::int64_t> ids(std::string_view name);
  /// Lists of ids: `[[household, person, person..], ..]`.
  std::vector<std::vector<std::int64_t>> id_lists(std::string_view name);
  std::vector<std::string> texts(std::string_view name);

  /// Names that were asked for and not there, or not of that form; empty where all was well.
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  struct Parsed;
  void miss(std::string_view name);

  std::unique_ptr<Parsed> parsed_;
  std::string missing_;
};

}  // namespace doorstep::oracle
