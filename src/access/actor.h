#pragma once
/// \file Actor: who is asking. Scope: how far they see, and which fields.

#include <string>
#include <vector>

#include "access/field_class.h"
#include "access/role.h"
#include "base/id.h"
#include "base/result.h"
#include "store/store.h"

namespace doorstep::access {

struct Account;
struct Link;
struct Community;
struct Place;
struct Household;

/// A role on everything below a path, in force now.
struct Grant {
  Role role = Role::volunteer;
  std::string path = {};
};

struct Actor {
  std::int64_t id = 0;  ///< Account or link; 0 for the operator at the shell.
  Id<Community> community{};
  std::vector<Grant> grants = {};
  Id<Household> household{};  ///< Set for a resident's link.
  bool demo = false;          ///< A well-known account of demo data.

  [[nodiscard]] bool is_link() const { return static_cast<bool>(household); }
};

/// What the actor's present action reaches.
struct Scope {
  Id<Community> community{};
  std::vector<std::string> prefixes = {};  ///< Place paths; "" is the whole community.
  Classes classes = {};

  [[nodiscard]] bool covers(std::string_view path) const;
  [[nodiscard]] bool whole() const { return covers(""); }
  /// Covers the path, or lies below it: who is on duty for the grid is on duty for its buildings.
  [[nodiscard]] bool touches(std::string_view path) const;

  /// `{places}`, `{households}`, `{observations}`, `{grants}`, `{duties}`: the rows of those tables inside the
  /// scope. A table takes part by having community_id and path.
  [[nodiscard]] store::Relations relations() const;
};

/// The community's row, read along with the actor.
struct CommunityRow {
  Id<Community> id{};
  std::string name = {};
  std::string zone = {};
  std::string rules_hash = {};
};

struct Known {
  Actor actor;
  CommunityRow community;
};

/// By session token. Errors: unauthenticated "session.none" (unknown, ended or expired).
Result<Known> find_by_session(store::Snapshot& db, const std::string& pepper,
                              std::string_view token, Instant now);

/// By link token. Errors: unauthenticated "link.unknown", "link.revoked".
Result<Known> find_by_link(store::Snapshot& db, const std::string& pepper, std::string_view token);

/// The operator, in the named community, or in the only one where `community` is zero.
/// Errors: not_found "community.unknown", invalid "community.several".
Result<Known> find_operator(store::Snapshot& db, Id<Community> community);

/// The grants of an account that are in force.
std::vector<Grant> grants_of(store::Snapshot& db, Id<Community> community, std::int64_t account,
                             Instant now);

}  // namespace doorstep::access
