#include "store/postgres_values.h"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/text.h"
#include "store/store.h"

namespace doorstep::store {
namespace {

// From PostgreSQL's catalogue of built-in types; they never change.
constexpr Oid oid_bool = 16;
constexpr Oid oid_bytea = 17;
constexpr Oid oid_int8 = 20;
constexpr Oid oid_int2 = 21;
constexpr Oid oid_int4 = 23;
constexpr Oid oid_text = 25;
constexpr Oid oid_float4 = 700;
constexpr Oid oid_float8 = 701;
constexpr Oid oid_numeric = 1700;

template <class Number>
Number parse(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::logic_error(fmt::format("the server's number cannot be read: {}", text));
  }
  return number;
}

/// What SUM and AVG of BIGINT give: an integer where it is one, as on SQLite.
Value numeric(std::string_view text) {
  if (text.find_first_not_of("-0123456789") == std::string_view::npos) {
    return Value{parse<std::int64_t>(text)};
  }
  return Value{parse<double>(text)};
}

}  // namespace

PostgresParameters::PostgresParameters(const Values& values) {
  numbers_.reserve(values.size());  // Their addresses are handed on.
  const auto add = [this](const char* at, std::size_t size, int format) {
    pointers_.push_back(at);
    lengths_.push_back(int(size));
    formats_.push_back(format);
  };
  for (const Value& value : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value.kind())) {
      numbers_.push_back(fmt::to_string(*number));
      add(numbers_.back().c_str(), numbers_.back().size(), 0);
    } else if (const auto* truth = std::get_if<bool>(&value.kind())) {
      add(*truth ? "t" : "f", 1, 0);
    } else if (const auto* real = std::get_if<double>(&value.kind())) {
      numbers_.push_back(fmt::to_string(*real));
      add(numbers_.back().c_str(), numbers_.back().size(), 0);
    } else if (const auto* text = std::get_if<std::string>(&value.kind())) {
      if (text->find('\0') != std::string::npos || !text::valid_utf8(*text)) {
        throw Failure("store.text", "a text value is not UTF-8 or holds a zero byte");
      }
      add(text->c_str(), text->size(), 0);
    } else if (const auto* bytes = std::get_if<Bytes>(&value.kind())) {
      add(bytes->data.data(), bytes->data.size(), 1);
    } else {
      add(nullptr, 0, 0);
    }
  }
}

Oid type_of(const Value& value) {
  static constexpr Oid types[] = {0, oid_int8, oid_bool, oid_float8, oid_text, oid_bytea};
  return types[value.kind().index()];
}

Value cell(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return {};
  const std::string_view text(PQgetvalue(result, row, column),
                              std::size_t(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case oid_int8:
    case oid_int4:
    case oid_int2: return Value{parse<std::int64_t>(text)};
    case oid_bool: return Value{text == "t"};
    case oid_float4:
    case oid_float8: return Value{parse<double>(text)};
    case oid_numeric: return numeric(text);
    case oid_bytea: return Value{Bytes{from_hex(text.substr(2)).value()}};
    default: return Value{text};
  }
}

}  // namespace doorstep::store
