/// \file A thing that was lent is back, or lost (D21).

#include "care/needs/need.h"

namespace doorstep::needs {

struct Loan;

namespace {

struct Request {
  Id<Loan> loan;
  bool lost = false;
  void fields(auto& f) {
    f("loan", loan);
    f("lost", lost);
  }
};

struct Response {
  std::string state;
  void fields(auto& f) { f("state", state); }
};

/// Errors: not_found "loan.unknown"; conflict "loan.ended" (a gift, or it ended otherwise).
Result<Response> end(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT l.state, l.path FROM loan l JOIN {households} h ON h.community_id = l.community_id"
      " AND h.id = l.household_id WHERE l.id = $1",
      {request.loan});
  if (!row) return Error{ErrorKind::not_found, "loan.unknown"};
  const std::string state = request.lost ? "lost" : "returned";
  if (row->text(0) == state) return Response{state};
  if (row->text(0) != "lent") return Error{ErrorKind::conflict, "loan.ended"};
  context.tx.post("UPDATE loan SET state = $3, ended_at = $4 WHERE community_id = $1 AND id = $2",
                  {context.community.id, request.loan, state, context.now});
  context.journal("loan.ended", request.loan.value(), row->text(1),
                  R"({"state":")" + state + R"("})");
  return Response{state};
}

}  // namespace

api::Endpoint end_loan() {
  return api::command(api::Method::post, "/api/v1/loans/{loan}/end", "need.decide",
                      "A thing that was lent is back, or lost", end);
}

}  // namespace doorstep::needs
