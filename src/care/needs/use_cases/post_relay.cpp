/// \file Take in a relay: an order for every row that is read without doubt, a need in the inbox for
/// every other. Posted again it changes what changed; a row that is gone is a question, never a
/// cancellation.
///
/// Source: 「居民便开始接力所需物品」 (S1).

#include <fmt/format.h>

#include "care/needs/aliases.h"
#include "care/needs/relay_rows.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

struct Request {
  std::string text;
  std::optional<Id<Relay>> relay;
  std::optional<bool> fresh;  ///< It is another relay, also if it looks like one that stands.

  void fields(auto& f) {
    f("text", text);
    f("relay", relay);
    f("fresh", fresh);
  }
};

struct Response {
  Id<Relay> relay;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t same = 0;
  std::int64_t withdrawn = 0;
  std::int64_t gone = 0;     ///< Asked about in the inbox.
  std::int64_t waiting = 0;  ///< Rows, and the rest, that a person has to read.
  std::vector<ShownRow> rows;

  void fields(auto& f) {
    f("relay", relay);
    f("added", added);
    f("changed", changed);
    f("same", same);
    f("withdrawn", withdrawn);
    f("gone", gone);
    f("waiting", waiting);
    f("rows", rows);
  }
};

Id<Relay> keep(api::WriteContext& context, const Request& request, const RelayReading& reading,
               std::optional<Id<Relay>> standing) {
  const Id<Relay> relay = standing.value_or(context.new_id<Relay>());
  context.tx.run(
      "INSERT INTO relay (community_id, id, title, text, posts, created_at, changed_at)"
      " VALUES ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (community_id, id) DO UPDATE"
      " SET text = excluded.text, posts = relay.posts + 1, changed_at = excluded.changed_at",
      {context.community.id, relay, reading.title, request.text, context.now});
  context.journal("relay.posted", relay.value(), own_path(context),
                  fmt::format(R"({{"rows":{}}})", reading.rows.size()));
  return relay;
}

/// Puts the row's goods into the order, or leaves it in the inbox. Its answer says why it waits.
Result<std::string> order_row(api::WriteContext& context, NeedRow& need, const Reading& reading) {
  if (!need.household) return std::string("need.no_door");
  if (!reading.sure) return std::string("need.unread");
  const auto fits = check_lines(context.rules(), reading.lines);
  if (!fits.ok()) return fits.error().code;
  const auto allowed = check_limits(context, need.household, reading.lines);
  if (!allowed.ok()) return allowed.error().code;
  TRY(order_lines(context, need, reading.lines, reading.diet));
  return std::string{};
}

Asked asked_by(const api::WriteContext& context, Id<Relay> relay, const ComparedRow& one) {
  Asked asked;
  asked.to = one.household.value_or(Receiver{{}, own_path(context)});
  asked.origin = Origin::worker;
  asked.channel = Channel::relay;
  asked.text = one.row.text;
  asked.relay = relay;
  asked.relay_row = one.row.key;
  asked.reading = one.row.reading;
  return asked;
}

/// What stands is changed; where its order is bought already, the new words are a need of their own.
Result<std::string> change_row(api::WriteContext& context, ComparedRow& one, Id<Relay> relay) {
  NeedRow& need = *one.standing;
  const bool open = need.state == State::waiting || need.state == State::asked_back ||
                    need.state == State::accepted;
  if (!open || !withdraw(context, need.id).ok()) {
    NeedRow made = TRY(record(context, asked_by(context, relay, one))).need;
    one.standing = made;
    return std::string("order.closed");
  }
  write_lines(context, need, one.row.reading.lines);
  context.tx.run(
      "UPDATE need SET text = $3, unread = $4, relay_id = $5 WHERE community_id = $1 AND id = $2",
      {context.community.id, need.id, one.row.text, one.row.reading.unread, relay});
  change(context, need, State::waiting, "reposted", "",
         TRY(answer_due(context, one.row.reading, need.need_by)));
  return order_row(context, need, one.row.reading);
}

Result<void> withdraw_row(api::WriteContext& context, ComparedRow& one) {
  if (!one.standing || one.standing->state == State::cancelled) return {};
  if (!withdraw(context, one.standing->id).ok()) return {};  // Bought: the row's need says so.
  context.tx.run("UPDATE need SET text = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, one.standing->id, one.row.text});
  change(context, *one.standing, State::cancelled, "row_withdrawn", "");
  return {};
}

Result<std::string> take(api::WriteContext& context, ComparedRow& one, Id<Relay> relay) {
  switch (one.change) {
    case RowChange::added: {
      NeedRow need = TRY(record(context, asked_by(context, relay, one))).need;
      std::string why = TRY(order_row(context, need, one.row.reading));
      one.standing = need;
      return why;
    }
    case RowChange::changed: return change_row(context, one, relay);
    case RowChange::withdrawn: TRY(withdraw_row(context, one)); break;
    case RowChange::same:
      context.tx.run("UPDATE need SET gone = FALSE WHERE community_id = $1 AND id = $2",
                     {context.community.id, one.standing->id});
      break;
    case RowChange::gone:
      context.tx.run(
          "UPDATE need SET gone = TRUE, version = version + 1 WHERE community_id = $1 AND id = $2"
          " AND NOT gone",
          {context.community.id, one.standing->id});
      break;
  }
  return std::string{};
}

Result<void> keep_rest(api::WriteContext& context, const RelayReading& reading, Id<Relay> relay) {
  if (reading.rest.empty()) return {};
  const auto before = context.db.first(
      "SELECT count(*) FROM need WHERE community_id = $1 AND relay_id = $2 AND relay_row = ''"
      " AND text = $3",
      {context.community.id, relay, reading.rest});
  if (before->integer(0) > 0) return {};
  Asked asked;
  asked.to.path = own_path(context);
  asked.origin = Origin::worker;
  asked.channel = Channel::relay;
  asked.text = reading.rest;
  asked.relay = relay;
  asked.reading = read(reading.rest, *reader(context));
  asked.reading.unread = std::max<std::int64_t>(asked.reading.unread, 1);
  TRY(record(context, asked));
  return {};
}

/// Errors: invalid "relay.too_long", "relay.empty"; not_found "relay.unknown".
Result<Response> post(api::WriteContext& context, const Request& request) {
  if (request.text.size() > relay_length_max * 4)
    return Error{ErrorKind::invalid, "relay.too_long"};
  const RelayReading reading = needs::read_relay(request.text, *reader(context));
  if (reading.rows.size() > relay_rows_max) return Error{ErrorKind::invalid, "relay.too_long"};
  if (reading.rows.empty()) return Error{ErrorKind::invalid, "relay.empty"};
  if (request.relay && !context.db.first("SELECT id FROM relay WHERE community_id = $1 AND id = $2",
                                         {context.community.id, *request.relay})) {
    return Error{ErrorKind::not_found, "relay.unknown"};
  }
  auto standing = request.relay;
  if (!standing && !request.fresh.value_or(false)) standing = same_relay(context, reading);
  std::vector<ComparedRow> rows = compare(context, standing, reading);
  Response made;
  made.relay = keep(context, request, reading, standing);
  for (ComparedRow& one : rows) {
    const std::string why = TRY(take(context, one, made.relay));
    ShownRow row = shown(context, one);
    row.refused = why;
    if (!why.empty()) ++made.waiting;
    std::int64_t* counts[] = {&made.added, &made.changed, &made.same, &made.withdrawn, &made.gone};
    ++*counts[static_cast<std::size_t>(one.change)];
    made.rows.push_back(std::move(row));
  }
  TRY(keep_rest(context, reading, made.relay));
  if (!reading.rest.empty()) ++made.waiting;
  return made;
}

}  // namespace

api::Endpoint post_relay() {
  return api::command(api::Method::post, "/api/v1/relays", "need.decide", "Take in a relay", post);
}

}  // namespace doorstep::needs
