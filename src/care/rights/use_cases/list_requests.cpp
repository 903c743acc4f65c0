/// \file What people asked about what is kept of them, and until when each is owed an answer: the desk all it sees,
/// a household its own.

#include <algorithm>

#include "api/newest_first.h"
#include "care/rights/erasure.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

struct Request : api::PageRequest {
  std::optional<bool> open;  ///< Those without an answer alone.
  void fields(auto& f) {
    page_fields(f);
    f("open", open);
  }
};

struct Done {
  Id<Erasure> id;
  ErasureState state = ErasureState::asked;
  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

struct Row {
  Id<SubjectRequest> id;
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::optional<Id<struct Person>> person;
  std::string name;      ///< Empty: all of the household.
  std::string guardian;  ///< Who speaks for them.
  RequestKind kind = RequestKind::access;
  RequestChannel channel = RequestChannel::page;
  std::string words;
  RequestState state = RequestState::open;
  Instant asked_at{};
  Instant due_at{};
  bool late = false;
  std::optional<Instant> answered_at;
  std::string answered_by;
  std::string answer;
  bool file = false;  ///< There is a file to take away.
  bool own = true;    ///< False: a link reads that it was asked, not what was said.
  std::vector<Done>
      erasures;  ///< Begun for it at the desk; each has a certificate once it is done.

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("door", door, api::Class::door);
    f("person", person);
    f("name", name, api::Class::name);
    f("guardian", guardian, api::Class::name);
    f("kind", kind);
    f("channel", channel);
    f("words", words, api::Class::health);
    f("state", state);
    f("asked_at", asked_at);
    f("due_at", due_at);
    f("late", late);
    f("answered_at", answered_at);
    f("answered_by", answered_by, api::Class::name);
    f("answer", answer, api::Class::health);
    f("file", file);
    f("own", own);
    f("erasures", erasures);
  }
};

/// `link`: who reads it; 0: the desk.
Row row_from(const store::Row& row, Instant now, std::int64_t link) {
  Row made;
  made.id = row.id<SubjectRequest>(0);
  made.path = row.text(1);
  made.household = row.id<access::Household>(2);
  made.door = row.text(3);
  if (row.integer(4) != 0) made.person = row.id<Person>(4);
  made.name = row.text(5);
  made.guardian = row.text(6);
  made.kind = api::from_word<RequestKind>(row.text(7)).value_or(RequestKind::access);
  made.channel = api::from_word<RequestChannel>(row.text(8)).value_or(RequestChannel::page);
  made.words = row.text(9);
  made.state = api::from_word<RequestState>(row.text(10)).value_or(RequestState::open);
  made.asked_at = row.instant(11);
  made.due_at = row.instant(12);
  made.answered_at = row.maybe_instant(13);
  made.answered_by = row.text(14);
  made.answer = row.text(15);
  made.late = made.state == RequestState::open && made.due_at < now;
  const bool wants_file = made.kind == RequestKind::access || made.kind == RequestKind::export_;
  made.file =
      wants_file && (made.state == RequestState::granted || made.state == RequestState::partly);
  const std::int64_t asked_by = row.integer(16);  // Negative: it was written down at the desk.
  made.own = link == 0 || asked_by == link;
  if (made.own) return made;
  made.words.clear();
  if (asked_by >= 0) {
    made.answer.clear();
    made.file = false;
  }
  return made;
}

void add_erasures(const api::Context& context, std::vector<Row>& rows) {
  if (rows.empty() || context.actor.is_link()) return;
  for (const store::Row& found :
       context.db.query("SELECT request_id, id, state FROM erasure WHERE community_id = $1"
                        " AND request_id >= $2 AND request_id <= $3 ORDER BY id",
                        {context.community.id, rows.back().id, rows.front().id})) {
    const auto row = std::ranges::find(rows, found.id<SubjectRequest>(0), &Row::id);
    if (row == rows.end()) continue;
    row->erasures.push_back(
        {found.id<Erasure>(1),
         api::from_word<ErasureState>(found.text(2)).value_or(ErasureState::asked)});
  }
}

/// Errors: invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  const std::int64_t before = TRY(api::before_cursor(request));
  std::string also = request.open.value_or(false) ? " AND q.state = 'open'" : "";
  // Another link of the household may be somebody else's: what one says of another, objects to or wants removed is
  // theirs alone. That all of them asked what is kept of all of them is everybody's to know.
  const std::int64_t link = context.actor.is_link() ? context.actor.id : 0;
  if (link != 0) {
    also += " AND ((q.by_link AND q.asked_by = " + std::to_string(link) +
            ") OR (q.person_id = 0 AND q.kind IN ('access', 'export', 'who_looked')))";
  }
  auto page = api::newest_first<Row>(
      context.db.query(
          "SELECT q.id, q.path, q.household_id, h.door, q.person_id, coalesce(p.name, ''),"
          " coalesce(g.name, ''), q.kind, q.channel, q.words, q.state, q.asked_at, q.due_at,"
          " q.answered_at, coalesce(a.name, ''), q.answer,"
          " CASE WHEN q.by_link THEN q.asked_by ELSE -1 END FROM {households} h"
          " JOIN subject_request q ON q.community_id = h.community_id AND q.household_id = h.id"
          " LEFT JOIN person p ON p.id = q.person_id LEFT JOIN person g ON g.id = q.guardian_id"
          " LEFT JOIN account a ON a.id = q.answered_by WHERE q.id < $1" +
              also + " ORDER BY q.id DESC LIMIT $2",
          {before, request.limit + 1}),
      request.limit, [&](const store::Row& row) { return row_from(row, context.now, link); });
  add_erasures(context, page.rows);
  return page;
}

}  // namespace

api::Endpoint list_requests() {
  return api::list("/api/v1/requests", "request.list", "What people asked about their data", list);
}

}  // namespace doorstep::rights
