/// \file Confirm the first one-time code of the set-up; signs in.

#include "api/enrolment.h"

namespace doorstep::api {

Endpoint confirm_set_up() {
  return direct<SignedIn>(Method::post, "/api/v1/setup/confirm",
                          "Confirm the first one-time code of the set-up", confirm);
}

}  // namespace doorstep::api
