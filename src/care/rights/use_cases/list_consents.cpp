/// \file What a household may agree to, in the words in force, and what it has agreed to and taken back.

#include "api/endpoint.h"
#include "care/rights/consent.h"

namespace doorstep::rights {
namespace {

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  void fields(auto& f) { f("household", household); }
};

struct Offered {
  std::string purpose;
  std::int64_t version = 0;
  std::string text;
  void fields(auto& f) {
    f("purpose", purpose);
    f("version", version);
    f("text", text);
  }
};

struct Given {
  Id<struct Consent> id;
  std::optional<Id<struct Person>> person;  ///< Absent: the household.
  std::string purpose;
  std::int64_t version = 0;
  std::string channel;
  Instant given_at{};
  std::optional<Instant> withdrawn_at;
  void fields(auto& f) {
    f("id", id);
    f("person", person);
    f("purpose", purpose);
    f("version", version);
    f("channel", channel);
    f("given_at", given_at);
    f("withdrawn_at", withdrawn_at);
  }
};

struct Answer {
  Id<access::Household> household;
  std::vector<Offered> offered;
  std::vector<Given> given;  ///< Newest first; the newest of a purpose counts.
  void fields(auto& f) {
    f("household", household);
    f("offered", offered);
    f("given", given);
  }
};

/// Errors: not_found "household.unknown"; those of the rule pack.
Result<Answer> list(api::Context& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  if (!context.db.first("SELECT 1 FROM {households} h WHERE h.id = $1", {household})) {
    return Error{ErrorKind::not_found, "household.unknown"};
  }
  Answer answer{household, {}, {}};
  for (ConsentText& one : TRY(consent_texts(context.rules()))) {
    answer.offered.push_back({std::move(one.purpose), one.version, std::move(one.text)});
  }
  for (const store::Row& row :
       context.db.query("SELECT id, person_id, purpose, text_version, channel, given_at, "
                        "withdrawn_at FROM consent"
                        " WHERE community_id = $1 AND household_id = $2 ORDER BY id DESC LIMIT 200",
                        {context.community.id, household})) {
    answer.given.push_back(
        {row.id<Consent>(0), row.integer(1) == 0 ? std::nullopt : row.maybe_id<Person>(1),
         row.text(2), row.integer(3), row.text(4), row.instant(5), row.maybe_instant(6)});
  }
  return answer;
}

}  // namespace

api::Endpoint list_consents() {
  return api::query("/api/v1/consents", "consent.edit", "What a household has agreed to", list);
}

}  // namespace doorstep::rights
