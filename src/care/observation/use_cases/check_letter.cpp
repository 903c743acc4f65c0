/// \file Anybody asks whether a letter of release is genuine: yes or no, when and of which community,
/// never who (C4).

#include "api/reach.h"

namespace doorstep::observation {
namespace {

struct Request {
  std::string code;
  void fields(auto& f) { f("code", code); }
};

struct Answer {
  bool valid = false;
  std::optional<std::string> community;
  std::optional<Day> first_day;
  std::optional<Day> released_on;
  /// What a printed letter bears, so that others can check it; none where nothing with an address may be printed.
  std::optional<std::string> address;

  void fields(auto& f) {
    f("valid", valid);
    f("community", community);
    f("first_day", first_day);
    f("released_on", released_on);
    f("address", address);
  }
};

api::Response check(api::Direct& direct, const Request& request) {
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    Answer answer;
    const auto row = db.first(
        "SELECT c.name, c.zone, l.first_day, l.released_at FROM release_letter l"
        " JOIN community c ON c.id = l.community_id WHERE l.code = $1 AND l.revoked_at IS NULL",
        {request.code});
    if (row) {
      const Zone zone = TRY(Zone::named(row->text(1)));
      answer = {true, row->text(0), row->day(2), zone.day_of(row->instant(3)), {}};
      const api::Reach reach = api::reach_of(db, direct.settings.public_url);
      if (!reach.print_refusal) answer.address = reach.url;
    }
    return store::Answer{api::to_json(answer)};
  });
  if (!outcome.ok()) return api::problem(outcome.error());
  api::Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

api::Endpoint check_letter() {
  return api::direct<Answer>(api::Method::get, "/api/v1/letters/{code}",
                             "Whether a letter of release is genuine", check);
}

}  // namespace doorstep::observation
