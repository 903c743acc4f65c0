#pragma once
/// \file What the benchmarks of the whole house share: residents' links, their check-ins, times.

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "app/installation.h"
#include "app/server_process.h"
#include "base/id.h"
#include "base/rng.h"
#include "net/client.h"

namespace doorstep::app {

using Steady = std::chrono::steady_clock;

inline double seconds_since(Steady::time_point began) {
  return std::chrono::duration<double>(Steady::now() - began).count();
}

inline double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

struct Link {
  std::string token;
  std::int64_t household = 0;
};

/// One link for each of the first `wanted` households. `community`: "community=ID", or empty where
/// there is one.
inline std::vector<Link> make_links(const std::string& socket, std::size_t wanted,
                                    const std::string& community = {}) {
  net::Client desk = net::Client::local(socket);
  SystemRng rng;
  api::Request list;
  list.path = "/api/v1/households";
  list.query = "limit=" + std::to_string(wanted) + (community.empty() ? "" : "&") + community;
  const auto page = boost::json::parse(desk.call(list)->body);
  std::vector<Link> links;
  for (const auto& row : page.at("rows").as_array()) {
    const auto id = boost::json::value_to<std::string>(row.at("id"));
    api::Request request;
    request.method = api::Method::post;
    request.path = "/api/v1/households/" + id + "/links";
    request.query = community;
    request.body = R"({"name":"bench"})";
    request.idempotency_key = new_request_key(rng, SystemClock{}.now());
    const auto made = boost::json::parse(desk.call(request)->body);
    links.push_back({boost::json::value_to<std::string>(made.at("token")), *id_from_text(id)});
  }
  return links;
}

inline Result<net::ClientResponse> say_fine(net::Client& client, const Link& link,
                                            const std::string& key) {
  return client.send("POST", "/api/v1/check-ins",
                     {{"Authorization", "Link " + link.token},
                      {"Idempotency-Key", key},
                      {"Content-Type", "application/json"}},
                     R"({"wellbeing":"fine"})");
}

}  // namespace doorstep::app
