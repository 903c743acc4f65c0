#pragma once
/// \file House: the whole service on a fresh store, for tests. Requests go the way a client's do:
/// through routing, session or link, scope and JSON.

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "access/role.h"
#include "api/endpoint.h"
#include "api/service.h"
#include "store/jobs.h"
#include "store/testing.h"

namespace doorstep::api {

/// Who a test speaks as.
struct As {
  std::string session = {};
  std::string link = {};
  Channel channel = Channel::network;
};

/// The operator at the machine's own shell.
inline const As at_the_shell{{}, {}, Channel::control};
inline const As nobody{};

class House : public testing::TestWithParam<store::Engine> {
 public:
  ~House() override;

 protected:
  House();

  Response send(const As& as, Method method, std::string_view path, std::string_view json = {},
                std::string_view key = {});
  [[nodiscard]] Response get(const As& as, std::string_view path) {
    return send(as, Method::get, path);
  }
  Response post(const As& as, std::string_view path, std::string_view json = "{}") {
    return send(as, Method::post, path, json);
  }
  /// A file as the raw body of a POST.
  [[nodiscard]] Response upload(const As& as, std::string_view path, std::string_view bytes) {
    return send(as, Method::post, path, bytes);
  }

  /// An account that can sign in, with a role on a place path ("" is the whole community) of
  /// `community` (0: the first), and a session of it.
  As staff(access::Role role, std::string_view path = "", std::int64_t community = 0);
  /// The same with several roles, each on its path.
  As staff(const std::vector<access::Grant>& grants, std::int64_t community = 0);
  /// A second community with the same rules; returns its id.
  std::int64_t another_community(std::string_view name);

  /// Replaces the default rule pack; before the first request.
  void rules(std::string_view toml);
  [[nodiscard]] std::int64_t community() const { return community_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] Service& service() { return *service_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  void settings(Settings settings);
  /// As if a second device had opened the address just now; reach_test.cpp shows how it really comes to that.
  void prove_address(std::string_view url = "https://door.example");

  /// The one value of a query without parameters.
  [[nodiscard]] std::int64_t count(std::string_view sql);

 private:
  ManualClock clock_;
  SystemRng rng_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Service> service_;
  std::int64_t community_ = 0;
  std::int64_t logins_ = 0;
};

/// The text of a member by dotted path ("rows.0.door"), "" where there is none; numbers and booleans
/// as JSON writes them.
[[nodiscard]] std::string member(const Response& response, std::string_view path);
/// Elements of the list at `path`; 0 where there is none.
[[nodiscard]] std::size_t length(const Response& response, std::string_view path);

}  // namespace doorstep::api
