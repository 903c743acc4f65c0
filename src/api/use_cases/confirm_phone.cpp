/// \file Type at the desk the number that the phone shows.

#include "api/enrolment.h"
#include "api/phone_sign_in.h"

namespace doorstep::api {
namespace {

struct NumberRequest {
  std::string token;
  std::int64_t number = 0;
  void fields(auto& f) {
    f("token", token);
    f("number", number);
  }
};

Response run(Direct& direct, const NumberRequest& request) {
  bool wrong = false;
  const auto outcome = direct.store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const OwnSession own = TRY(own_session(tx, direct));
    TRY(shown_phone(tx, direct, own, request.token));
    const PhoneRow row = TRY(live_phone(tx, direct, request.token));
    if (row.confirmed) return store::Answer{to_json(SignedIn{})};
    if (!row.claimed) return Error{ErrorKind::conflict, "phone.not_opened"};
    wrong = row.number != request.number;
    if (wrong) {
      tx.run("UPDATE phone_sign_in SET tries = tries + 1 WHERE token_hash = $1", {row.token});
      if (row.tries + 1 >= phone_tries_max) void_phone(tx, direct, row);
      return store::Answer{};
    }
    tx.run("UPDATE phone_sign_in SET confirmed_at = $2 WHERE token_hash = $1",
           {row.token, direct.now});
    tx.journal({own.community.value(), own.account.value(), "session.phone_confirmed",
                own.account.value(), "~"});
    return store::Answer{to_json(SignedIn{})};
  });
  if (outcome.ok() && wrong) return problem({ErrorKind::invalid, "phone.number"});
  return answered(outcome);
}

}  // namespace

/// Errors: unauthenticated "session.none", "phone.unknown"; conflict "phone.not_opened"; invalid "phone.number" (three of
/// them void it).
Endpoint confirm_phone() {
  return direct<SignedIn>(Method::post, "/api/v1/session/phone/confirm",
                          "Type the number that the phone shows", run);
}

}  // namespace doorstep::api
