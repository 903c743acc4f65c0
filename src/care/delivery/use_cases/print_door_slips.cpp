/// \file What each household has at its door on paper: the code that proves that somebody was there (E22), and the
/// one address and code that it gives to every courier (E2).

#include "base/qr.h"
#include "care/delivery/actions.h"
#include "care/delivery/points.h"
#include "care/registry/papers.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<access::Place> place;
  void fields(auto& f) { f("place", place); }
};

struct DoorSlip {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::string label;
  std::string door_code;  ///< Read off the door or typed by who brings goods.
  std::string
      courier_code;  ///< On what couriers bring: a scan or the typed code finds the household.
  std::vector<std::string> qr;
  /// The slip with their link is from before slips bore a code for the building's claim link: it may be made anew.
  bool uncoded = false;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("door_code", door_code, api::Class::door);
    f("courier_code", courier_code);
    f("qr", qr);
    f("uncoded", uncoded);
  }
};

struct DoorSlips {
  std::string address;  ///< Of the receiving point; "" where there is none or more than one.
  std::vector<DoorSlip> rows;

  void fields(auto& f) {
    f("address", address);
    f("rows", rows);
  }
};

/// In the order in which somebody walks the doors. Errors: those of registry::doors_to_walk().
Result<DoorSlips> print(api::Context& context, const Request& request) {
  DoorSlips slips;
  const auto doors = TRY(registry::doors_to_walk(context, request.place));
  const auto place =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place});
  const auto uncoded = registry::slips_without_code(context, place->text(0));
  const auto point = find_point(context, std::nullopt);
  if (point.ok()) slips.address = context.community.name + point->name;
  for (const registry::SlipDoor& one : doors) {
    slips.rows.push_back({one.path, one.household, one.door, one.label,
                          door_code(context, one.household), to_text(one.household),
                          qr_rows(to_text(one.household)),
                          uncoded.contains(one.household.value())});
  }
  return slips;
}

}  // namespace

api::Endpoint print_door_slips() {
  return api::query("/api/v1/places/{place}/door-slips", "link.issue",
                    "What each household has at its door on paper", print);
}

}  // namespace doorstep::delivery
