/// \file The thread of a household. A link that nobody has proved writes and does not read (ADR 0011).

#include "care/messages/thread.h"

namespace doorstep::messages {
namespace {

constexpr std::int64_t shown = 50;

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<Id<Message>> before;               ///< Older than this one.

  void fields(auto& f) {
    f("household", household);
    f("before", before);
  }
};

struct MessageView {
  std::string path;
  Id<Message> id;
  bool from_household = false;
  std::string author;
  std::string body;
  Instant sent_at{};

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("from_household", from_household);
    f("author", author, api::Class::name);
    f("body", body, api::Class::health);
    f("sent_at", sent_at);
  }
};

struct Thread {
  std::vector<MessageView> rows;         ///< Oldest first.
  bool more = false;                     ///< There are older ones.
  std::optional<Instant> waiting_since;  ///< The household waits for an answer since then.

  void fields(auto& f) {
    f("rows", rows);
    f("more", more);
    f("waiting_since", waiting_since);
  }
};

/// Errors: not_found "household.unknown".
Result<Thread> show(api::Context& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Thread thread;
  thread.waiting_since = waiting_since(context.db, context.community.id, household);
  if (!context.scope.classes_at(home->text(0)).contains(api::Class::health)) return thread;
  const std::int64_t before = request.before ? request.before->value() : 0;
  auto rows = thread_of(context.db, context.community.id, household, before, shown + 1);
  thread.more = std::ssize(rows) > shown;
  if (thread.more) rows.erase(rows.begin());
  for (MessageRow& row : rows) {
    thread.rows.push_back({home->text(0), row.id, row.from_household, std::move(row.author),
                           std::move(row.body), row.sent_at});
  }
  return thread;
}

}  // namespace

api::Endpoint show_thread() {
  return api::query("/api/v1/messages", "message.read", "The thread of a household", show);
}

}  // namespace doorstep::messages
