/// \file Say what somebody can carry, with what, and on which side of the closed loop (E18, A35).

#include <fmt/format.h>

#include "care/delivery/runs.h"
#include "care/registry/staff.h"

namespace doorstep::delivery {

enum class Vehicle : std::uint8_t { foot, cart, bicycle, motorcycle, car };

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Vehicle> {
  static constexpr std::array words{std::string_view{"foot"}, std::string_view{"cart"},
                                    std::string_view{"bicycle"}, std::string_view{"motorcycle"},
                                    std::string_view{"car"}};
};

namespace doorstep::delivery {
namespace {

constexpr std::int64_t range_m_max = 200'000;

struct Request {
  Id<Account> account;
  Vehicle vehicle = Vehicle::foot;
  std::int64_t grams = 0;
  std::int64_t millilitres = 0;
  std::optional<bool> outside;
  std::optional<std::int64_t> range_m;  ///< How far it goes in one run; absent: no limit.

  void fields(auto& f) {
    f("account", account);
    f("vehicle", vehicle);
    f("grams", grams);
    f("millilitres", millilitres);
    f("outside", outside);
    f("range_m", range_m);
  }
};

/// Errors: not_found "account.unknown"; invalid "parcel.weight", "parcel.volume" (nothing, or over what a
/// parcel may have), "carrier.range" (nothing, or over 200 km).
Result<api::Nothing> edit(api::WriteContext& context, const Request& request) {
  TRY(registry::check_account(context, request.account));
  if (request.grams <= 0 || request.grams > weight_g_max) {
    return Error{ErrorKind::invalid, "parcel.weight"};
  }
  if (request.millilitres <= 0 || request.millilitres > volume_ml_max) {
    return Error{ErrorKind::invalid, "parcel.volume"};
  }
  if (request.range_m && (*request.range_m <= 0 || *request.range_m > range_m_max)) {
    return Error{ErrorKind::invalid, "carrier.range"};
  }
  context.tx.run(
      "INSERT INTO carrier (community_id, account_id, vehicle, grams, millilitres, outside, "
      "range_m)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (community_id, account_id) DO UPDATE SET"
      " vehicle = excluded.vehicle, grams = excluded.grams, millilitres = excluded.millilitres,"
      " outside = excluded.outside, range_m = excluded.range_m",
      {context.community.id, request.account, api::word(request.vehicle), request.grams,
       request.millilitres, request.outside.value_or(false), request.range_m});
  context.journal("carrier.edited", request.account.value(), "",
                  fmt::format(R"({{"vehicle":"{}","outside":{}}})", api::word(request.vehicle),
                              request.outside.value_or(false)));
  return api::Nothing{};
}

}  // namespace

api::Endpoint edit_carrier() {
  return api::command(api::Method::post, "/api/v1/carriers", "run.edit",
                      "Say what somebody can carry", edit);
}

}  // namespace doorstep::delivery
