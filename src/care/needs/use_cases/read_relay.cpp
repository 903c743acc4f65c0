/// \file Read a relay as it is pasted: row by row, beside the post before. Nothing is kept.

#include "care/needs/aliases.h"
#include "care/needs/relay_rows.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

struct Request {
  std::string text;
  std::optional<Id<Relay>> relay;  ///< Which it continues; absent: as it seems.

  void fields(auto& f) {
    f("text", text);
    f("relay", relay);
  }
};

struct Response {
  std::optional<Id<Relay>> relay;  ///< It is this one, posted again.
  std::string title;
  std::vector<ShownRow> rows;
  std::string rest;         ///< Belongs to no row: a person reads it.
  std::int64_t unread = 0;  ///< Rows with something unread, or without a door.

  void fields(auto& f) {
    f("relay", relay);
    f("title", title);
    f("rows", rows);
    f("rest", rest);
    f("unread", unread);
  }
};

/// Errors: invalid "relay.too_long" (over 20,000 characters or 300 rows).
Result<Response> read_it(api::Context& context, const Request& request) {
  if (request.text.size() > relay_length_max * 4)
    return Error{ErrorKind::invalid, "relay.too_long"};
  const RelayReading reading = needs::read_relay(request.text, *reader(context));
  if (reading.rows.size() > relay_rows_max) return Error{ErrorKind::invalid, "relay.too_long"};
  Response made;
  made.relay = request.relay ? request.relay : same_relay(context, reading);
  made.title = reading.title;
  made.rest = reading.rest;
  for (const ComparedRow& row : compare(context, made.relay, reading)) {
    made.rows.push_back(shown(context, row));
    const ShownRow& last = made.rows.back();
    const bool open = last.change != RowChange::gone && last.change != RowChange::withdrawn;
    if (open && (last.unread > 0 || !last.household)) ++made.unread;
  }
  return made;
}

}  // namespace

api::Endpoint read_relay() {
  return api::posted_query("/api/v1/relays/read", "need.decide", "Read a relay as it is pasted",
                           read_it);
}

}  // namespace doorstep::needs
