#pragma once
/// \file One list of fields per request or answer: it reads JSON, writes JSON, names the columns of
/// a table and describes the shape.
///
/// A struct says `void fields(auto& f) { f("person", person); f("phone", phone, Class::contact); }`.
/// Where it has fields of a class, `f.at(path)` comes first: it says where the row lies, and with that
/// what its reader may see of it. What lies at no one place shows what may be read everywhere in the
/// scope; `f.gathered()` says that its fields were put together out of what may be read of their
/// class alone, so that they show where that may be read anywhere.
/// Supported: bool, int, int64, double, std::string, Private<std::string>, Id, Instant, Day,
/// Celsius, enums with a Choices<E>, std::optional, std::vector and structs of these.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "api/message.h"
#include "api/type.h"
#include "base/id.h"
#include "base/private.h"
#include "base/result.h"
#include "base/time.h"
#include "base/units.h"

namespace doorstep::api {

using access::Class;
using access::Classes;

/// The words of an enum, in order of its values from 0: specialise
/// `template <> struct Choices<E> { static constexpr std::array words{"fine", "unwell"}; };`.
template <class E>
struct Choices;

template <class E>
[[nodiscard]] constexpr std::string_view word(E value) {
  return Choices<E>::words[static_cast<std::size_t>(value)];
}

template <class E>
[[nodiscard]] std::optional<E> from_word(std::string_view text) {
  for (std::size_t at = 0; at < Choices<E>::words.size(); ++at) {
    if (Choices<E>::words[at] == text) return static_cast<E>(at);
  }
  return std::nullopt;
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Fills a struct from a JSON object and text parameters (of the path and query, which win);
/// remembers the first wrong field and refuses members that no field asked for.
class Reader {
 public:
  /// Empty text stands for an empty object.
  explicit Reader(std::string_view json,
                  std::vector<std::pair<std::string, std::string>> parameters = {});
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  template <class T>
  void operator()(std::string_view name, T& value, Class = Class::none) {
    if (!enter(name)) {
      if constexpr (!is_optional<T>) missing(name);
      return;
    }
    read(value);
    leave();
  }

  void at(std::string_view) {}
  void gathered() {}

  /// Errors: invalid "body.not_json", "field.<path>" with a hint, "body.unknown_field".
  [[nodiscard]] Result<void> finish();

 private:
  void read(bool& value);
  void read(std::int64_t& value);
  void read(double& value);
  void read(std::string& value);
  void read(Instant& value);
  void read(Day& value);
  void read(Celsius& value);
  void read(int& value) {
    std::int64_t wide = 0;
    read(wide);
    value = static_cast<int>(wide);
    if (value != wide) wrong("a smaller number");
  }
  void read(Private<std::string>& value) { read(value.reveal()); }
  template <class Entity>
  void read(Id<Entity>& value) {
    value = Id<Entity>{read_id()};
  }
  template <class T>
  void read(std::optional<T>& value) {
    if (!is_null()) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& value) {
    const std::size_t size = list_size();
    for (std::size_t at = 0; at < size && enter(at); ++at) {
      read(value.emplace_back());
      leave();
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void read(T& value) {
    std::string text;
    read(text);
    const auto found = from_word<T>(text);
    if (found) {
      value = *found;
    } else {
      wrong("one of the listed words");
    }
  }
  template <class T>
    requires requires(T& value, Reader& reader) { value.fields(reader); }
  void read(T& value) {
    if (!begin_object()) return;
    value.fields(*this);
    end_object();
  }

  bool enter(std::string_view name);
  bool enter(std::size_t element);
  void leave();
  bool begin_object();
  void end_object();
  std::size_t list_size();
  [[nodiscard]] bool is_null() const;
  std::int64_t read_id();
  void missing(std::string_view name);
  void wrong(std::string_view expected);

  struct Document;
  std::unique_ptr<Document> document_;
};

/// Writes a struct as JSON text; fields of a class that the scope lacks there are left out.
class Writer {
 public:
  Writer() = default;  ///< Shows everything.
  explicit Writer(const access::Scope& scope)
      : scope_(&scope), classes_(scope.classes_everywhere()) {}

  [[nodiscard]] bool shows(Class field_class) const { return classes_.contains(field_class); }
  void at(std::string_view path) {
    if (scope_ != nullptr) classes_ = scope_->classes_at(path);
  }
  void gathered() {
    if (scope_ != nullptr) classes_ = scope_->classes_somewhere();
  }

  template <class T>
  void operator()(std::string_view name, const T& value, Class field_class = Class::none) {
    if (!shows(field_class)) return;
    if constexpr (is_optional<T>) {
      if (!value) return;
    }
    key(name);
    write(value);
  }

  template <class T>
  void object(const T& value) {
    const Classes around = classes_;
    open('{');
    const_cast<T&>(value).fields(*this);
    close('}');
    classes_ = around;
  }
  void text(std::string_view value);
  void open(char bracket);
  void close(char bracket);
  void key(std::string_view name);
  void separate();
  void raw(std::string_view json) { out_ += json; }
  template <class T>
  void element(const T& value) {
    separate();
    write(value);
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

  void write(bool value) { raw(value ? "true" : "false"); }
  void write(std::int64_t value);
  void write(int value) { write(std::int64_t{value}); }
  void write(double value);
  void write(const std::string& value) { text(value); }
  void write(Instant value) { text(to_text(value)); }
  void write(Day value) { text(to_text(value)); }
  void write(Celsius value);
  void write(const Private<std::string>& value) { text(value.reveal()); }
  template <class Entity>
  void write(Id<Entity> value) {
    text(to_text(value));
  }
  template <class T>
  void write(const std::optional<T>& value) {
    if (value) {
      write(*value);
    } else {
      raw("null");
    }
  }
  template <class T>
  void write(const std::vector<T>& values) {
    open('[');
    for (const T& value : values) element(value);
    close(']');
  }
  template <class T>
    requires std::is_enum_v<T>
  void write(T value) {
    text(word(value));
  }
  template <class T>
    requires requires(T& value, Writer& writer) { value.fields(writer); }
  void write(const T& value) {
    object(value);
  }

 private:
  std::string out_;
  const access::Scope* scope_ = nullptr;
  Classes classes_ = Classes::all();
  bool first_ = true;
};

template <class T>
[[nodiscard]] std::string to_json(const T& value, Writer writer = {}) {
  writer.write(value);
  return writer.take();
}
template <class T>
[[nodiscard]] std::string to_json(const T& value, const access::Scope& scope) {
  return to_json(value, Writer(scope));
}

/// Collects the shape of a struct; see type_of().
class Shape {
 public:
  template <class T>
  void operator()(std::string_view name, const T&, Class field_class = Class::none) {
    if constexpr (is_optional<T>) {
      fields_.push_back(of<typename T::value_type>());
    } else {
      fields_.push_back(of<T>());
    }
    fields_.back().name = name;
    fields_.back().optional = is_optional<T>;
    fields_.back().classed = field_class != Class::none;
  }
  void at(std::string_view) {}
  void gathered() {}

  template <class T>
  static Type of() {
    using Kind = Type::Kind;
    if constexpr (std::is_same_v<T, bool>) {
      return {.kind = Kind::boolean};
    } else if constexpr (std::is_integral_v<T>) {
      return {.kind = Kind::integer};
    } else if constexpr (std::is_same_v<T, double>) {
      return {.kind = Kind::number};
    } else if constexpr (std::is_same_v<T, std::string> ||
                         std::is_same_v<T, Private<std::string>>) {
      return {.kind = Kind::text};
    } else if constexpr (std::is_same_v<T, Instant>) {
      return {.kind = Kind::instant};
    } else if constexpr (std::is_same_v<T, Day>) {
      return {.kind = Kind::day};
    } else if constexpr (std::is_same_v<T, Celsius>) {
      return {.kind = Kind::temperature};
    } else {
      return composite<T>();
    }
  }

 private:
  template <class T>
  static Type composite() {
    using Kind = Type::Kind;
    if constexpr (is_id<T>) {
      return {.kind = Kind::id};
    } else if constexpr (std::is_enum_v<T>) {
      Type type{.kind = Kind::choice};
      for (const auto& one : Choices<T>::words) type.choices.emplace_back(one);
      return type;
    } else if constexpr (is_list<T>) {
      Type type{.kind = Kind::list};
      type.element.push_back(of<typename T::value_type>());
      return type;
    } else if constexpr (is_optional<T>) {
      Type type = of<typename T::value_type>();  // An element of a list that may be null.
      type.optional = true;
      return type;
    } else {
      Shape shape;
      T value{};
      value.fields(shape);
      Type type{.kind = Kind::object};
      type.fields = std::move(shape.fields_);
      return type;
    }
  }

  template <class T>
  static constexpr bool is_id = false;
  template <class Entity>
  static constexpr bool is_id<Id<Entity>> = true;
  template <class T>
  static constexpr bool is_list = false;
  template <class T>
  static constexpr bool is_list<std::vector<T>> = true;

  std::vector<Type> fields_;
};

template <class T>
[[nodiscard]] Type type_of() {
  return Shape::of<T>();
}
/// As an answer has it: a reader without the class of a field does not get it.
template <class T>
[[nodiscard]] Type answer_type_of() {
  return with_classed_optional(Shape::of<T>());
}

/// A request or answer without fields.
struct Nothing {
  void fields(auto&) {}
};

}  // namespace doorstep::api
