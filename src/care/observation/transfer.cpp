#include "care/observation/transfer.h"

#include "care/observation/control_allowed.h"
#include "care/observation/grounds.h"
#include "care/registry/search_keys.h"

namespace doorstep::observation {
namespace {

constexpr std::string_view transfer_columns =
    "t.id, t.community_id, t.to_community_id, t.person_id, t.household_id, t.state";

TransferRow transfer_from(const store::Row& row) {
  return {row.id<Transfer>(0),
          row.id<access::Community>(1),
          row.id<access::Community>(2),
          row.id<registry::Person>(3),
          row.id<access::Household>(4),
          api::from_word<TransferState>(row.text(5)).value_or(TransferState::offered)};
}

std::optional<TransferRow> first(const store::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return transfer_from(rows.front());
}

std::string path_of(const api::Context& context, const TransferRow& transfer) {
  const auto row =
      context.db.first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
                       {transfer.from, transfer.household});
  return row ? row->text(0) : "";
}

/// What was asked of the person at the sender's is asked of them here, by the rules of this community.
Result<void> bring_grounds(api::WriteContext& context, const TransferRow& transfer,
                           Id<access::Household> left, const registry::HouseholdRow& home,
                           const duty::Roster& roster) {
  const auto open = context.db.first(
      "SELECT id FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {transfer.from, left});
  if (!open) return {};
  TRY(check_control(context.rules()));
  for (const GroundRow& ground : grounds_of(context.db, transfer.from, open->id<Observation>(0))) {
    const bool covered = ground.person == 0 || ground.person == transfer.person.value();
    if (ground.ended_at || !covered) continue;
    const auto period =
        TRY(ObservationPeriod::after_event(context.rules(), ground.started_on, ground.length_days));
    (void)TRY(add_ground(context,
                         {home.id, home.path, transfer.person.value(), ground.ground, ground.source,
                          ground.started_on},
                         period, roster));
  }
  return {};
}

void bring_phones(api::WriteContext& context, const TransferRow& transfer,
                  Id<access::Household> left, Id<access::Household> home) {
  for (const store::Row& phone :
       context.db.query("SELECT c.value FROM contact_point_use u JOIN contact_point c"
                        " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
                        " WHERE u.community_id = $1 AND u.household_id = $2 AND u.person_id = $3"
                        " AND c.kind = 'phone'",
                        {transfer.from, left, transfer.person})) {
    registry::use_phone(context, home, transfer.person, phone.text(0));
  }
}

std::chrono::hours answer_within(const RulePack& rules) {
  const auto hours = rules.integer("transfer.answer_hours");
  return std::chrono::hours{hours.ok() ? *hours : 24};
}

/// The receiver owes an answer from now on, until there is one.
Result<void> follow_arriving(api::WriteContext& context) {
  for (const store::Row& row :
       context.db.query("SELECT t.id, t.state FROM transfer t WHERE t.to_community_id = $1"
                        " AND t.noticed = (t.state <> 'offered') ORDER BY t.id LIMIT 200",
                        {context.community.id})) {
    const auto id = row.id<Transfer>(0);
    const bool asked = row.text(1) == "offered";
    if (asked) {
      TRY(duty::open(context, takeover,
                     {id.value(), "", context.now, context.now + answer_within(context.rules())}));
    } else if (const auto owed =
                   duty::find_open(context.db, context.community.id, takeover, id.value())) {
      if (row.text(1) == "withdrawn") {
        duty::excuse(context, *owed, "withdrawn");
      } else {
        duty::meet(context, *owed, id.value());
      }
    }
    context.tx.run("UPDATE transfer SET noticed = $2 WHERE id = $1", {id, asked});
  }
  return {};
}

/// The sender's duty ends when somebody has taken the person over, or nobody is asked any more. A refusal
/// leaves it open, and raised: somebody has to find another way.
Result<void> follow_offered(api::WriteContext& context) {
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(transfer_columns) +
                            " FROM transfer t WHERE t.community_id = $1 AND t.settled = FALSE"
                            " AND t.state <> 'offered' ORDER BY t.id LIMIT 200",
                        {context.community.id})) {
    const TransferRow transfer = transfer_from(row);
    const auto owed =
        duty::find_open(context.db, context.community.id, handover, transfer.person.value());
    if (owed && transfer.state == TransferState::accepted) {
      duty::meet(context, *owed, transfer.id.value());
    } else if (owed && transfer.state == TransferState::withdrawn) {
      duty::excuse(context, *owed, "withdrawn");
    } else if (transfer.state == TransferState::declined) {
      (void)TRY(duty::alarm(
          context, handover,
          {transfer.person.value(), path_of(context, transfer), context.now, context.now}));
    }
    context.tx.run("UPDATE transfer SET settled = TRUE WHERE community_id = $1 AND id = $2",
                   {context.community.id, transfer.id});
  }
  return {};
}

}  // namespace

std::optional<TransferRow> find_offered(const api::Context& context, Id<Transfer> id) {
  return first(
      context.db.query("SELECT " + std::string(transfer_columns) +
                           " FROM transfer t JOIN {households} h ON h.community_id = t.community_id"
                           " AND h.id = t.household_id WHERE t.community_id = $1 AND t.id = $2",
                       {context.community.id, id}));
}

std::optional<TransferRow> find_arriving(const api::Context& context, Id<Transfer> id) {
  if (!context.scope.whole()) return std::nullopt;
  return first(context.db.query("SELECT " + std::string(transfer_columns) +
                                    " FROM transfer t WHERE t.to_community_id = $1 AND t.id = $2",
                                {context.community.id, id}));
}

void tell_both(api::WriteContext& context, const TransferRow& transfer, std::string_view kind) {
  const std::string data = R"({"transfer":")" + to_text(transfer.id) + R"(","from":")" +
                           to_text(transfer.from) + R"(","to":")" + to_text(transfer.to) + R"("})";
  const std::int64_t actor = context.actor.id;
  context.tx.journal({transfer.from.value(), actor, std::string(kind), transfer.person.value(),
                      path_of(context, transfer), data});
  context.tx.journal(
      {transfer.to.value(), actor, std::string(kind), transfer.person.value(), "", data});
}

Result<void> owe_handover(api::WriteContext& context, const TransferRow& transfer,
                          const std::string& path) {
  const Instant due = context.now + answer_within(context.rules());
  const std::int64_t person = transfer.person.value();
  if (const auto owed = duty::find_open(context.db, context.community.id, handover, person)) {
    duty::reschedule(context, *owed, context.now, due);
    return {};
  }
  (void)TRY(duty::open(context, handover, {person, path, context.now, due}));
  return {};
}

Result<void> answer(api::WriteContext& context, const TransferRow& transfer, TransferState state) {
  const std::int64_t changed = context.tx.run(
      "UPDATE transfer SET state = $3, answered_at = $4, answered_by = $5"
      " WHERE community_id = $1 AND id = $2 AND state = 'offered'",
      {transfer.from, transfer.id, api::word(state), context.now, context.actor.id});
  if (changed == 0) return Error{ErrorKind::conflict, "transfer.answered"};
  tell_both(context, transfer, "transfer." + std::string(api::word(state)));
  return {};
}

Result<void> take_over(api::WriteContext& context, const TransferRow& transfer,
                       const registry::HouseholdRow& home, const std::string& relation, Day on) {
  const duty::Roster roster = duty::Roster::load(context);
  const registry::ResidenceRow next{context.new_id<registry::Residence>(), transfer.person, home.id,
                                    relation, on};
  registry::insert_residences(context.tx, context.community.id, {&next, 1});
  for (const registry::ResidenceRow& left :
       registry::current_residences(context.db, transfer.from, transfer.person)) {
    bring_phones(context, transfer, left.household, home.id);
    TRY(bring_grounds(context, transfer, left.household, home, roster));
    registry::end_residence(context.tx, transfer.from, left, on);
    const auto at =
        context.db.first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
                         {transfer.from, left.household});
    context.tx.journal({transfer.from.value(), context.actor.id, "person.left",
                        transfer.person.value(), at ? at->text(0) : "",
                        R"({"household":")" + to_text(left.household) + R"("})"});
  }
  registry::refresh_person_keys(context.tx, context.community.id, transfer.person);
  context.journal("person.added", transfer.person.value(), home.path,
                  R"({"household":")" + to_text(home.id) + R"("})");
  return {};
}

Result<void> follow_transfers(api::WriteContext& context) {
  TRY(follow_arriving(context));
  return follow_offered(context);
}

}  // namespace doorstep::observation
