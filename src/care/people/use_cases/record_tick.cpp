/// \file What came of the call of the day (F3, F11): how they are, and for how many days food and
/// medicine are left. A day or less of food is somebody's task at once (F8).

#include <array>

#include "care/duty/food.h"
#include "care/people/ledger.h"
#include "care/registry/households.h"

namespace doorstep::people {

struct Tick;

enum class TickOutcome : std::uint8_t { well, unwell, no_answer };
enum class TickChannel : std::uint8_t { phone, video, visit };

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::TickOutcome> {
  static constexpr std::array words{std::string_view{"well"}, std::string_view{"unwell"},
                                    std::string_view{"no_answer"}};
};
template <>
struct doorstep::api::Choices<doorstep::people::TickChannel> {
  static constexpr std::array words{std::string_view{"phone"}, std::string_view{"video"},
                                    std::string_view{"visit"}};
};

namespace doorstep::people {
namespace {

constexpr std::size_t note_length_max = 500;

struct Request {
  Id<Person> person;
  TickOutcome outcome = TickOutcome::well;
  std::optional<TickChannel> channel;         ///< Absent: on the phone.
  std::optional<std::int64_t> food_days;      ///< Absent: not asked.
  std::optional<std::int64_t> medicine_days;  ///< Absent: takes none, or not asked.
  std::optional<std::string> note;

  void fields(auto& f) {
    f("person", person);
    f("outcome", outcome);
    f("channel", channel);
    f("food_days", food_days);
    f("medicine_days", medicine_days);
    f("note", note);
  }
};

struct Answer {
  bool food_task = false;
  bool medicine_task = false;
  std::optional<Instant> again;  ///< Nobody answered: tried again by then.

  void fields(auto& f) {
    f("food_task", food_task);
    f("medicine_task", medicine_task);
    f("again", again);
  }
};

std::int64_t keep(api::WriteContext& context, const Request& request, const Entry& entry,
                  const std::string& note) {
  const auto id = context.new_id<Tick>();
  context.tx.run(
      "INSERT INTO care_tick (community_id, id, person_id, household_id, outcome, channel,"
      " food_days, medicine_days, note, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {context.community.id, id, request.person, entry.household, api::word(request.outcome),
       api::word(request.channel.value_or(TickChannel::phone)), request.food_days,
       request.medicine_days, note, context.now, context.actor.id});
  const auto runs_out = [&](const std::optional<std::int64_t>& days) {
    return days ? store::Value(context.today() + std::chrono::days{*days}) : store::Value();
  };
  context.tx.run(
      "UPDATE care_person SET ticked_at = CASE WHEN $3 THEN $4 ELSE ticked_at END,"
      " food_on = coalesce($5, food_on), medicine_on = coalesce($6, medicine_on)"
      " WHERE community_id = $1 AND person_id = $2 AND closed_at IS NULL",
      {context.community.id, request.person, request.outcome != TickOutcome::no_answer, context.now,
       runs_out(request.food_days), runs_out(request.medicine_days)});
  return id.value();
}

/// Heard of: the duty moves on to tomorrow. Nobody answered: tried again within the hour, or it climbs.
Result<std::optional<Instant>> answer_call(api::WriteContext& context, const Request& request,
                                           const Entry& entry, std::int64_t tick) {
  const auto owed =
      duty::find_open(context.db, context.community.id, daily, request.person.value());
  if (!owed) return std::optional<Instant>{};
  if (request.outcome == TickOutcome::no_answer) {
    const Instant again = context.now + TRY(duty::finish_within(context.rules(), daily.word));
    duty::tried(context, *owed, again);
    context.journal("duty.attempted", owed->id.value(), entry.path,
                    R"({"kind":"care_call","on":")" + to_text(request.person) +
                        R"(","rung":"call","outcome":"no_answer","next":")" + to_text(again) +
                        R"("})");
    if (owed->step + 1 >= 3) {
      TRY(duty::alarm(context, ill,
                      {request.person.value(), entry.path, context.now, context.now}));
    }
    return std::optional(again);
  }
  const Times next = TRY(call_of(context, context.today() + std::chrono::days{1}));
  duty::move_on(context, *owed, next.from, next.due, tick);
  context.journal("duty.moved_on", owed->id.value(), entry.path,
                  R"({"kind":"care_call","on":")" + to_text(request.person) + R"(","evidence":")" +
                      id_text(tick) + R"(","next_from":")" + to_text(next.from) +
                      R"(","next_due":")" + to_text(next.due) + R"("})");
  return std::optional<Instant>{};
}

Result<void> owe_tasks(api::WriteContext& context, const Request& request, const Entry& entry,
                       Answer& answer) {
  const auto refill = context.rules().integer("care.medicine_refill_days");
  answer.medicine_task = refill.ok() && request.medicine_days && *request.medicine_days <= *refill;
  if (request.food_days) {
    answer.food_task =
        TRY(duty::heard_of_food(context, entry.household, entry.path, *request.food_days));
  }
  if (answer.medicine_task) {
    TRY(duty::open(context, medicine,
                   {request.person.value(), entry.path, context.now, context.now}));
  }
  if (request.outcome == TickOutcome::unwell) {
    TRY(duty::alarm(context, ill, {request.person.value(), entry.path, context.now, context.now}));
  }
  return {};
}

/// Errors: not_found "care.unknown"; invalid "care.days" (not in 0..365), "care.note" (over 500
/// characters).
Result<Answer> record(api::WriteContext& context, const Request& request) {
  const auto entry = find_entry(context, request.person.value());
  if (!entry) return Error{ErrorKind::not_found, "care.unknown"};
  TRY(duty::check_days_left(request.food_days));
  TRY(duty::check_days_left(request.medicine_days));
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "care.note"));
  const std::int64_t tick = keep(context, request, *entry, note);
  Answer answer;
  // How they are stays out of the journal; that something is owed is a duty.
  context.journal("care.called", tick, entry->path,
                  R"({"person":")" + to_text(request.person) + R"(","heard":)" +
                      (request.outcome == TickOutcome::no_answer ? "false}" : "true}"));
  answer.again = TRY(answer_call(context, request, *entry, tick));
  TRY(owe_tasks(context, request, *entry, answer));
  return answer;
}

}  // namespace

api::Endpoint record_tick() {
  return api::command(api::Method::post, "/api/v1/care/{person}/ticks", "care.tick",
                      "Record the call of the day", record);
}

}  // namespace doorstep::people
