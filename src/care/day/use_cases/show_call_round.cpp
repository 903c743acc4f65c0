/// \file The call round: the next household to contact with what was said to them today, and how many
/// calls are left against the minutes to the cut-off.

#include <algorithm>
#include <functional>
#include <map>

#include "care/day/board.h"
#include "care/day/call_round.h"
#include "care/day/pressing.h"
#include "care/observation/ladder.h"
#include "care/registry/access_needs.h"
#include "care/registry/on_call.h"

namespace doorstep::day {
namespace {

/// So many households are told in one answer: the page has the next ones before it asks.
constexpr std::size_t rows_max = 4;

struct Request {
  std::optional<bool> mine;             ///< Only those that the actor owes.
  std::optional<Id<duty::Duty>> after;  ///< The duty of a row: this one is called later.

  void fields(auto& f) {
    f("mine", mine);
    f("after", after);
  }
};

/// What was tried or said today, newest first.
struct Contact {
  Instant at{};
  std::string by = {};  ///< Of the staff, or who lives there.
  std::string channel = {};
  std::string rung = {};     ///< In vain, or handed over: which rung of the ladder.
  std::string outcome = {};  ///< Of a rung: "no_answer", "handed_over".
  std::string wellbeing = {};
  std::optional<Celsius> temperature = {};
  bool no_thermometer = false;
  std::string note = {};

  void fields(auto& f) {
    f("at", at);
    f("by", by, api::Class::name);
    f("channel", channel);
    f("rung", rung);
    f("outcome", outcome);
    f("wellbeing", wellbeing, api::Class::health);
    f("temperature", temperature, api::Class::health);
    f("no_thermometer", no_thermometer, api::Class::health);
    f("note", note, api::Class::health);
  }
};

/// On duty now, and speaks their language.
struct Caller {
  Id<access::Account> account{};
  std::string name = {};
  std::string phone = {};

  void fields(auto& f) {
    f("account", account);
    f("name", name);
    f("phone", phone, api::Class::contact);
  }
};

struct CallRow {
  std::string path;  ///< Decides what of it is read.
  CallReason reason = CallReason::waiting;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  Id<duty::Duty> duty;
  duty::State state = duty::State::waiting;
  std::string owner_name;
  Instant due{};
  std::optional<std::string>
      rung;  ///< What is tried now; none where nothing is owed but a call back.
  std::int64_t tried = 0;
  std::vector<Contact> contacts;
  registry::AccessNeeds access;
  registry::Way way = registry::Way::phone;
  std::vector<Caller> callers;  ///< None where they speak Mandarin.

  void fields(auto& f) {
    f.at(path);
    f("reason", reason, api::Class::health);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("duty", duty);
    f("state", state);
    f("owner_name", owner_name);
    f("due", due);
    f("rung", rung);
    f("tried", tried);
    f("contacts", contacts);
    f("access", access, api::Class::door);
    f("way", way, api::Class::door);
    f("callers", callers, api::Class::door);
  }
};

struct OwnerRow {
  std::optional<Id<access::Account>> account;
  std::string name;
  std::int64_t left = 0;

  void fields(auto& f) {
    f("account", account);
    f("name", name);
    f("left", left);
  }
};

struct Round {
  std::int64_t seq = 0;
  Instant as_of{};
  observation::Window window;
  std::int64_t minutes_left = 0;
  std::int64_t total = 0;     ///< Households under observation.
  std::int64_t left = 0;      ///< To be called now, of those asked for.
  std::int64_t mine = 0;      ///< Of all that are left, the actor's own.
  std::int64_t climbing = 0;  ///< Nobody answered; their next rung comes later.
  Pressing pressing;
  std::vector<OwnerRow> owners;
  std::vector<CallRow> rows;

  void fields(auto& f) {
    f("seq", seq);
    f("as_of", as_of);
    f("window", window);
    f("minutes_left", minutes_left);
    f("total", total);
    f("left", left);
    f("mine", mine);
    f("climbing", climbing);
    f("pressing", pressing);
    f("owners", owners);
    f("rows", rows);
  }
};

void add_reports(api::Context& context, Id<access::Household> household, Instant since,
                 std::vector<Contact>& contacts) {
  for (const store::Row& row : context.db.query(
           "SELECT c.recorded_at, coalesce(a.name, p.name, ''), c.channel, c.wellbeing,"
           " c.temperature, c.no_thermometer, c.note FROM check_in c"
           " LEFT JOIN account a ON a.id = c.reported_by LEFT JOIN person p ON p.id = c.person_id"
           " WHERE c.community_id = $1 AND c.household_id = $2 AND c.recorded_at >= $3"
           " ORDER BY c.recorded_at DESC LIMIT 20",
           {context.community.id, household, since})) {
    Contact contact{row.instant(0), row.text(1), row.text(2), "", "", row.text(3)};
    if (!row.is_null(4)) contact.temperature = Celsius{row.integer(4)};
    contact.no_thermometer = row.boolean(5);
    contact.note = row.maybe_text(6).value_or("");
    contacts.push_back(std::move(contact));
  }
}

/// Today's, and those of a climb that began yesterday evening and is still going on.
std::vector<Contact> contacts_of(api::Context& context, Id<access::Household> household) {
  const Instant since = context.community.zone.at(context.today(), {});
  std::vector<Contact> contacts;
  add_reports(context, household, since, contacts);
  for (const store::Row& row : context.db.query(
           "SELECT x.at, a.name, x.rung, x.outcome, x.note FROM duty d JOIN duty_attempt x"
           " ON x.community_id = d.community_id AND x.duty_id = d.id"
           " LEFT JOIN account a ON a.id = x.by WHERE d.community_id = $1 AND d.subject_id = $2"
           " AND d.kind = 'contact' AND (x.at >= $3 OR (d.step > 0 AND x.opened_for = d.due_at))"
           " ORDER BY x.at DESC LIMIT 20",
           {context.community.id, household, since})) {
    Contact contact{row.instant(0), row.maybe_text(1).value_or(""), "", row.text(2), row.text(3)};
    contact.note = row.maybe_text(4).value_or("");
    contacts.push_back(std::move(contact));
  }
  std::ranges::sort(contacts, std::greater{}, &Contact::at);
  return contacts;
}

/// Which of those on duty speak it.
std::vector<Caller> callers_of(api::Context& context, registry::Language language) {
  std::vector<Caller> callers;
  if (language == registry::Language::cmn) return callers;
  for (const registry::OnCall& one : registry::on_call_now(context)) {
    const auto row = context.db.first("SELECT languages FROM account WHERE id = $1", {one.account});
    const bool named = std::ranges::find(callers, one.account, &Caller::account) != callers.end();
    if (row && !named && registry::speaks(row->text(0), language)) {
      callers.push_back({one.account, one.name, one.phone});
    }
  }
  return callers;
}

CallRow row_of(api::Context& context, const RoundCall& call, const observation::Ladder& ladder) {
  CallRow row;
  row.path = call.duty.path;
  row.reason = call.reason;
  row.household = Id<access::Household>{call.duty.subject};
  row.duty = call.duty.id;
  row.state = call.duty.state;
  row.owner_name = call.owner_name;
  row.due = call.duty.due;
  if (const auto dwelling = access::id_in_path(call.duty.path, 'd')) {
    row.dwelling = Id<access::Place>{*dwelling};
  }
  row.door = call.door;
  const auto owed =
      duty::find_open(context.db, context.community.id, observation::contact, call.duty.subject);
  if (owed && owed->from <= context.now) {
    row.rung = ladder.rung(owed->step).name;
    row.tried = owed->step;
  }
  row.contacts = contacts_of(context, row.household);
  row.access = registry::access_needs_of(context.db, context.community.id, row.household);
  row.way = registry::way_to_reach(row.access);
  row.callers = callers_of(context, row.access.language);
  return row;
}

std::vector<OwnerRow> owners_of(const std::vector<RoundCall>& calls) {
  std::map<std::int64_t, OwnerRow> owners;
  for (const RoundCall& call : calls) {
    OwnerRow& owner = owners[call.duty.owner];
    if (call.duty.owner != 0) owner.account = Id<access::Account>{call.duty.owner};
    owner.name = call.owner_name;
    ++owner.left;
  }
  std::vector<OwnerRow> rows;
  for (auto& [account, row] : owners) rows.push_back(std::move(row));
  std::ranges::sort(rows, std::greater{}, &OwnerRow::left);
  return rows;
}

/// Errors: those of the rule pack ("rules.*").
Result<Round> show(api::Context& context, const Request& request) {
  Round round;
  round.seq = seq_of(context);
  round.as_of = context.now;
  round.window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  round.minutes_left =
      std::chrono::ceil<std::chrono::minutes>(round.window.until - context.now).count();
  round.total = context.db.first("SELECT count(*) FROM {observations} o WHERE o.ended_at IS NULL")
                    ->integer(0);
  round.climbing = context.db
                       .first(
                           "SELECT count(*) FROM {duties} d WHERE d.closed_at IS NULL"
                           " AND d.kind = 'contact' AND d.state = 'acknowledged' AND d.step > 0"
                           " AND d.next_at > $1",
                           {context.now})
                       ->integer(0);
  round.pressing = pressing_now(context);
  std::vector<RoundCall> calls = calls_now(context, 0);
  round.owners = owners_of(calls);
  const auto is_mine = [&](const RoundCall& call) { return call.duty.owner == context.actor.id; };
  round.mine = std::ranges::count_if(calls, is_mine);
  if (request.mine.value_or(false)) std::erase_if(calls, std::not_fn(is_mine));
  round.left = std::ssize(calls);
  const observation::Ladder ladder = TRY(observation::Ladder::of(context.rules()));
  auto from = calls.begin();
  if (request.after) {
    from = std::ranges::find(calls, *request.after, [](const auto& one) { return one.duty.id; });
    if (from != calls.end()) ++from;
    if (from == calls.end()) from = calls.begin();
  }
  for (; from != calls.end() && round.rows.size() < rows_max; ++from) {
    round.rows.push_back(row_of(context, *from, ladder));
  }
  return round;
}

}  // namespace

api::Endpoint show_call_round() {
  return api::query("/api/v1/call-round", "round.show", "Whom to call next", show);
}

}  // namespace doorstep::day
