/// \file What came of the call of the day, or of a window of it (F3, F11, N29): how they are, and for how many
/// days food and medicine are left. A day or less of food is somebody's task at once (F8).

#include <array>

#include "care/duty/food.h"
#include "care/people/contacts.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::people {

struct Tick;

enum class TickOutcome : std::uint8_t {
  well,
  unwell,
  no_answer,
  handed_over,  ///< To the police, an ambulance, a hospital: the note says to whom.
};
enum class TickChannel : std::uint8_t {
  phone,
  video,
  visit,
  card,      ///< A card hangs at the door, and `seen_by` saw it.
  relative,  ///< A relative elsewhere says so.
};

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::TickOutcome> {
  static constexpr std::array words{std::string_view{"well"}, std::string_view{"unwell"},
                                    std::string_view{"no_answer"}, std::string_view{"handed_over"}};
};
template <>
struct doorstep::api::Choices<doorstep::people::TickChannel> {
  static constexpr std::array words{std::string_view{"phone"}, std::string_view{"video"},
                                    std::string_view{"visit"}, std::string_view{"card"},
                                    std::string_view{"relative"}};
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
  std::optional<Instant> occurred_at;          ///< As it was written down; absent: now.
  std::optional<Id<access::Account>> seen_by;  ///< Who saw the card; absent: whoever says so.

  void fields(auto& f) {
    f("person", person);
    f("outcome", outcome);
    f("channel", channel);
    f("occurred_at", occurred_at);
    f("seen_by", seen_by);
    f("food_days", food_days);
    f("medicine_days", medicine_days);
    f("note", note);
  }
};

struct Answer {
  bool food_task = false;
  bool medicine_task = false;
  std::optional<Instant> again;     ///< Nobody answered: tried again by then.
  std::optional<std::string> rung;  ///< And by what.
  std::vector<std::string> met;     ///< The windows whose contact it met.
  bool known = false;               ///< Keyed in before: nothing changed.

  void fields(auto& f) {
    f("food_task", food_task);
    f("medicine_task", medicine_task);
    f("again", again);
    f("rung", rung);
    f("met", met);
    f("known", known);
  }
};

/// What was written down is keyed in within the next day.
constexpr std::chrono::hours written_ago_max{36};

bool heard(const Request& request) {
  return request.outcome == TickOutcome::well || request.outcome == TickOutcome::unwell;
}

/// What a channel proves (N23): a relative's word is remote, a card their own word.
observation::Assurance assurance_of(TickChannel channel) {
  switch (channel) {
    case TickChannel::phone: return observation::Assurance::voice;
    case TickChannel::video:
    case TickChannel::visit: return observation::Assurance::seen;
    case TickChannel::relative: return observation::Assurance::remote;
    case TickChannel::card: break;
  }
  return observation::Assurance::self;
}

observation::Assurance assurance_of(const Request& request) {
  return assurance_of(request.channel.value_or(TickChannel::phone));
}

/// Of the same person, within the same minute, with the same outcome: paper is keyed in more than once.
bool is_known(const api::WriteContext& context, const Request& request) {
  if (!request.occurred_at) return false;
  const auto minute = std::chrono::floor<std::chrono::minutes>(*request.occurred_at);
  return context.db
      .first(
          "SELECT id FROM care_tick WHERE community_id = $1 AND person_id = $2"
          " AND coalesce(occurred_at, at) >= $3 AND coalesce(occurred_at, at) < $4"
          " AND outcome = $5 LIMIT 1",
          {context.community.id, request.person, Instant{minute},
           Instant{minute + std::chrono::minutes{1}}, api::word(request.outcome)})
      .has_value();
}

/// Errors: invalid "care.time" (in the future, or longer ago than a paper waits), "care.note" (handing over
/// needs to whom); not_found "account.unknown".
Result<void> check(api::WriteContext& context, const Request& request, const std::string& note) {
  if (request.occurred_at && (*request.occurred_at > context.now ||
                              *request.occurred_at < context.now - written_ago_max)) {
    return Error{ErrorKind::invalid, "care.time"};
  }
  if (request.outcome == TickOutcome::handed_over && note.empty()) {
    return Error{ErrorKind::invalid, "care.note"};
  }
  if (request.seen_by) TRY(registry::check_account(context, *request.seen_by));
  return {};
}

std::int64_t keep(api::WriteContext& context, const Request& request, const Entry& entry,
                  const std::string& note) {
  const auto id = context.new_id<Tick>();
  context.tx.run(
      "INSERT INTO care_tick (community_id, id, person_id, household_id, outcome, channel,"
      " food_days, medicine_days, note, at, by, occurred_at, seen_by, assurance)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {context.community.id, id, request.person, entry.household, api::word(request.outcome),
       api::word(request.channel.value_or(TickChannel::phone)), request.food_days,
       request.medicine_days, note, context.now, context.actor.id, request.occurred_at,
       request.seen_by ? *request.seen_by : Id<access::Account>{context.actor.id},
       heard(request) ? store::Value(api::word(assurance_of(request))) : store::Value()});
  const auto runs_out = [&](const std::optional<std::int64_t>& days) {
    return days ? store::Value(context.today() + std::chrono::days{*days}) : store::Value();
  };
  context.tx.run(
      "UPDATE care_person SET ticked_at = CASE WHEN $3 AND coalesce(ticked_at, 0) < $4 THEN $4"
      " ELSE ticked_at END,"
      " food_on = coalesce($5, food_on), medicine_on = coalesce($6, medicine_on)"
      " WHERE community_id = $1 AND person_id = $2 AND closed_at IS NULL",
      {context.community.id, request.person, heard(request),
       request.occurred_at.value_or(context.now), runs_out(request.food_days),
       runs_out(request.medicine_days)});
  return id.value();
}

/// A card that asks for somebody is nobody's answer: it alarms, and the contact is still owed.
bool meets(const Request& request) {
  return heard(request) &&
         !(request.channel == TickChannel::card && request.outcome == TickOutcome::unwell);
}

/// The contact of the window, or of several: see heard_of() and not_heard().
Result<void> answer_windows(api::WriteContext& context, const Request& request, std::int64_t tick,
                            const std::string& note, Answer& answer) {
  const std::int64_t person = request.person.value();
  if (meets(request)) {
    answer.met = TRY(heard_of(context, person, request.occurred_at.value_or(context.now),
                              assurance_of(request), tick));
  } else if (request.outcome == TickOutcome::handed_over) {
    TRY(handed_over(context, person));
  } else if (heard(request)) {
    return {};
  } else if (const auto next = TRY(not_heard(context, person, note))) {
    answer.again = next->at;
    answer.rung = next->rung;
  }
  return {};
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
  if (!heard(request)) {
    duty::excuse(context, *owed, "handed_over");
    return std::optional<Instant>{};
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
/// characters, or none where they were handed over), "care.time".
Result<Answer> record(api::WriteContext& context, const Request& request) {
  const auto entry = find_entry(context, request.person.value());
  if (!entry) return Error{ErrorKind::not_found, "care.unknown"};
  TRY(duty::check_days_left(request.food_days));
  TRY(duty::check_days_left(request.medicine_days));
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "care.note"));
  TRY(check(context, request, note));
  Answer answer;
  answer.known = is_known(context, request);
  if (answer.known) {
    context.journal("care.known", request.person.value(), entry->path,
                    R"({"at":")" + to_text(*request.occurred_at) + R"("})");
    return answer;
  }
  const std::int64_t tick = keep(context, request, *entry, note);
  // How they are stays out of the journal; that something is owed is a duty.
  context.journal(
      "care.called", tick, entry->path,
      R"({"person":")" + to_text(request.person) + R"(","heard":)" +
          (heard(request)
               ? R"(true,"assurance":")" + std::string(api::word(assurance_of(request))) +
                     R"(","at":")" + to_text(request.occurred_at.value_or(context.now)) + R"("})"
               : "false}"));
  TRY(answer_windows(context, request, tick, note, answer));
  if (!has_windows(context.rules())) {
    answer.again = TRY(answer_call(context, request, *entry, tick));
  }
  TRY(owe_tasks(context, request, *entry, answer));
  return answer;
}

}  // namespace

api::Endpoint record_tick() {
  return api::command(api::Method::post, "/api/v1/care/{person}/ticks", "care.tick",
                      "Record the call of the day", record);
}

}  // namespace doorstep::people
