/// \file List where a place has been hung, when and by whom (A2): read from the journal.

#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  Id<Place> place;

  void fields(auto& f) {
    f("place", place);
    page_fields(f);
  }
};

/// The data of a journal entry "place.moved".
struct Move {
  std::optional<Id<Place>> from;
  std::optional<Id<Place>> to;

  void fields(auto& f) {
    f("from", from);
    f("to", to);
  }
};

struct Row {
  Instant at{};
  std::optional<Id<Place>> from;
  std::optional<std::string> from_name;
  std::optional<Id<Place>> to;
  std::optional<std::string> to_name;
  std::optional<Id<access::Account>> by;

  void fields(auto& f) {
    f("at", at);
    f("from", from);
    f("from_name", from_name);
    f("to", to);
    f("to_name", to_name);
    f("by", by);
  }
};

std::optional<std::string> name_of(api::Context& context, std::optional<Id<Place>> id) {
  if (!id) return std::nullopt;
  const auto place = find_place(context, *id);
  return place ? std::optional(place->name) : std::nullopt;
}

/// Newest first. Errors: not_found "place.unknown"; invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  TRY(some(find_place(context, request.place), "place.unknown"));
  std::int64_t before = INT64_MAX;
  if (request.cursor) {
    const auto id = id_from_text(*request.cursor);
    if (!id) return Error{ErrorKind::invalid, "cursor.wrong"};
    before = *id;
  }
  api::Page<Row> page;
  std::int64_t last = 0;
  for (const store::Row& row : context.db.query(
           "SELECT id, at, actor, data FROM journal WHERE community_id = $1 AND subject = $2"
           " AND kind = 'place.moved' AND id < $3 ORDER BY id DESC LIMIT $4",
           {context.community.id, request.place, before, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = id_text(last);
      break;
    }
    last = row.integer(0);
    Move move;
    api::Reader reader(row.text(3));
    move.fields(reader);
    Row one{
        row.instant(1), move.from, name_of(context, move.from), move.to, name_of(context, move.to),
        std::nullopt};
    if (row.integer(2) != 0) one.by = row.id<access::Account>(2);
    page.rows.push_back(std::move(one));
  }
  return page;
}

}  // namespace

api::Endpoint list_place_history() {
  return api::list("/api/v1/places/{place}/history", "place.list",
                   "List where a place has been hung", list);
}

}  // namespace doorstep::registry
