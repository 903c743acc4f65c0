/// \file How far the phone is whose code this desk shows.

#include "api/phone_sign_in.h"

namespace doorstep::api {
namespace {

struct WatchRequest {
  std::string token;
  void fields(auto& f) { f("token", token); }
};

enum class PhoneState : std::uint8_t {
  waiting,    ///< Nobody has opened the code.
  claimed,    ///< A device shows its number.
  confirmed,  ///< The number was typed.
  over,       ///< Its time is over, two devices opened it, or the number was wrong too often.
};

}  // namespace
}  // namespace doorstep::api

template <>
struct doorstep::api::Choices<doorstep::api::PhoneState> {
  static constexpr std::array words{"waiting", "claimed", "confirmed", "over"};
};

namespace doorstep::api {
namespace {

struct Watched {
  PhoneState state = PhoneState::waiting;
  std::string device;
  bool entered = false;  ///< It has its session, which the list of sessions shows.
  void fields(auto& f) {
    f("state", state);
    f("device", device);
    f("entered", entered);
  }
};

Response run(Direct& direct, const WatchRequest& request) {
  return answered(direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    const OwnSession own = TRY(own_session(db, direct));
    const PhoneRow row = TRY(shown_phone(db, direct, own, request.token));
    Watched seen{PhoneState::waiting, row.device};
    if (row.claimed) seen.state = PhoneState::claimed;
    if (row.voided || row.ends <= direct.now) seen.state = PhoneState::over;
    if (row.confirmed) seen.state = PhoneState::confirmed;
    seen.entered = row.confirmed && !row.claimed;
    return store::Answer{to_json(seen)};
  }));
}

}  // namespace

/// Errors: unauthenticated "session.none", "phone.unknown".
Endpoint watch_phone() {
  return direct<Watched>(Method::post, "/api/v1/session/phone/watch", "How far a phone is", run);
}

}  // namespace doorstep::api
