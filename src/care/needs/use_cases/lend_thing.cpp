/// \file Somebody gives or lends what is needed: the need is met, and a loan says whose it is and whether
/// it came back (D21).
///
/// Source: 「将自己新買的耳機送到了這名老師家中」 (S0).

#include <fmt/format.h>

#include "care/needs/need.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::needs {

struct Loan;

namespace {

struct Request {
  Id<Need> need;
  std::string thing;
  bool gift = false;
  std::optional<Id<access::Account>> lender;  ///< Absent: the actor, where no name is said.
  std::optional<std::string> lender_name;     ///< A neighbour without an account.
  std::optional<Instant> due;                 ///< Of a loan: when it is to be back.

  void fields(auto& f) {
    f("need", need);
    f("thing", thing);
    f("gift", gift);
    f("lender", lender);
    f("lender_name", lender_name);
    f("due", due);
  }
};

struct Response {
  Id<Loan> id;
  std::string state;
  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

/// Errors: not_found "need.unknown", "account.unknown"; conflict "need.closed", "need.no_door", "need.private"; invalid
/// "loan.thing", "loan.lender", "loan.due" (not after now, or of a gift).
Result<Response> lend(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (!is_open(need->state)) return Error{ErrorKind::conflict, "need.closed"};
  if (!need->household) return Error{ErrorKind::conflict, "need.no_door"};
  if (need->only_me) return Error{ErrorKind::conflict, "need.private"};
  const std::string thing = TRY(registry::clean_text(request.thing, 60, "loan.thing"));
  if (thing.empty()) return Error{ErrorKind::invalid, "loan.thing"};
  const std::string name =
      TRY(registry::clean_text(request.lender_name.value_or(""), 60, "loan.lender"));
  if (request.due && (request.gift || *request.due <= context.now)) {
    return Error{ErrorKind::invalid, "loan.due"};
  }
  std::int64_t lender = name.empty() ? context.actor.id : 0;
  if (request.lender) {
    TRY(registry::check_account(context, *request.lender));
    lender = request.lender->value();
  }
  const Response made{context.new_id<Loan>(), request.gift ? "given" : "lent"};
  context.tx.post(
      "INSERT INTO loan (community_id, id, need_id, household_id, path, lender_id, lender, thing,"
      " kind, state, due_at, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {context.community.id, made.id, need->id, need->household, need->path, lender, name, thing,
       request.gift ? "gift" : "loan", made.state, request.due, context.now});
  context.journal("loan.made", made.id.value(), need->path,
                  fmt::format(R"({{"need":"{}","state":"{}"}})", to_text(need->id), made.state));
  change(context, *need, State::done, request.gift ? "given" : "lent", "");
  return made;
}

}  // namespace

api::Endpoint lend_thing() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/loan", "need.decide",
                      "Meet a need with a loan or a gift", lend);
}

}  // namespace doorstep::needs
