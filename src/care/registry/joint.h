#pragma once
/// \file The joint group of a household (A23): a doctor, the police, a community worker stand together for
/// it. Each sees what the role of their grant shows, and all of them the same entries in the same order.

#include <array>
#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::registry {

struct JointPart;

enum class Profession : std::uint8_t { doctor, police, community_worker, counsellor, other };

/// The role in which a profession looks at the household: the police read no health.
[[nodiscard]] constexpr access::Role role_of(Profession profession) {
  switch (profession) {
    case Profession::doctor:
    case Profession::community_worker:
    case Profession::counsellor: return access::Role::social_worker;
    case Profession::police: return access::Role::captain;
    case Profession::other: break;
  }
  return access::Role::volunteer;
}

struct JointMember {
  Id<JointPart> id{};
  Id<access::Account> account{};
  Profession profession = Profession::other;
  std::string name = {};
  std::string phone = {};

  void fields(auto& f) {
    f("id", id);
    f("account", account);
    f("profession", profession);
    f("name", name);
    f("phone", phone);
  }
};

/// Who stands together for it now, in the order in which they came.
std::vector<JointMember> joint_group(const api::Context& context, Id<access::Household> household);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Profession> {
  static constexpr std::array words{std::string_view{"doctor"}, std::string_view{"police"},
                                    std::string_view{"community_worker"},
                                    std::string_view{"counsellor"}, std::string_view{"other"}};
};
