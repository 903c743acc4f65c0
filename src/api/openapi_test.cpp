// The documents that are made of the endpoints: OpenAPI and the TypeScript declarations.

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing.h"

namespace doorstep::api {
namespace {

class Documents : public House {};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

TEST_P(Documents, OpenApiHasEveryEndpointAndItsParameters) {
  const boost::json::value document = boost::json::parse(service().openapi());
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  const boost::json::object& paths = document.at("paths").get_object();
  std::size_t operations = 0;
  for (const auto& path : paths) operations += path.value().get_object().size();
  const auto endpoints = all_endpoints();
  EXPECT_EQ(operations, endpoints.size());
  for (const Endpoint& endpoint : endpoints) {
    const std::string name = fmt::format("{} {}", to_text(endpoint.method), endpoint.path);
    const auto* path = paths.if_contains(endpoint.path);
    ASSERT_NE(path, nullptr) << name;
    const auto* operation = path->get_object().if_contains(lower(to_text(endpoint.method)));
    ASSERT_NE(operation, nullptr) << name;
    EXPECT_EQ(operation->at("summary").get_string(), endpoint.summary) << name;
    if (endpoint.door == Door::policy) {
      EXPECT_EQ(operation->at("x-action").get_string(), endpoint.action) << name;
    }
    std::size_t in_path = 0;
    for (const auto& parameter : operation->at("parameters").get_array()) {
      in_path += parameter.at("in") == "path" ? 1U : 0U;
    }
    EXPECT_EQ(std::ranges::count(endpoint.path, '{'), static_cast<std::ptrdiff_t>(in_path)) << name;
    EXPECT_TRUE(operation->at("responses").get_object().contains("200")) << name;
  }
}

TEST_P(Documents, TypeScriptDeclaresEveryCall) {
  const std::string text = service().typescript();
  for (const Endpoint& endpoint : all_endpoints()) {
    const std::string name = fmt::format("\"{} {}\": {{", to_text(endpoint.method), endpoint.path);
    EXPECT_NE(text.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(std::ranges::count(text, '{'), std::ranges::count(text, '}'));
}

DOORSTEP_ON_BOTH_ENGINES(Documents);

}  // namespace
}  // namespace doorstep::api
