/// \file The receiver takes somebody over: from now on they live here, are asked here, and nobody is two
/// persons.

#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Transfer> transfer;
  Id<access::Household> household;      ///< Where they live now.
  std::optional<std::string> relation;  ///< In the household.
  std::optional<Day> on;                ///< None: today.

  void fields(auto& f) {
    f("transfer", transfer);
    f("household", household);
    f("relation", relation);
    f("on", on);
  }
};

/// Errors: not_found "transfer.unknown", "household.unknown"; invalid "person.relation",
/// "residence.on" (in the future, or before they moved in where they lived); conflict "transfer.answered".
Result<api::Nothing> accept(api::WriteContext& context, const Request& request) {
  const auto transfer = TRY(some(find_arriving(context, request.transfer), "transfer.unknown"));
  const auto home =
      TRY(some(registry::find_household(context, request.household), "household.unknown"));
  if (home.ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string relation = TRY(registry::clean_text(
      request.relation.value_or(""), registry::relation_length_max, "person.relation"));
  const Day on = request.on.value_or(context.today());
  if (on > context.today()) return Error{ErrorKind::invalid, "residence.on"};
  for (const auto& left :
       registry::current_residences(context.db, transfer.from, transfer.person)) {
    if (on < left.from_on) return Error{ErrorKind::invalid, "residence.on"};
  }
  TRY(answer(context, transfer, TransferState::accepted));
  TRY(take_over(context, transfer, home, relation, on));
  return api::Nothing{};
}

}  // namespace

api::Endpoint accept_transfer() {
  return api::command(api::Method::post, "/api/v1/arrivals/{transfer}/accept", "transfer.answer",
                      "Take somebody over who moves here", accept);
}

}  // namespace doorstep::observation
