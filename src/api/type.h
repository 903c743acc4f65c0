#pragma once
/// \file Type: the shape of a request or answer as data, from which the OpenAPI document and the
/// TypeScript declarations are made.

#include <string>
#include <vector>

namespace doorstep::api {

struct Type {
  enum class Kind {
    boolean,
    integer,
    number,
    text,
    id,
    instant,
    day,
    temperature,
    choice,
    list,
    object
  };
  Kind kind = Kind::object;
  std::vector<std::string> choices = {};  ///< For choice: the allowed words.
  std::vector<Type> element = {};         ///< For list: exactly one.
  std::vector<Type> fields = {};          ///< For object, in order.
  std::string name = {};                  ///< As a field of an object.
  bool optional = false;                  ///< As a field of an object; as an element, may be null.
  bool classed = false;                   ///< As a field of an object: shown to some readers alone.
};

/// The same with every classed field optional.
[[nodiscard]] Type with_classed_optional(Type type);

[[nodiscard]] std::string json_schema(const Type& type);
[[nodiscard]] std::string typescript(const Type& type, int indent = 0);

}  // namespace doorstep::api
