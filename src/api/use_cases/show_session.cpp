/// \file Who is signed in, where, and what day it is there.

#include <set>

#include "api/reach.h"
#include "base/rule_keys.h"

namespace doorstep::api {
namespace {

struct AccountView {
  Id<access::Account> id;
  std::string name;
  std::string login;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("login", login);
  }
};

struct CommunityView {
  Id<Community> id;
  std::string name;
  std::string zone;
  bool control = true;  ///< Its rule pack keeps people in: without it no page offers that (N29).
  bool care_windows = false;  ///< Its day is made of care calls in windows.
  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("zone", zone);
    f("control", control);
    f("care_windows", care_windows);
  }
};

/// A household that is open to this account for now, in an emergency.
struct OpeningView {
  Id<struct Opening> id;
  Id<Place> dwelling;
  std::string door;
  Instant until{};
  void fields(auto& f) {
    f("id", id);
    f("dwelling", dwelling);
    f("door", door);
    f("until", until);
  }
};

struct SessionView {
  AccountView account;
  CommunityView community;
  std::vector<std::string> roles;
  Day today{};
  Instant now{};
  bool demo = false;
  ReachMode reach = ReachMode::local;  ///< A page offers nothing that this mode does not have (N1).
  std::vector<OpeningView> openings;
  void fields(auto& f) {
    f("account", account);
    f("community", community);
    f("roles", roles);
    f("today", today);
    f("now", now);
    f("demo", demo);
    f("reach", reach);
    f("openings", openings);
  }
};

Result<SessionView> show(Context& context, const Nothing&) {
  if (context.actor.is_link()) return Error{ErrorKind::forbidden, "access.denied"};
  SessionView view;
  const auto row =
      context.db.first("SELECT id, name, login FROM account WHERE id = $1", {context.actor.id});
  if (row) view.account = {row->id<access::Account>(0), row->text(1), row->text(2)};
  const auto kind = context.rules().string("kind");
  view.community = {context.community.id, context.community.name, context.community.zone.name(),
                    !kind.ok() || *kind != care_kind, context.rules().count("care.windows") > 0};
  std::set<std::string> roles;
  for (const access::Grant& grant : context.actor.grants) {
    if (grant.role == access::Role::opener) continue;  // Said below, with its end.
    roles.insert(std::string(access::word(grant.role)));
  }
  view.roles.assign(roles.begin(), roles.end());
  view.today = context.today();
  view.now = context.now;
  view.demo = context.settings.demo;
  for (const store::Row& open : context.db.query(
           "SELECT o.id, h.dwelling_id, h.door, o.until_at FROM opening o JOIN household h"
           " ON h.community_id = o.community_id AND h.id = o.household_id"
           " WHERE o.community_id = $1 AND o.account_id = $2 AND o.opened_at <= $3"
           " AND o.until_at > $3 AND o.ended_at IS NULL ORDER BY o.id",
           {context.community.id, context.actor.id, context.now})) {
    view.openings.push_back(
        {open.id<Opening>(0), open.id<Place>(1), open.text(2), open.instant(3)});
  }
  view.reach = reach_of(context.db, context.settings.public_url).mode;
  return view;
}

}  // namespace

Endpoint show_session() {
  Endpoint made = query("/api/v1/session", "", "Who is signed in", show);
  made.door = Door::signed_in;
  return made;
}

}  // namespace doorstep::api
