#include "store/value.h"

#include <stdexcept>

#include <fmt/format.h>

namespace doorstep::store {
namespace {

constexpr const char* kind_names[] = {"NULL", "integer", "boolean", "real", "text", "bytes"};

[[noreturn]] void wrong_type(const Value& value, std::size_t column, const char* wanted) {
  throw std::logic_error(fmt::format("column {} holds {}, asked for {}", column,
                                     kind_names[value.kind().index()], wanted));
}

template <class T>
const T& expect(const Value& value, std::size_t column, const char* wanted) {
  if (const T* found = std::get_if<T>(&value.kind())) return *found;
  wrong_type(value, column, wanted);
}

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
  return expect<std::int64_t>(columns_.at(column), column, "integer");
}

bool Row::boolean(std::size_t column) const {
  const Value& value = columns_.at(column);
  if (const bool* found = std::get_if<bool>(&value.kind())) return *found;
  const std::int64_t number = expect<std::int64_t>(value, column, "boolean");
  if (number != 0 && number != 1) wrong_type(value, column, "boolean");
  return number == 1;
}

double Row::real(std::size_t column) const {
  return expect<double>(columns_.at(column), column, "real");
}

const std::string& Row::text(std::size_t column) const {
  return expect<std::string>(columns_.at(column), column, "text");
}

const std::string& Row::bytes(std::size_t column) const {
  return expect<Bytes>(columns_.at(column), column, "bytes").data;
}

Instant Row::instant(std::size_t column) const {
  return Instant{std::chrono::milliseconds{integer(column)}};
}

Day Row::day(std::size_t column) const {
  const auto day = day_from_text(text(column));
  if (!day) wrong_type(columns_.at(column), column, "day");
  return *day;
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<Instant> Row::maybe_instant(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::optional<Day> Row::maybe_day(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return day(column);
}

}  // namespace doorstep::store
