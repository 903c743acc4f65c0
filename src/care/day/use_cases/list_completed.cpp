/// \file List who completed their days (C14): when, released by whom, with which letter, and what they
/// said of it. Newest first.

#include "api/endpoint.h"

namespace doorstep::day {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  std::string path;
  Id<struct ReleaseLetter> id;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::optional<std::string> person;  ///< Absent: the whole household.
  std::int64_t persons = 0;           ///< Whom the letter covers.
  Day first_day{};
  Day last_day{};
  Instant released_at{};
  std::string released_by;
  std::string code;
  std::optional<std::int64_t> rating;
  std::optional<std::string> feedback;
  bool may_publish = false;  ///< The household agreed that its words are shown to others (N12).

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("person", person, api::Class::name);
    f("persons", persons);
    f("first_day", first_day, api::Class::health);
    f("last_day", last_day, api::Class::health);
    f("released_at", released_at);
    f("released_by", released_by);
    f("code", code, api::Class::health);
    f("rating", rating);
    f("feedback", feedback, api::Class::case_);
    f("may_publish", may_publish);
  }
};

Row row_from(const store::Row& row) {
  Row made;
  made.id = row.id<ReleaseLetter>(0);
  made.household = row.id<access::Household>(1);
  made.path = row.text(2);
  made.door = row.text(3);
  made.dwelling = row.id<access::Place>(4);
  made.person = row.maybe_text(5);
  made.persons = made.person ? 1 : row.integer(6);
  made.first_day = row.day(7);
  made.last_day = row.day(8) - std::chrono::days{1};
  made.released_at = row.instant(9);
  made.released_by = row.maybe_text(10).value_or("");
  made.code = row.text(11);
  if (!row.is_null(12)) made.rating = row.integer(12);
  made.feedback = row.maybe_text(13);
  made.may_publish = row.boolean(14);
  return made;
}

/// Errors: invalid "field.cursor".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  std::int64_t before = INT64_MAX;
  if (request.cursor) {
    const auto id = id_from_text(*request.cursor);
    if (!id) return Error{ErrorKind::invalid, "field.cursor"};
    before = *id;
  }
  api::Page<Row> page;
  for (const store::Row& row : context.db.query(
           "SELECT l.id, h.id, h.path, h.door, h.dwelling_id, p.name, (SELECT count(*)"
           " FROM residence r WHERE r.community_id = h.community_id AND r.household_id = h.id"
           " AND r.until_on IS NULL), l.first_day, l.ends_on, l.released_at, a.name, l.code,"
           " f.rating, f.note, EXISTS (SELECT 1 FROM consent c WHERE c.community_id = "
           "h.community_id"
           " AND c.household_id = h.id AND c.purpose = 'publish_thanks' AND c.withdrawn_at IS NULL)"
           " FROM {households} h JOIN release_letter l"
           " ON l.community_id = h.community_id AND l.household_id = h.id AND l.revoked_at IS NULL"
           " LEFT JOIN person p ON p.id = l.person_id LEFT JOIN account a ON a.id = l.released_by"
           " LEFT JOIN release_feedback f ON f.community_id = l.community_id"
           " AND f.letter_id = l.id WHERE l.id < $1 ORDER BY l.id DESC LIMIT $2",
           {before, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back(row_from(row));
  }
  return page;
}

}  // namespace

api::Endpoint list_completed() {
  return api::list("/api/v1/observations/completed", "household.list",
                   "List who completed their days", list);
}

}  // namespace doorstep::day
