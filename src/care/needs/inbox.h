#pragma once
/// \file Rows of the inbox: what is asked, for whom, how pressing, whose it is.

#include "care/needs/need.h"

namespace doorstep::needs {

struct InboxRow {
  std::string path;
  Id<Need> id;
  std::optional<Id<access::Household>> household;
  std::optional<Id<access::Place>> dwelling;
  std::string door;
  std::string text;       ///< The first words of it.
  std::string asked_for;  ///< A door as it was written, where none is known.
  NeedClass of = NeedClass::other;
  std::string service;
  Urgency urgency = Urgency::routine;
  State state = State::waiting;
  Origin origin = Origin::resident;
  Channel channel = Channel::page;
  std::int64_t unread = 0;
  bool gone = false;
  std::optional<std::string> media;  ///< Of a note that nobody has typed.
  Instant asked_at{};
  Instant due{};
  std::optional<Instant> need_by;
  std::optional<Id<struct duty::Duty>> duty;
  std::string owner_name;
  std::string reason;
  std::int64_t version = 0;
  bool diet = false;  ///< For somebody ill: before ordinary purchases (D23).
  bool only_me =
      false;        ///< Private to who asked: answered to them alone, never through the household.
  std::string way;  ///< How the household gets goods by what it can: proxy, relay, self (D17).

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("text", text, api::Class::health);
    f("asked_for", asked_for, api::Class::door);
    f("class", of);
    f("service", service);
    f("urgency", urgency);
    f("state", state);
    f("origin", origin);
    f("channel", channel);
    f("unread", unread);
    f("gone", gone);
    f("media", media);
    f("asked_at", asked_at);
    f("due", due);
    f("need_by", need_by);
    f("duty", duty);
    f("owner_name", owner_name);
    f("reason", reason);
    f("version", version);
    f("diet", diet, api::Class::health);
    f("only_me", only_me);
    f("way", way);
  }
};

/// The columns of an InboxRow; from {needs} n, joined with inbox_joins.
extern const std::string inbox_columns;
extern const std::string inbox_joins;
[[nodiscard]] InboxRow inbox_row(const store::Row& row, std::size_t first = 0);
inline constexpr std::size_t inbox_column_count = 25;

}  // namespace doorstep::needs
