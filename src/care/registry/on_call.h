#pragma once
/// \file Who is on duty at this moment: a shift in force whose holder is not absent.

#include "access/accounts.h"
#include "api/endpoint.h"

namespace doorstep::registry {

struct OnCall {
  Id<access::Account> account{};
  std::string name = {};
  std::string role = {};
  std::string phone = {};
  std::string place_name = {};
  Instant until{};

  void fields(auto& f) {
    f("account", account);
    f("name", name);
    f("role", role);
    f("phone", phone);
    f("place_name", place_name);
    f("until", until);
  }
};

/// Who is on duty for a place of the scope, or for one that holds it. Sorted by place, then by who
/// stays longest.
std::vector<OnCall> on_call_now(api::Context& context);

}  // namespace doorstep::registry
