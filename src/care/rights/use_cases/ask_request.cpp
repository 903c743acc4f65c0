/// \file Ask about what is kept of oneself: the household by its page, or a worker who heard it on the phone, at the
/// door or has it on paper. For a minor somebody grown up of the household asks.

#include "care/registry/links.h"
#include "care/registry/people.h"
#include "care/rights/keeping.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

constexpr std::size_t words_max = 1000;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<Id<registry::Person>> person;      ///< Whom it is about; absent: all of them.
  std::optional<Id<registry::Person>> guardian;    ///< Who speaks for a minor.
  RequestKind kind = RequestKind::access;
  std::optional<RequestChannel> channel;  ///< By which way staff heard it.
  std::optional<std::string> words;

  void fields(auto& f) {
    f("household", household);
    f("person", person);
    f("guardian", guardian);
    f("kind", kind);
    f("channel", channel);
    f("words", words, api::Class::health);
  }
};

struct Asked {
  Id<SubjectRequest> id;
  Instant due_at{};
  RequestState state = RequestState::open;
  void fields(auto& f) {
    f("id", id);
    f("due_at", due_at);
    f("state", state);
  }
};

/// Lives there, or lived there last; with the birthday where it is known.
Result<std::optional<Day>> birthday(api::WriteContext& context, Id<access::Household> household,
                                    Id<registry::Person> person) {
  const auto row = context.db.first(
      "SELECT p.born_on FROM residence r JOIN person p ON p.id = r.person_id"
      " WHERE r.community_id = $1 AND r.household_id = $2 AND r.person_id = $3 LIMIT 1",
      {context.community.id, household, person});
  if (!row) return Error{ErrorKind::not_found, "person.unknown"};
  return row->maybe_day(0);
}

bool younger(const std::optional<Day>& born, Day today, std::int64_t years) {
  if (!born) return false;
  const std::chrono::year_month_day then{*born};
  const std::chrono::year_month_day of_age{then.year() + std::chrono::years{years}, then.month(),
                                           then.month() == std::chrono::February
                                               ? std::min(then.day(), std::chrono::day{28})
                                               : then.day()};
  return Day{of_age} > today;
}

/// Errors: not_found "person.unknown"; invalid "request.guardian".
Result<void> check_guardian(api::WriteContext& context, const Request& request,
                            Id<access::Household> household) {
  if (!request.person) return {};
  const auto born = TRY(birthday(context, household, *request.person));
  const auto minor_years = said_or(context.rules(), "rights.minor_years", 14);
  const auto adult_years = said_or(context.rules(), "rights.adult_years", 18);
  const Error wrong{ErrorKind::invalid, "request.guardian"};
  if (!request.guardian) {
    return younger(born, context.today(), minor_years) ? Result<void>(wrong) : Result<void>();
  }
  const auto guardian = TRY(birthday(context, household, *request.guardian));
  if (*request.guardian == *request.person || younger(guardian, context.today(), adult_years)) {
    return wrong;
  }
  return {};
}

/// Errors: not_found "household.unknown"; forbidden "request.trusted" (who is elsewhere does not ask for them);
/// invalid "request.words" (over 1,000 characters, or none where there is nothing to answer without), those of
/// check_guardian().
Result<Asked> ask(api::WriteContext& context, const Request& request) {
  if (registry::is_trusted(context)) return Error{ErrorKind::forbidden, "request.trusted"};
  const auto household = request.household.value_or(context.actor.household);
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  TRY(check_guardian(context, request, household));
  const std::string words =
      TRY(registry::clean_text(request.words.value_or(""), words_max, "request.words"));
  const bool says = request.kind == RequestKind::correction ||
                    request.kind == RequestKind::objection ||
                    request.kind == RequestKind::complaint;
  if (says && words.empty()) return Error{ErrorKind::invalid, "request.words"};
  const bool link = context.actor.is_link();
  const RequestChannel channel =
      link ? RequestChannel::page : request.channel.value_or(RequestChannel::phone);
  const auto days = said_or(context.rules(), "rights.answer_days", 15);
  const auto remind = said_or(context.rules(), "rights.remind_days", 5);
  const Asked asked{context.new_id<SubjectRequest>(), context.now + std::chrono::hours{24 * days},
                    RequestState::open};
  context.tx.run(
      "INSERT INTO subject_request (community_id, id, household_id, path, person_id, guardian_id,"
      " kind, channel, by_link, asked_by, words, state, asked_at, due_at, answer)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13, '')",
      {context.community.id, asked.id, household, home->text(0),
       request.person ? request.person->value() : 0,
       request.guardian ? request.guardian->value() : 0, api::word(request.kind),
       api::word(channel), link, context.actor.id, words, context.now, asked.due_at});
  context.journal("request.asked", asked.id.value(), home->text(0),
                  R"({"household":")" + to_text(household) + R"(","kind":")" +
                      std::string(api::word(request.kind)) + R"(","due":")" +
                      to_text(asked.due_at) + R"("})");
  TRY(duty::open(context, answer_owed,
                 {asked.id.value(), home->text(0), context.now,
                  asked.due_at - std::chrono::hours{24 * remind}}));
  return asked;
}

}  // namespace

api::Endpoint ask_request() {
  return api::command(api::Method::post, "/api/v1/requests", "request.ask",
                      "Ask about what is kept of oneself", ask);
}

}  // namespace doorstep::rights
