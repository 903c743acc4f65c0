#include "care/needs/need.h"

#include <algorithm>

#include <fmt/format.h>

#include "care/needs/offer.h"
#include "store/rows.h"

namespace doorstep::needs {
namespace {

/// A line that nobody can carry, or that is not said, waits for a person.
Result<void> mark_lines(const RulePack& rules, std::vector<Line>& lines) {
  const std::int64_t most = 1000 * TRY(rules.integer("needs.quantity_max"));
  for (Line& line : lines) {
    if (line.qty && (*line.qty <= 0 || *line.qty > most)) line.state = LineState::too_much;
  }
  return {};
}

void insert_lines(api::WriteContext& context, Id<Need> need, const std::vector<Line>& lines) {
  std::vector<store::Values> rows;
  for (const Line& line : lines) {
    rows.push_back({context.community.id, need, std::ssize(rows) + 1, line.name, line.canonical,
                    line.qty, line.unit, api::word(line.state)});
  }
  store::post_rows(context.tx,
                   "INSERT INTO need_line (community_id, need_id, number, name, canonical, qty,"
                   " unit, state)",
                   rows);
}

void insert(api::WriteContext& context, const NeedRow& need, const Asked& asked, Instant due,
            std::string_view reason) {
  // What nobody has typed yet is one piece that nobody has read.
  const std::int64_t unread = asked.reading.unread + (asked.text ? 0 : 1);
  const bool ordered = static_cast<bool>(need.order);
  context.tx.post(
      "INSERT INTO need (community_id, id, household_id, path, origin, asked_by, sender_household,"
      " sender, channel, class, service, urgency, sign, text, note, note_media, unread, need_by,"
      " due_at, state, reason, answer, relay_id, relay_row, gone, order_id, version, created_at,"
      " changed_at, decided_at, decided_by, diet, only_link) VALUES ($1, $2, $3, $4, $5, $6, $7, "
      "$8, $9, $10, "
      "$11,"
      " $12, $13, $14, $15, $16, $17, $18, $19, $23, $24, '', $20, $21, FALSE, $25, 1, $22, $22,"
      " $26, $27, $28, $29)",
      {context.community.id,
       need.id,
       need.household,
       need.path,
       api::word(need.origin),
       context.actor.id,
       asked.sender_household,
       asked.sender,
       api::word(asked.channel),
       api::word(need.of),
       need.service,
       api::word(need.urgency),
       asked.reading.sign,
       asked.text,
       asked.note ? store::Value(store::Bytes{asked.note->bytes}) : store::Value(),
       asked.note ? store::Value(asked.note->media) : store::Value(),
       unread,
       need.need_by,
       due,
       asked.relay,
       asked.relay_row,
       context.now,
       api::word(need.state),
       reason,
       need.order,
       ordered ? store::Value(context.now) : store::Value(),
       ordered ? store::Value(context.actor.id) : store::Value(),
       asked.reading.diet,
       asked.only_link});
}

void journal_change(api::WriteContext& context, const NeedRow& need, std::string_view reason) {
  context.journal("need.changed", need.id.value(), need.path,
                  fmt::format(R"({{"state":"{}","reason":"{}"}})", api::word(need.state), reason));
}

Result<void> open_duties(api::WriteContext& context, const NeedRow& need, Instant due) {
  TRY(duty::open(context, owed, {need.id.value(), need.path, context.now, due}));
  if (need.urgency == Urgency::emergency) {
    TRY(duty::alarm(context, emergency, {need.id.value(), need.path, context.now, context.now}));
  }
  return {};
}

}  // namespace

NeedRow need_from(const store::Row& row, std::size_t first) {
  NeedRow made;
  made.id = row.id<Need>(first);
  made.household = row.id<access::Household>(first + 1);
  made.path = row.text(first + 2);
  made.origin = api::from_word<Origin>(row.text(first + 3)).value_or(Origin::worker);
  made.asked_by = row.integer(first + 4);
  made.of = api::from_word<NeedClass>(row.text(first + 5)).value_or(NeedClass::other);
  made.service = row.text(first + 6);
  made.urgency = api::from_word<Urgency>(row.text(first + 7)).value_or(Urgency::urgent);
  made.state = api::from_word<State>(row.text(first + 8)).value_or(State::waiting);
  made.order = row.id<Order>(first + 9);
  made.version = row.integer(first + 10);
  made.text = row.maybe_text(first + 11);
  made.gone = row.boolean(first + 12);
  made.need_by = row.maybe_instant(first + 13);
  made.only_me = row.integer(first + 14) != 0;
  return made;
}

std::optional<NeedRow> find_need(const api::Context& context, Id<Need> id) {
  const auto row = context.db.first(
      "SELECT " + std::string(need_columns) + " FROM {needs} n WHERE n.id = $1", {id});
  if (!row) return std::nullopt;
  return need_from(*row);
}

std::vector<Line> lines_of(store::Snapshot& db, Id<access::Community> community, Id<Need> need) {
  std::vector<Line> lines;
  for (const store::Row& row :
       db.query("SELECT name, canonical, qty, unit, state FROM need_line WHERE community_id = $1"
                " AND need_id = $2 ORDER BY number",
                {community, need})) {
    lines.push_back({row.text(0), row.text(1), row.maybe_integer(2), row.text(3),
                     api::from_word<LineState>(row.text(4)).value_or(LineState::ask_back)});
  }
  return lines;
}

Result<Instant> answer_due(const api::Context& context, const Reading& reading,
                           std::optional<Instant> need_by) {
  if (reading.urgency == Urgency::emergency) return context.now;
  const Service service = TRY(service_of(context.rules(), reading.service));
  const std::int64_t minutes = reading.urgency == Urgency::urgent
                                   ? TRY(context.rules().integer("needs.urgent_minutes"))
                                   : service.minutes;
  Instant due = context.now + std::chrono::minutes{minutes};
  if (need_by) {
    const std::chrono::minutes lead{TRY(context.rules().integer("needs.lead_minutes"))};
    due = std::clamp(*need_by - lead, context.now, due);
  }
  return due;
}

Result<Recorded> record(api::WriteContext& context, const Asked& asked) {
  Reading reading = asked.reading;
  TRY(mark_lines(context.rules(), reading.lines));
  Recorded made;
  made.due = TRY(answer_due(context, reading, asked.need_by));
  NeedRow& need = made.need;
  need.id = context.new_id<Need>();
  need.household = asked.to.household;
  need.path = asked.to.path;
  need.origin = asked.origin;
  need.asked_by = context.actor.id;
  need.of = reading.of;
  need.service = TRY(service_of(context.rules(), reading.service)).key;
  need.urgency = reading.urgency;
  need.version = 1;
  need.text = asked.text;
  need.need_by = asked.need_by;
  const bool edits =
      asked.customer && asked.customer->has_open_order() && reading.op != intake::Op::fresh;
  if (asked.customer) {
    const Placing placing{need.id, reading.lines, need.origin == Origin::proxy, reading.diet};
    made.placed = edits ? TRY(amend(context, *asked.customer, placing, reading.before))
                        : TRY(place(context, *asked.customer, placing));
    made.due = made.placed->cycle.drop_until;
    need.order = made.placed->order.id;
    need.state = State::accepted;
  }
  const std::string_view reason = !asked.customer ? "" : edits ? "amended" : "ordered";
  insert(context, need, asked, made.due, reason);
  // Whoever decides adds what they see: what is in the order already would be bought twice.
  insert_lines(context, need.id, newly_said(reading));
  context.journal(
      "need.asked", need.id.value(), need.path,
      fmt::format(R"({{"household":"{}","origin":"{}","channel":"{}"}})", to_text(need.household),
                  api::word(need.origin), api::word(asked.channel)));
  if (made.placed) journal_change(context, need, reason);
  TRY(open_duties(context, need, made.due));
  return made;
}

Result<void> check_limits(api::Context& context, Id<access::Household> household,
                          const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    const auto left = TRY(left_of_limit(context, household, line.canonical));
    if (!left || !line.qty || *line.qty <= *left) continue;
    return Error{ErrorKind::conflict, "limit.household",
                 fmt::format("{} {}", line.canonical, *left / 1000)};
  }
  return {};
}

Result<Placed> order_lines(api::WriteContext& context, NeedRow& need,
                           const std::vector<Line>& lines, bool diet) {
  if (need.only_me) return Error{ErrorKind::conflict, "need.private"};
  TRY(check_limits(context, need.household, lines));
  const Customer customer = TRY(find_customer(context, need.household));
  const Placed placed =
      TRY(place(context, customer, {need.id, lines, need.origin == Origin::proxy, diet}));
  need.order = placed.order.id;
  context.tx.post("UPDATE need SET order_id = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, need.id, need.order});
  change(context, need, State::accepted, "ordered", "", placed.cycle.drop_until);
  return placed;
}

void write_lines(api::WriteContext& context, const NeedRow& need, const std::vector<Line>& lines) {
  context.tx.post("DELETE FROM need_line WHERE community_id = $1 AND need_id = $2",
                  {context.community.id, need.id});
  insert_lines(context, need.id, lines);
  context.tx.post("UPDATE need SET unread = 0 WHERE community_id = $1 AND id = $2",
                  {context.community.id, need.id});
}

void change(api::WriteContext& context, NeedRow& need, State state, std::string_view reason,
            const std::string& answer, std::optional<Instant> until) {
  const bool open = is_open(state);
  need.state = state;
  ++need.version;
  context.tx.post(
      "UPDATE need SET state = $3, reason = $4, answer = CASE WHEN $5 = '' THEN answer ELSE $5 END,"
      " version = $6, changed_at = $7, decided_at = $7, decided_by = $8, gone = FALSE"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, need.id, api::word(state), reason, answer, need.version, context.now,
       context.actor.id});
  context.tx.post(
      "INSERT INTO need_step (community_id, need_id, version, state, reason, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {context.community.id, need.id, need.version, api::word(state), reason, context.now,
       context.actor.id});
  journal_change(context, need, reason);
  if (state != State::waiting) end_offers(context, need.id);
  // Papers to print are gone with the errand (D22).
  if (!open) {
    context.tx.post("DELETE FROM need_file WHERE community_id = $1 AND need_id = $2",
                    {context.community.id, need.id});
  }
  const auto standing = duty::find_open(context.db, context.community.id, owed, need.id.value());
  if (!standing) return;
  if (open && until) duty::reschedule(context, *standing, context.now, *until);
  if (state == State::done) duty::meet(context, *standing, need.id.value());
  if (state == State::declined || state == State::cancelled) {
    duty::excuse(context, *standing, reason);
  }
}

}  // namespace doorstep::needs
