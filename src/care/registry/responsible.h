#pragma once
/// \file Who is responsible for a household now: its worker; while that one is absent the deputy;
/// where there is neither, the grid head, then the team leader, then the community's manager.

#include <optional>
#include <string>
#include <string_view>

#include "api/endpoint.h"

namespace doorstep::registry {

struct Responsible {
  Id<access::Account> account{};
  std::string name = {};
  std::string phone = {};
  access::Role role = access::Role::worker;

  void fields(auto& f) {
    std::string word(access::word(role));
    f("account", account);
    f("name", name);
    f("role", word);
    f("phone", phone);
  }
};

/// The nearest grant wins: a worker of the entrance before one of the grid. Absent accounts are
/// passed over. None where nobody at all is left.
std::optional<Responsible> responsible_for(api::Context& context, std::string_view path);

/// The account that holds `role` nearest above `path` in force now, absent or not.
std::optional<Responsible> holder_of(api::Context& context, std::string_view path,
                                     access::Role role);

/// How many households of the scope have no worker of their own in force.
std::int64_t count_without_worker(api::Context& context);

}  // namespace doorstep::registry
