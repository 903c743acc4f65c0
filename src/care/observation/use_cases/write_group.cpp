/// \file Write to all households under observation: staff, or one of them that has joined.

#include "care/observation/group.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t body_length_max = 1000;

struct Request {
  std::string body;
  void fields(auto& f) { f("body", body, api::Class::health); }
};

struct Written {
  Id<GroupPost> id;
  Instant at{};
  void fields(auto& f) {
    f("id", id);
    f("at", at);
  }
};

/// Errors: conflict "group.not_member" (a household that is not under observation, or has not joined);
/// invalid "message.body" (empty or over 1,000 characters).
Result<Written> write(api::WriteContext& context, const Request& request) {
  std::int64_t household = 0;
  if (context.actor.is_link()) {
    const auto standing = membership(context, context.actor.household);
    if (!standing || !standing->number) return Error{ErrorKind::conflict, "group.not_member"};
    household = context.actor.household.value();
  }
  const std::string body = TRY(registry::clean_text(request.body, body_length_max, "message.body"));
  if (body.empty()) return Error{ErrorKind::invalid, "message.body"};
  const auto id = context.new_id<GroupPost>();
  context.tx.run(
      "INSERT INTO group_post (community_id, id, household_id, author_id, body, at)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {context.community.id, id, household, context.actor.id, body, context.now});
  context.journal("group.written", id.value(), "",
                  household == 0 ? R"({"from_household":false})" : R"({"from_household":true})");
  return Written{id, context.now};
}

}  // namespace

api::Endpoint write_group() {
  return api::command(api::Method::post, "/api/v1/group", "group.write",
                      "Write to the group of households under observation", write);
}

}  // namespace doorstep::observation
