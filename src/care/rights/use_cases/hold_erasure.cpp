/// \file Keep somebody whom the clock would erase, for a reason; or let the clock go on.

#include "care/rights/erasure.h"

namespace doorstep::rights {

enum class Hold : std::uint8_t { complaint, court, medical, mistake, none };

}  // namespace doorstep::rights

template <>
struct doorstep::api::Choices<doorstep::rights::Hold> {
  static constexpr std::array words{"complaint", "court", "medical", "mistake", "none"};
};

namespace doorstep::rights {
namespace {

struct Request {
  Id<Erasure> erasure;
  Hold reason = Hold::none;  ///< None: it is held no longer.
  void fields(auto& f) {
    f("erasure", erasure);
    f("reason", reason);
  }
};

/// Errors: not_found "erasure.unknown"; conflict "erasure.done".
Result<api::Nothing> hold(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT state, person_id FROM erasure WHERE community_id = $1 AND id = $2",
                       {context.community.id, request.erasure});
  if (!row) return Error{ErrorKind::not_found, "erasure.unknown"};
  if (row->text(0) == "done") return Error{ErrorKind::conflict, "erasure.done"};
  const bool held = request.reason != Hold::none;
  const Day again =
      context.today() + std::chrono::days{TRY(period_days(context.rules(), "notice"))};
  context.tx.run(
      "UPDATE erasure SET state = $3, hold_reason = $4, planned_on = $5 WHERE community_id = $1"
      " AND id = $2",
      {context.community.id, request.erasure, held ? "held" : "planned",
       held ? store::Value(api::word(request.reason)) : store::Value(),
       held ? store::Value() : store::Value(again)});
  context.journal("erasure.held", row->integer(1), "",
                  R"({"erasure":")" + to_text(request.erasure) + R"(","reason":")" +
                      std::string(api::word(request.reason)) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint hold_erasure() {
  return api::command(api::Method::post, "/api/v1/erasures/{erasure}/hold", "erasure.hold",
                      "Keep somebody whom the clock would erase", hold);
}

}  // namespace doorstep::rights
