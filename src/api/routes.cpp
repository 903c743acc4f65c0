#include "api/routes.h"

#include <algorithm>
#include <set>

#include "api/endpoint.h"
#include "base/bytes.h"
#include "base/check.h"

namespace doorstep::api {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const auto slash = path.find('/');
    if (slash != 0) segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      out += ' ';
    } else if (text[at] != '%') {
      out += text[at];
    } else {
      const auto byte = from_hex(text.substr(at + 1, 2));
      if (!byte || byte->size() != 1) return std::nullopt;
      out += *byte;
      at += 2;
    }
  }
  return out;
}

std::vector<const Endpoint*> by_path(const std::vector<Endpoint>& endpoints) {
  std::vector<const Endpoint*> sorted;
  for (const Endpoint& endpoint : endpoints) sorted.push_back(&endpoint);
  std::ranges::sort(sorted, [](const Endpoint* a, const Endpoint* b) {
    return std::pair(a->path, a->method) < std::pair(b->path, b->method);
  });
  return sorted;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

bool in_path(const Endpoint& endpoint, const std::string& field) {
  return endpoint.path.find('{' + field + '}') != std::string::npos;
}

std::string operation(const Endpoint& endpoint) {
  Writer out;
  out.open('{');
  out("summary", endpoint.summary);
  if (!endpoint.action.empty()) out("x-action", endpoint.action);
  out.key("parameters");
  out.open('[');
  Type body{.kind = Type::Kind::object};
  for (const Type& field : endpoint.request.fields) {
    const bool path = in_path(endpoint, field.name);
    if (!path && endpoint.method != Method::get && !endpoint.takes_raw) {
      body.fields.push_back(field);
      continue;
    }
    out.separate();
    out.open('{');
    out("name", field.name);
    out("in", std::string(path ? "path" : "query"));
    out("required", path || !field.optional);
    out.key("schema");
    out.raw(json_schema(field));
    out.close('}');
  }
  out.close(']');
  if (!body.fields.empty()) {
    out.key("requestBody");
    out.raw(R"({"required":true,"content":{"application/json":{"schema":)" + json_schema(body) +
            "}}}");
  }
  out.key("responses");
  out.raw(R"({"200":{"description":"done","content":{"application/json":{"schema":)" +
          json_schema(endpoint.response) +
          R"(}}},"default":{"description":"problem","content":{"application/problem+json":)" +
          R"({"schema":{"$ref":"#/components/schemas/Problem"}}}}})");
  out.close('}');
  return out.take();
}

}  // namespace

Parameters query_parameters(std::string_view query) {
  Parameters pairs;
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    const auto equals = pair.find('=');
    const auto name = percent_decoded(pair.substr(0, equals));
    const auto value = percent_decoded(equals == std::string_view::npos ? std::string_view{}
                                                                        : pair.substr(equals + 1));
    if (name && value && !name->empty()) pairs.emplace_back(*name, *value);
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return pairs;
}

Routes::Routes(const std::vector<Endpoint>& endpoints) {
  std::set<std::string> seen;
  for (std::size_t at = 0; at < endpoints.size(); ++at) {
    Route route{endpoints[at].method, split(endpoints[at].path), at};
    std::string shape(to_text(route.method));
    for (const std::string& segment : route.segments) {
      shape += '/' + (is_parameter(segment) ? std::string("{}") : segment);
    }
    CHECK(seen.insert(shape).second);
    routes_.push_back(std::move(route));
  }
  // A literal segment wins over a parameter: "/imports/latest" before "/imports/{import}".
  std::ranges::sort(routes_, {}, [](const Route& route) {
    return std::pair(std::ranges::count_if(route.segments, is_parameter), route.endpoint);
  });
}

Result<Routes::Match> Routes::find(Method method, std::string_view path) const {
  const std::vector<std::string> segments = split(path);
  bool other_method = false;
  for (const Route& route : routes_) {
    if (route.segments.size() != segments.size()) continue;
    Match match{route.endpoint};
    bool same = true;
    for (std::size_t at = 0; at < segments.size() && same; ++at) {
      const std::string& pattern = route.segments[at];
      if (is_parameter(pattern)) {
        match.parameters.emplace_back(pattern.substr(1, pattern.size() - 2), segments[at]);
      } else {
        same = pattern == segments[at];
      }
    }
    if (same && route.method == method) return match;
    other_method = other_method || same;
  }
  if (other_method) return Error{ErrorKind::invalid, "http.method"};
  return Error{ErrorKind::not_found, "http.not_found"};
}

std::string openapi_document(const std::vector<Endpoint>& endpoints) {
  Writer out;
  out.open('{');
  out("openapi", std::string("3.1.0"));
  out.key("info");
  out.raw(R"({"title":"doorstep","version":")" DOORSTEP_VERSION R"("})");
  out.key("paths");
  out.open('{');
  std::string open_path;
  for (const Endpoint* endpoint : by_path(endpoints)) {
    if (endpoint->path != open_path) {
      if (!open_path.empty()) out.close('}');
      open_path = endpoint->path;
      out.key(open_path);
      out.open('{');
    }
    out.key(lower(to_text(endpoint->method)));
    out.raw(operation(*endpoint));
  }
  if (!open_path.empty()) out.close('}');
  out.close('}');
  out.key("components");
  out.raw(R"({"schemas":{"Problem":{"type":"object","properties":{"type":{"type":"string"},)"
          R"("title":{"type":"string"},"status":{"type":"integer"},"code":{"type":"string"},)"
          R"("hint":{"type":"string"}},"required":["type","title","status","code"]}}})");
  out.close('}');
  return out.take();
}

std::string typescript_declarations(const std::vector<Endpoint>& endpoints) {
  std::string out =
      "// Made by `doorstep openapi --typescript`; do not edit.\n\n"
      "/** 13 characters of base32. */\nexport type Id = string;\n"
      "/** RFC 3339, UTC. */\nexport type Instant = string;\n"
      "/** YYYY-MM-DD. */\nexport type Day = string;\n\n"
      "export interface Problem {\n  type: string;\n  title: string;\n  status: number;\n"
      "  code: string;\n  hint?: string;\n}\n\n"
      "/** Every call, by method and path. */\nexport interface Api {\n";
  for (const Endpoint* endpoint : by_path(endpoints)) {
    out += "  /** " + endpoint->summary + " */\n  \"" + std::string(to_text(endpoint->method)) +
           " " + endpoint->path + "\": {\n    request: " + typescript(endpoint->request, 4) +
           ";\n    response: " + typescript(endpoint->response, 4) + ";\n  };\n";
  }
  return out + "}\n";
}

}  // namespace doorstep::api
