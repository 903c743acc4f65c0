/// \file Somebody leaves the ledger, for a reason that is kept. Nobody is asked of them any more.

#include "care/people/contacts.h"

namespace doorstep::people {

enum class CareEnd : std::uint8_t { not_needed, moved_away, deceased, entered_in_error };

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::CareEnd> {
  static constexpr std::array words{std::string_view{"not_needed"}, std::string_view{"moved_away"},
                                    std::string_view{"deceased"},
                                    std::string_view{"entered_in_error"}};
};

namespace doorstep::people {
namespace {

struct Request {
  Id<Person> person;
  CareEnd reason = CareEnd::not_needed;

  void fields(auto& f) {
    f("person", person);
    f("reason", reason);
  }
};

/// Errors: not_found "care.unknown".
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const auto entry = find_entry(context, request.person.value());
  if (!entry) return Error{ErrorKind::not_found, "care.unknown"};
  context.tx.run(
      "UPDATE care_person SET closed_at = $3, end_reason = $4 WHERE community_id = $1"
      " AND person_id = $2 AND closed_at IS NULL",
      {context.community.id, request.person, context.now, api::word(request.reason)});
  context.journal("care.ended", request.person.value(), entry->path,
                  R"({"household":")" + to_text(entry->household) + R"(","reason":")" +
                      std::string(api::word(request.reason)) + R"("})");
  for (const duty::Kind& kind : {daily, medicine, ill}) {
    const auto owed =
        duty::find_open(context.db, context.community.id, kind, request.person.value());
    if (owed) duty::excuse(context, *owed, api::word(request.reason));
  }
  TRY(keep_contacts(context));
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_care() {
  return api::command(api::Method::post, "/api/v1/care/{person}/end", "care.edit",
                      "Somebody leaves the ledger", end);
}

}  // namespace doorstep::people
