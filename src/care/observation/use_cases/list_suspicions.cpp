/// \file Who is thought to have gone out, what they say, who decided and what became of it: staff all they are
/// responsible for, a household its own.

#include "api/newest_first.h"
#include "care/observation/control_allowed.h"
#include "care/observation/suspicion.h"

namespace doorstep::observation {
namespace {

struct Request : api::PageRequest {
  std::optional<bool> open;                        ///< Of which something is owed alone.
  std::optional<Id<access::Household>> household;  ///< Of one household alone.
  void fields(auto& f) {
    page_fields(f);
    f("open", open);
    f("household", household);
  }
};

struct Row {
  Id<Suspicion> id;
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::optional<Id<struct Person>> person;
  std::string name;
  Evidence evidence = Evidence::other;
  std::string words;
  Instant seen_at{};
  SuspicionState state = SuspicionState::asked;
  bool counts = false;  ///< In the number of those who went out.
  Instant recorded_at{};
  std::string recorded_by;
  bool own = false;  ///< Whoever reads this wrote it down: another one decides.
  Instant account_due{};
  std::optional<Instant> account_at;
  std::optional<AccountKind> account_kind;
  std::optional<WordChannel> account_channel;
  std::string account;
  std::optional<Verdict> verdict;
  std::optional<Instant> verdict_at;
  std::string verdict_by;  ///< Empty: their account ended it.
  bool own_verdict = false;
  bool without_account = false;
  std::string why;
  std::optional<Instant> objected_at;
  std::optional<WordChannel> objection_channel;
  std::optional<Instant> objection_due;
  std::string objection;
  std::optional<Instant> settled_at;
  std::string settled_by;
  std::string answer;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("person", person);
    f("name", name, api::Class::name);
    f("evidence", evidence, api::Class::health);
    f("words", words, api::Class::health);
    f("seen_at", seen_at);
    f("state", state, api::Class::health);
    f("counts", counts, api::Class::health);
    f("recorded_at", recorded_at);
    f("recorded_by", recorded_by, api::Class::name);
    f("own", own);
    f("account_due", account_due);
    f("account_at", account_at);
    f("account_kind", account_kind, api::Class::health);
    f("account_channel", account_channel);
    f("account", account, api::Class::health);
    f("verdict", verdict, api::Class::health);
    f("verdict_at", verdict_at);
    f("verdict_by", verdict_by, api::Class::name);
    f("own_verdict", own_verdict);
    f("without_account", without_account);
    f("why", why, api::Class::health);
    f("objected_at", objected_at);
    f("objection_channel", objection_channel);
    f("objection_due", objection_due);
    f("objection", objection, api::Class::health);
    f("settled_at", settled_at);
    f("settled_by", settled_by, api::Class::name);
    f("answer", answer, api::Class::health);
  }
};

constexpr std::string_view select_rows =
    "SELECT s.id, h.path, h.id, h.dwelling_id, h.door, s.person_id, coalesce(p.name, ''),"
    " s.evidence, s.note, s.seen_at, s.state, s.recorded_at, coalesce(r.name, ''), s.recorded_by,"
    " s.account_due_at, s.account_at, s.account_kind, s.account_channel, s.account, s.verdict,"
    " s.verdict_at, coalesce(v.name, ''), s.verdict_by, s.why, s.objected_at,"
    " s.objection_channel, s.objection_due_at, s.objection, s.settled_at, coalesce(t.name, ''),"
    " s.answer FROM {households} h JOIN suspicion s ON s.community_id = h.community_id"
    " AND s.household_id = h.id LEFT JOIN person p ON p.id = s.person_id"
    " LEFT JOIN account r ON r.id = s.recorded_by LEFT JOIN account v ON v.id = s.verdict_by"
    " LEFT JOIN account t ON t.id = s.settled_by WHERE s.id < $1";

void add_decision(const store::Row& row, std::int64_t reader, Row& made) {
  made.verdict = api::from_word<Verdict>(row.text(19));
  made.verdict_at = row.maybe_instant(20);
  made.verdict_by = row.text(21);
  made.own_verdict = row.integer(22) == reader;
  made.without_account = made.verdict.has_value() && !made.account_at;
  made.why = row.text(23);
  made.counts = counts(made.state, made.verdict);
  made.objected_at = row.maybe_instant(24);
  made.objection_channel = api::from_word<WordChannel>(row.text(25));
  made.objection_due = row.maybe_instant(26);
  made.objection = row.text(27);
  made.settled_at = row.maybe_instant(28);
  made.settled_by = row.text(29);
  made.answer = row.text(30);
}

Row row_from(const store::Row& row, std::int64_t reader) {
  Row made;
  made.id = row.id<Suspicion>(0);
  made.path = row.text(1);
  made.household = row.id<access::Household>(2);
  made.dwelling = row.id<access::Place>(3);
  made.door = row.text(4);
  if (row.integer(5) != 0) made.person = row.id<Person>(5);
  made.name = row.text(6);
  made.evidence = api::from_word<Evidence>(row.text(7)).value_or(Evidence::other);
  made.words = row.text(8);
  made.seen_at = row.instant(9);
  made.state = api::from_word<SuspicionState>(row.text(10)).value_or(SuspicionState::asked);
  made.recorded_at = row.instant(11);
  made.recorded_by = row.text(12);
  made.own = row.integer(13) == reader;
  made.account_due = row.instant(14);
  made.account_at = row.maybe_instant(15);
  made.account_kind = api::from_word<AccountKind>(row.text(16));
  made.account_channel = api::from_word<WordChannel>(row.text(17));
  made.account = row.text(18);
  add_decision(row, reader, made);
  return made;
}

/// Errors: conflict "control.not_in_pack"; invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  TRY(check_control(context.rules()));
  const std::int64_t before = TRY(api::before_cursor(request));
  // Ids of links and of accounts are of one kind; a link has written nothing down.
  const std::int64_t reader = context.actor.is_link() ? -1 : context.actor.id;
  std::string sql(select_rows);
  store::Values values{before, request.limit + 1};
  if (request.open.value_or(false)) sql += " AND s.closed_at IS NULL";
  if (request.household) {
    values.emplace_back(*request.household);
    sql += " AND s.household_id = $3";
  }
  return api::newest_first<Row>(context.db.query(sql + " ORDER BY s.id DESC LIMIT $2", values),
                                request.limit,
                                [&](const store::Row& row) { return row_from(row, reader); });
}

}  // namespace

api::Endpoint list_suspicions() {
  return api::list("/api/v1/suspicions", "suspicion.list", "Who is thought to have gone out", list);
}

}  // namespace doorstep::observation
