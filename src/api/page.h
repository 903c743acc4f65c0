#pragma once
/// \file Page<Row>: part of a list with the place where it goes on, and whole lists as CSV or XLSX.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"
#include "store/store.h"

namespace doorstep::api {

/// The fields every list takes. `cursor` is what the previous page called `next`.
struct PageRequest {
  std::optional<std::string> cursor = {};
  std::int64_t limit = 100;

  void page_fields(auto& f) {
    std::optional<std::int64_t> asked;
    f("cursor", cursor);
    f("limit", asked);
    if (asked) limit = *asked < 1 ? 1 : (*asked > 1000 ? 1000 : *asked);
  }
};

template <class Row>
struct Page {
  std::vector<Row> rows = {};
  std::optional<std::string> next = {};

  void fields(auto& f) {
    f("rows", rows);
    f("next", next);
  }
};

enum class Format : std::uint8_t { json, csv, xlsx };

/// A cell as text; a table never holds formulas.
using Cells = std::vector<std::string>;

/// A download under construction.
class Table {
 public:
  virtual ~Table() = default;
  static std::unique_ptr<Table> make(Format format, const Cells& header);
  virtual void add(const Cells& cells) = 0;
  virtual store::Answer finish() = 0;
};

/// A cell that a spreadsheet will not take for a formula: text that begins with = + - @ (also full
/// width), tab or return gets a leading apostrophe. Numbers are left alone.
[[nodiscard]] std::string formula_safe(std::string_view text);

/// Collects a row's fields as cells; lists and nested structs are written as JSON. There is a column
/// for what may be read somewhere, and an empty cell where it may not.
class CellWriter {
 public:
  CellWriter(const access::Scope& scope, bool names)
      : columns_(scope.classes_somewhere()), writer_(scope), names_(names) {}

  template <class T>
  void operator()(std::string_view name, const T& value, Class field_class = Class::none) {
    if (!columns_.contains(field_class)) return;
    if (names_) {
      cells_.emplace_back(name);
    } else {
      cells_.push_back(writer_.shows(field_class) ? cell(value) : std::string{});
    }
  }
  void at(std::string_view path) { writer_.at(path); }
  void gathered() { writer_.gathered(); }
  [[nodiscard]] Cells take() { return std::move(cells_); }

 private:
  template <class T>
  std::string cell(const T& value) {
    if constexpr (is_optional<T>) {
      return value ? cell(*value) : std::string{};
    } else if constexpr (std::is_same_v<T, std::string>) {
      return value;
    } else if constexpr (std::is_same_v<T, Private<std::string>>) {
      return value.reveal();
    } else if constexpr (std::is_enum_v<T>) {
      return std::string(word(value));
    } else {
      std::string json = to_json(value, writer_);
      if (json.size() >= 2 && json.front() == '"') json = json.substr(1, json.size() - 2);
      return json;
    }
  }

  Classes columns_;
  Writer writer_;  ///< Knows what the row shows, and writes what is nested in it.
  bool names_;
  Cells cells_;
};

template <class Row>
Cells columns_of(const access::Scope& scope) {
  CellWriter writer(scope, true);
  Row row{};
  row.fields(writer);
  return writer.take();
}

template <class Row>
Cells cells_of(const Row& row, const access::Scope& scope) {
  CellWriter writer(scope, false);
  const_cast<Row&>(row).fields(writer);
  return writer.take();
}

}  // namespace doorstep::api
