/// \file What a page may know before anyone signs in: whether set-up is still to do, and on demo data
/// the sign-in that everyone may use.

#include "api/demo.h"
#include "api/enrolment.h"

namespace doorstep::api {
namespace {

struct DemoLogin {
  std::string login;
  std::string password;
  void fields(auto& f) {
    f("login", login);
    f("password", password);
  }
};

struct Status {
  bool setup_needed = false;
  bool demo = false;
  std::string version = DOORSTEP_VERSION;
  std::optional<DemoLogin> demo_login = {};
  void fields(auto& f) {
    f("setup_needed", setup_needed);
    f("demo", demo);
    f("version", version);
    f("demo_login", demo_login);
  }
};

Response run(Direct& direct, const Nothing&) {
  Status status;
  status.demo = direct.settings.demo;
  if (status.demo) {
    status.demo_login = DemoLogin{std::string(demo_login), std::string(demo_password)};
  }
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    status.setup_needed =
        !db.first("SELECT id FROM account WHERE totp_confirmed = TRUE OR demo = TRUE LIMIT 1");
    return store::Answer{to_json(status)};
  });
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

Endpoint show_status() {
  return direct<Status>(Method::get, "/api/v1/status", "What the sign-in page needs", run);
}

}  // namespace doorstep::api
