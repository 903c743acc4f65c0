#pragma once
/// \file A run as its carrier sees it, on a phone or on paper: door by door from the top, with what to know
/// at each. No name of anybody, nothing of their health, not what is in the bag.

#include <string>
#include <vector>

#include "care/delivery/actions.h"
#include "care/registry/access_needs.h"

namespace doorstep::delivery {

struct SheetParcel {
  Id<Parcel> id{};
  std::string code = {};
  Class kind = Class::parcel;
  Goods goods = Goods::daily;
  State state = State::expected;
  std::int64_t number = 1;
  std::int64_t of = 1;
  std::int64_t weight_g = 0;

  void fields(auto& f) {
    f("id", id);
    f("code", code);
    f("class", kind);
    f("goods", goods);
    f("state", state);
    f("number", number);
    f("of", of);
    f("weight_g", weight_g);
  }
};

struct SheetStop {
  std::string path = {};
  Id<access::Household> household{};
  std::string door = {};   ///< "301".
  std::string whole = {};  ///< "10栋2单元301".
  std::int64_t floor = 0;
  std::string notes = {};  ///< What to know at the door.
  /// What somebody there cannot do, and their language; absent where nothing was said (N25).
  std::optional<registry::AccessNeeds> access = {};
  /// For a keypad without signal: 8 bits of a typed code's digest (door_check), which find most errors and
  /// leave 4,096 codes that it could be; whether it is this door's the server says.
  std::string door_check = {};
  std::vector<SheetParcel> parcels = {};

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("whole", whole, api::Class::door);
    f("floor", floor);
    f("notes", notes, api::Class::door);
    f("access", access, api::Class::door);
    f("door_check", door_check, api::Class::door);
    f("parcels", parcels);
  }
};

struct RunSheet {
  std::string path = {};
  Id<Run> id{};
  RunState state = RunState::planned;
  std::string community = {};
  std::string zone = {};
  std::string carrier_name = {};
  std::string helper_name = {};
  std::string building = {};
  std::string entrance = {};
  std::string from = {};
  Instant leave{};
  Instant due{};
  Instant now{};
  std::string epoch = {};  ///< store/restored.h
  std::int64_t helpers = 0;
  std::int64_t version = 0;
  std::string duty_phone = {};
  std::string emergency_phone = {};
  std::vector<SheetStop> stops = {};
  std::vector<std::string> receipts = {};  ///< Keys of every action of this run that is kept here.
  std::optional<Instant> expires_at = {};  ///< When the phone forgets it.

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("state", state);
    f("community", community);
    f("zone", zone);
    f("carrier_name", carrier_name);
    f("helper_name", helper_name);
    f("building", building);
    f("entrance", entrance);
    f("from", from);
    f("leave", leave);
    f("due", due);
    f("now", now);
    f("epoch", epoch);
    f("helpers", helpers);
    f("version", version);
    f("duty_phone", duty_phone);
    f("emergency_phone", emergency_phone);
    f("stops", stops);
    f("receipts", receipts);
    f("expires_at", expires_at);
  }
};

/// Two hexadecimal digits: the first byte of SHA-256 of "door check 1", the household's id as text and the
/// code, with a line break between.
[[nodiscard]] std::string door_check(Id<access::Household> household, std::string_view code);

/// Errors: those of the rule pack.
Result<RunSheet> sheet_of(const api::Context& context, const RunRow& run);

}  // namespace doorstep::delivery
