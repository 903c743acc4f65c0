/// \file Record that someone is away: what they are responsible for passes to the deputy (A17).

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Account> account;
  Instant from{};
  Instant until{};

  void fields(auto& f) {
    f("account", account);
    f("from", from);
    f("until", until);
  }
};

struct Recorded {
  Id<struct Absence> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "absence.dates"; not_found "account.unknown".
Result<Recorded> record(api::WriteContext& context, const Request& request) {
  TRY(check_account(context, request.account));
  if (request.until <= request.from) return Error{ErrorKind::invalid, "absence.dates"};
  const auto id = context.new_id<Absence>();
  context.tx.post(
      "INSERT INTO absence (community_id, id, account_id, from_at, until_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {context.community.id, id, request.account, request.from, request.until});
  context.journal(
      "absence.recorded", request.account.value(), "",
      R"({"from":")" + to_text(request.from) + R"(","until":")" + to_text(request.until) + R"("})");
  return Recorded{id};
}

}  // namespace

api::Endpoint record_absence() {
  return api::command(api::Method::post, "/api/v1/absences", "absence.edit",
                      "Record that someone is away", record);
}

}  // namespace doorstep::registry
