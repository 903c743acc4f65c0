/// \file Put somebody into the ledger, or change what stands there: categories, who follows them, what to
/// know (F1, F2). From then on somebody hears of them each day (F3, F11).

#include "care/people/contacts.h"
#include "care/registry/households.h"
#include "care/registry/people.h"
#include "care/registry/staff.h"

namespace doorstep::people {
namespace {

constexpr std::size_t note_length_max = 500;

struct Request {
  Id<Person> person;
  std::vector<std::string> categories;  ///< "lone_elder", "child", "maternity", "chronic", ..
  std::optional<Id<access::Account>> follower;  ///< Absent: who is responsible for the household.
  std::optional<std::string> note;

  void fields(auto& f) {
    f("person", person);
    f("categories", categories);
    f("follower", follower);
    f("note", note);
  }
};

struct Answer {
  Id<access::Account> follower;
  bool added = false;  ///< False: it stood there and was changed.
  void fields(auto& f) {
    f("follower", follower);
    f("added", added);
  }
};

struct Home {
  Id<access::Household> household{};
  std::string path = {};
};

Result<Home> home_of(api::WriteContext& context, Id<Person> person) {
  for (const registry::ResidenceRow& one : registry::current_residences(
           context.db, context.community.id, Id<registry::Person>{person.value()})) {
    if (const auto home = registry::find_household(context, one.household)) {
      return Home{one.household, home->path};
    }
  }
  return Error{ErrorKind::not_found, "person.unknown"};
}

Result<std::int64_t> follower_of(api::WriteContext& context, const Request& request,
                                 const std::string& path, const std::optional<Entry>& standing) {
  if (!request.follower) {
    return standing ? Result<std::int64_t>(standing->follower) : follower_for(context, path);
  }
  TRY(registry::check_account(context, *request.follower));
  const duty::Roster roster = duty::Roster::load(context);
  const std::int64_t account = request.follower->value();
  if (!roster.may_own(account) || roster.is_subject(account, path)) {
    return Error{ErrorKind::invalid, "care.follower"};
  }
  return account;
}

Result<void> owe_call(api::WriteContext& context, const Request& request, const std::string& path,
                      std::int64_t follower) {
  if (has_windows(context.rules())) return keep_contacts(context);
  Times times = TRY(call_of(context, context.today()));
  // Who comes in after the hour is heard of tomorrow at the latest.
  if (times.due <= context.now)
    times = TRY(call_of(context, context.today() + std::chrono::days{1}));
  TRY(duty::open(context, daily,
                 {request.person.value(), path, std::min(times.from, context.now), times.due}));
  const auto owed =
      duty::find_open(context.db, context.community.id, daily, request.person.value());
  if (owed && owed->owner != follower) duty::assign(context, *owed, follower, "by_hand");
  return {};
}

/// Errors: not_found "person.unknown" (lives in no household of the scope), "account.unknown"; invalid
/// "care.category", "care.follower" (has no role here, or lives there), "care.note" (over 500
/// characters); conflict "care.nobody".
Result<Answer> put(api::WriteContext& context, const Request& request) {
  const Home home = TRY(home_of(context, request.person));
  const std::string categories = TRY(clean_categories(context.rules(), request.categories));
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "care.note"));
  const auto standing = find_entry(context, request.person.value());
  const std::int64_t follower = TRY(follower_of(context, request, home.path, standing));
  if (standing) {
    context.tx.run(
        "UPDATE care_person SET categories = $3, follower_id = $4, note = coalesce($5, note),"
        " verified_on = $6, household_id = $7, path = $8 WHERE community_id = $1"
        " AND person_id = $2 AND closed_at IS NULL",
        {context.community.id, request.person, categories, follower,
         request.note ? store::Value(note) : store::Value(), context.today(), home.household,
         home.path});
  } else {
    context.tx.run(
        "INSERT INTO care_person (community_id, id, person_id, household_id, path, follower_id,"
        " categories, note, verified_on, opened_at, opened_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {context.community.id, context.new_id<struct CareEntry>(), request.person, home.household,
         home.path, follower, categories, note, context.today(), context.now, context.actor.id});
  }
  context.journal("care.entered", request.person.value(), home.path,
                  R"({"household":")" + to_text(home.household) + R"(","follower":")" +
                      id_text(follower) + R"("})");
  TRY(owe_call(context, request, home.path, follower));
  return Answer{Id<access::Account>{follower}, !standing};
}

}  // namespace

api::Endpoint add_to_ledger() {
  return api::command(api::Method::post, "/api/v1/care", "care.edit",
                      "Put somebody into the ledger, or change what stands there", put);
}

}  // namespace doorstep::people
