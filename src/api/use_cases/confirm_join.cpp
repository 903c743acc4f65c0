/// \file Confirm the first one-time code after an invitation; signs in.

#include "api/enrolment.h"

namespace doorstep::api {

Endpoint confirm_join() {
  return direct<SignedIn>(Method::post, "/api/v1/join/confirm",
                          "Confirm the first one-time code after an invitation", confirm);
}

}  // namespace doorstep::api
