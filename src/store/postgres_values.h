#pragma once
/// \file Values as libpq takes them and gives them.

#include <string>
#include <vector>

#include <libpq-fe.h>

#include "store/value.h"

namespace doorstep::store {

/// Parameters of one statement; refers to the `values` it was made from.
class PostgresParameters {
 public:
  /// Throws Failure "store.text" for a text that is not UTF-8 or holds a zero byte.
  explicit PostgresParameters(const Values& values);

  [[nodiscard]] int count() const { return int(pointers_.size()); }
  [[nodiscard]] const char* const* pointers() const { return pointers_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  std::vector<std::string> numbers_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// The type that a value is declared with; 0 for NULL, which fits any.
[[nodiscard]] Oid type_of(const Value& value);

/// One cell of an answer in text format.
[[nodiscard]] Value cell(const PGresult* result, int row, int column);

}  // namespace doorstep::store
