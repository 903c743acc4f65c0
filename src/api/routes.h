#pragma once
/// \file From a method and a path to an endpoint; and the documents made of the endpoint table.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/message.h"
#include "base/result.h"

namespace doorstep::api {

struct Endpoint;

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Percent-decoded name=value pairs; "+" is a space. Undecodable pairs are dropped.
[[nodiscard]] Parameters query_parameters(std::string_view query);

class Routes {
 public:
  /// Requires that no two endpoints have the same method and shape of path.
  explicit Routes(const std::vector<Endpoint>& endpoints);

  struct Match {
    std::size_t endpoint = 0;
    Parameters parameters = {};
  };
  /// Errors: not_found "http.not_found", invalid "http.method".
  [[nodiscard]] Result<Match> find(Method method, std::string_view path) const;

 private:
  struct Route {
    Method method;
    std::vector<std::string> segments;  ///< "{name}" for a parameter.
    std::size_t endpoint;
  };
  std::vector<Route> routes_;
};

[[nodiscard]] std::string openapi_document(const std::vector<Endpoint>& endpoints);
[[nodiscard]] std::string typescript_declarations(const std::vector<Endpoint>& endpoints);

}  // namespace doorstep::api
