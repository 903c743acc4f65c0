#pragma once
/// \file Values that go into a statement and rows that come out of one; the same on both engines.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/private.h"
#include "base/time.h"
#include "base/units.h"

namespace doorstep::store {

/// Bytes of a BYTEA column.
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

/// One parameter of a statement. Ids and instants are BIGINT, days are TEXT, measures are BIGINT.
class Value {
 public:
  using Kind = std::variant<std::monostate, std::int64_t, bool, double, std::string, Bytes>;

  Value() = default;  ///< NULL
  Value(std::nullptr_t) {}
  Value(bool value) : kind_(value) {}
  Value(int value) : kind_(std::int64_t{value}) {}
  Value(std::int64_t value) : kind_(value) {}
  Value(double value) : kind_(value) {}
  Value(const char* value) : kind_(std::string(value)) {}
  Value(std::string value) : kind_(std::move(value)) {}
  Value(std::string_view value) : kind_(std::string(value)) {}
  Value(Bytes value) : kind_(std::move(value)) {}
  Value(const Private<std::string>& value) : kind_(value.reveal()) {}
  Value(Instant value) : kind_(std::int64_t{value.time_since_epoch().count()}) {}
  Value(Day value) : kind_(to_text(value)) {}
  template <class Entity>
  Value(Id<Entity> value) : kind_(value.value()) {}
  template <class Tag>
  Value(Measure<Tag> value) : kind_(value.value()) {}
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}

  [[nodiscard]] const Kind& kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_.index() == 0; }
  friend bool operator==(const Value&, const Value&) = default;

 private:
  Kind kind_;
};

using Values = std::vector<Value>;

/// One row of an answer; columns by position. Asking for another type than the column holds, or for
/// a value where there is NULL, is a bug in the statement and throws std::logic_error.
class Row {
 public:
  Row() = default;
  explicit Row(Values columns) : columns_(std::move(columns)) {}

  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  [[nodiscard]] const Value& operator[](std::size_t column) const { return columns_.at(column); }
  [[nodiscard]] bool is_null(std::size_t column) const { return columns_.at(column).is_null(); }

  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] bool boolean(std::size_t column) const;  ///< Also reads SQLite's 0 and 1.
  [[nodiscard]] double real(std::size_t column) const;
  [[nodiscard]] const std::string& text(std::size_t column) const;
  [[nodiscard]] const std::string& bytes(std::size_t column) const;
  [[nodiscard]] Instant instant(std::size_t column) const;
  [[nodiscard]] Day day(std::size_t column) const;
  template <class Entity>
  [[nodiscard]] Id<Entity> id(std::size_t column) const {
    return Id<Entity>{integer(column)};
  }
  [[nodiscard]] Private<std::string> secret(std::size_t column) const {
    return Private<std::string>{text(column)};
  }

  [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  [[nodiscard]] std::optional<std::string> maybe_text(std::size_t column) const;
  [[nodiscard]] std::optional<Instant> maybe_instant(std::size_t column) const;
  [[nodiscard]] std::optional<Day> maybe_day(std::size_t column) const;
  template <class Entity>
  [[nodiscard]] std::optional<Id<Entity>> maybe_id(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return id<Entity>(column);
  }

 private:
  Values columns_;
};

using Rows = std::vector<Row>;

}  // namespace doorstep::store
