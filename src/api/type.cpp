#include "api/type.h"

namespace doorstep::api {
namespace {

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

std::string object_schema(const Type& type) {
  std::string properties;
  std::string required;
  for (const Type& field : type.fields) {
    if (!properties.empty()) properties += ',';
    properties += quoted(field.name) + ':' + json_schema(field);
    if (field.optional) continue;
    if (!required.empty()) required += ',';
    required += quoted(field.name);
  }
  std::string schema = R"({"type":"object","properties":{)" + properties + '}';
  if (!required.empty()) schema += R"(,"required":[)" + required + ']';
  return schema + '}';
}

}  // namespace

Type with_classed_optional(Type type) {
  type.optional = type.optional || type.classed;
  for (Type& one : type.element) one = with_classed_optional(std::move(one));
  for (Type& one : type.fields) one = with_classed_optional(std::move(one));
  return type;
}

std::string json_schema(const Type& type) {
  switch (type.kind) {
    case Type::Kind::boolean: return R"({"type":"boolean"})";
    case Type::Kind::integer: return R"({"type":"integer"})";
    case Type::Kind::number: return R"({"type":"number"})";
    case Type::Kind::text: return R"({"type":"string"})";
    case Type::Kind::id: return R"({"type":"string","pattern":"^[0-9A-HJKMNP-TV-Z]{13}$"})";
    case Type::Kind::instant: return R"({"type":"string","format":"date-time"})";
    case Type::Kind::day: return R"({"type":"string","format":"date"})";
    case Type::Kind::temperature: return R"({"type":"number","multipleOf":0.1})";
    case Type::Kind::choice: {
      std::string words;
      for (const std::string& one : type.choices) words += (words.empty() ? "" : ",") + quoted(one);
      return R"({"type":"string","enum":[)" + words + "]}";
    }
    case Type::Kind::list: {
      std::string element = json_schema(type.element.front());
      if (type.element.front().optional)
        element = R"({"anyOf":[)" + element + R"(,{"type":"null"}]})";
      return R"({"type":"array","items":)" + element + '}';
    }
    case Type::Kind::object: return object_schema(type);
  }
  return "{}";
}

std::string typescript(const Type& type, int indent) {
  switch (type.kind) {
    case Type::Kind::boolean: return "boolean";
    case Type::Kind::integer:
    case Type::Kind::number:
    case Type::Kind::temperature: return "number";
    case Type::Kind::text: return "string";
    case Type::Kind::id: return "Id";
    case Type::Kind::instant: return "Instant";
    case Type::Kind::day: return "Day";
    case Type::Kind::choice: {
      std::string words;
      for (const std::string& one : type.choices)
        words += (words.empty() ? "" : " | ") + quoted(one);
      return words;
    }
    case Type::Kind::list: {
      const Type& element = type.element.front();
      return "Array<" + typescript(element, indent) + (element.optional ? " | null>" : ">");
    }
    case Type::Kind::object: break;
  }
  const std::string inner(static_cast<std::size_t>(indent) + 2, ' ');
  std::string text = "{\n";
  for (const Type& field : type.fields) {
    text += inner + field.name + (field.optional ? "?: " : ": ") + typescript(field, indent + 2) +
            ";\n";
  }
  return text + std::string(static_cast<std::size_t>(indent), ' ') + "}";
}

}  // namespace doorstep::api
