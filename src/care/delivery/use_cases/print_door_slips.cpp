/// \file What each household has at its door on paper: the code that proves that somebody was there (E22), and the
/// one address and code that it gives to every courier (E2).

#include "base/qr.h"
#include "care/delivery/actions.h"
#include "care/delivery/points.h"

namespace doorstep::delivery {
namespace {

constexpr std::int64_t households_max = 500;

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

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("label", label, api::Class::door);
    f("door_code", door_code, api::Class::door);
    f("courier_code", courier_code);
    f("qr", qr);
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

/// In delivery order. Errors: not_found "place.unknown"; too_large "link.too_many".
Result<DoorSlips> print(api::Context& context, const Request& request) {
  const auto place =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  const auto rows = context.db.query(
      "SELECT h.id, h.path, h.door, h.label FROM {households} h WHERE h.path >= $1 AND h.path < $2"
      " AND h.ended_at IS NULL ORDER BY h.path LIMIT $3",
      {place->text(0), access::path_end(place->text(0)), households_max + 1});
  if (std::cmp_greater(rows.size(), households_max)) {
    return Error{ErrorKind::too_large, "link.too_many"};
  }
  DoorSlips slips;
  const auto point = find_point(context, std::nullopt);
  if (point.ok()) slips.address = context.community.name + point->name;
  for (const store::Row& row : rows) {
    const auto household = row.id<access::Household>(0);
    slips.rows.push_back({row.text(1), household, row.text(2), row.text(3),
                          door_code(context, household), to_text(household),
                          qr_rows(to_text(household))});
  }
  return slips;
}

}  // namespace

api::Endpoint print_door_slips() {
  return api::query("/api/v1/places/{place}/door-slips", "link.issue",
                    "What each household has at its door on paper", print);
}

}  // namespace doorstep::delivery
