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
struct Run;

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
  Id<Run> run{};              ///< Set for a run's link; the id is then its carrier's account.

  [[nodiscard]] bool is_link() const { return static_cast<bool>(household); }
};

/// What one grant reaches, and what it lets its holder read there.
struct Reach {
  std::string prefix = {};  ///< A place path; "" is the whole community.
  Classes classes = {};
};

/// What the actor's present action reaches. Each place is read with the classes of the grants that
/// cover it: a worker of one building who is a volunteer in the next reads no health there.
struct Scope {
  Id<Community> community{};
  std::vector<Reach> reaches = {};
  std::int64_t link =
      0;  ///< Of a household: what is private to another of its links is not there for it.

  [[nodiscard]] bool covers(std::string_view path) const;
  [[nodiscard]] bool whole() const { return covers(""); }
  /// Covers the path, or lies below it: who is on duty for the grid is on duty for its buildings.
  [[nodiscard]] bool touches(std::string_view path) const;

  /// What may be read of that which lies at `path`; nothing outside the scope.
  [[nodiscard]] Classes classes_at(std::string_view path) const;
  /// What may be read wherever the scope reaches: of that which lies at no one place.
  [[nodiscard]] Classes classes_everywhere() const;
  /// What may be read somewhere in the scope.
  [[nodiscard]] Classes classes_somewhere() const;

  /// `{places}`, `{households}`, `{observations}`, `{grants}`, `{needs}`, `{orders}`, `{parcels}`, `{runs}`: the rows of those inside the
  /// scope. A table takes part by having community_id and path. `{households_name}`,
  /// `{households_contact}`, `{observations_health}`: where that class may be read as well, for what
  /// is counted or looked up by it. `{duties}`: those whose own class may be read where they lie.
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

/// By link token, of a household or of a run. Errors: unauthenticated "link.unknown", "link.revoked",
/// "link.expired" (of a run: some hours after the shift it was for).
Result<Known> find_by_link(store::Snapshot& db, const std::string& pepper, std::string_view token,
                           Instant now);

/// The operator, in the named community, or in the only one where `community` is zero.
/// Errors: not_found "community.unknown", invalid "community.several".
Result<Known> find_operator(store::Snapshot& db, Id<Community> community);

/// The grants of an account that are in force.
std::vector<Grant> grants_of(store::Snapshot& db, Id<Community> community, std::int64_t account,
                             Instant now);

}  // namespace doorstep::access
