#pragma once
/// \file Type: the shape of a request or answer as data, from which the OpenAPI document and the
/// TypeScript declarations are made.

#include <string>
#include <vector>

namespace doorstep::api {

struct Type {
  enum class Kind {
    boolean, integer, number, text, id, instant, day, temperature, choice, list, object
  };
  struct Field;

  Kind kind = Kind::object;
  std::vector<std::string> choices = {};  ///< For choice: the allowed words.
  std::vector<Type> element = {};         ///< For list: exactly one.
  std::vector<Field> fields = {};         ///< For object, in order.
};

struct Type::Field {
  std::string name;
  bool optional = false;
  Type type;
};

[[nodiscard]] std::string json_schema(const Type& type);
[[nodiscard]] std::string typescript(const Type& type, int indent = 0);

}  // namespace doorstep::api
